ALTER TABLE brouillons
    -- Social housing: the drafts for which a reminder is due once the landlord has had two months to act.
    ADD COLUMN logement_social boolean     NOT NULL DEFAULT false,
    ADD COLUMN rappele_le      timestamptz,
    -- The mails with the link to go on, so that nobody can have them sent without end.
    ADD COLUMN lien_envoye_le  timestamptz,
    ADD COLUMN liens_envoyes   int         NOT NULL DEFAULT 0,
    -- Somebody who knows the person and the address began anew: the draft is not proposed any more, and its link still works.
    ADD COLUMN ecarte_le       timestamptz;

-- No column that a save changes stands in an index or in its predicate: a save then writes no index at all.
CREATE INDEX brouillons_a_rappeler ON brouillons (bailleur_prevenu_le)
    WHERE statut = 'EN_COURS' AND rappele_le IS NULL AND bailleur_prevenu_le IS NOT NULL;
CREATE INDEX brouillons_a_effacer ON brouillons (cree_le) WHERE statut IN ('EN_COURS', 'ARCHIVE');

-- By what `check` names somebody's draft to whoever knows his mail and address: good for a day, and never for reading.
CREATE TABLE poignees (
    poignee   uuid        PRIMARY KEY,
    brouillon uuid        NOT NULL UNIQUE,
    cree_le   timestamptz NOT NULL
);

-- How often something was done in a window of time; `cle` is a fingerprint, never an address or a code.
CREATE TABLE comptes (
    cle     text        NOT NULL,
    fenetre timestamptz NOT NULL,
    nombre  int         NOT NULL,
    PRIMARY KEY (cle, fenetre)
);
CREATE INDEX comptes_fenetre ON comptes (fenetre);
