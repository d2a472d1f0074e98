-- Where each dwelling is, as the national registers say; what was declared stands unchanged in `signalements`. A row is the
-- work as well: A_CHERCHER until the registers have answered, tried again when they do not.
CREATE TABLE localisations (
    signalement    uuid        PRIMARY KEY REFERENCES signalements (uuid) ON DELETE CASCADE,
    etat           text        NOT NULL DEFAULT 'A_CHERCHER' CHECK (etat IN ('A_CHERCHER', 'CHERCHEE')),
    -- Of the address that is looked for: another one begins the search anew.
    cle_adresse    text        NOT NULL,
    rnb_declare    text,
    depuis         timestamptz NOT NULL,
    essais         int         NOT NULL DEFAULT 0,
    -- Not before then. A worker that takes the row moves it to the end of its lease and signs with `bail`: only who signed
    -- may record, and what a dead worker had in hand becomes due by itself.
    prochain_essai timestamptz NOT NULL,
    bail           text,
    erreur         text,        -- the code of the last failure
    -- What was found (described in domain/localisation.hpp). It holds the street: anonymisation empties it.
    trouvee        jsonb,
    ban_id         text,        -- null where the register does not know the address
    rnb_id         text,
    cherchee_le    timestamptz
);
CREATE INDEX localisations_a_chercher ON localisations (prochain_essai) WHERE etat = 'A_CHERCHER';
CREATE INDEX localisations_ban ON localisations (ban_id) WHERE ban_id IS NOT NULL;
CREATE INDEX localisations_rnb ON localisations (rnb_id) WHERE rnb_id IS NOT NULL;

-- The communes as the directory tells them: a version comes in `lots` parts and counts once all of them are there.
CREATE TABLE communes_lots (
    version bigint NOT NULL,
    lot     int    NOT NULL,
    lots    int    NOT NULL,
    contenu jsonb  NOT NULL,
    PRIMARY KEY (version, lot)
);
