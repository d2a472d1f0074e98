-- What agents write: held for a while, in which its author may change or take it back; told of afterwards.
ALTER TABLE suivis
    ADD COLUMN format           text        NOT NULL DEFAULT 'texte' CHECK (format IN ('texte', 'html')),
    ADD COLUMN visible_bailleur boolean     NOT NULL DEFAULT false,
    ADD COLUMN fichiers         uuid[]      NOT NULL DEFAULT '{}',   -- of intake
    ADD COLUMN retenu_jusque    timestamptz,                         -- null: told of
    ADD COLUMN modifie_le       timestamptz,
    ADD COLUMN supprime_le      timestamptz,                         -- the words are gone with it
    ADD COLUMN version          bigint      NOT NULL DEFAULT 1;
CREATE INDEX suivis_retenus ON suivis (retenu_jusque) WHERE retenu_jusque IS NOT NULL;

-- Until when an account has read a dossier's suivis.
CREATE TABLE lectures (
    compte      text        NOT NULL,
    signalement uuid        NOT NULL REFERENCES dossiers (signalement) ON DELETE CASCADE,
    lu_le       timestamptz NOT NULL,
    PRIMARY KEY (signalement, compte)
);
