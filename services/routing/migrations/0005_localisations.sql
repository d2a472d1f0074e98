-- Where the dwelling is, as the national registers say (address register and register of buildings).
ALTER TABLE dossiers
    ADD COLUMN ban_id         text,
    ADD COLUMN rnb_id         text,
    ADD COLUMN precision_lieu text,        -- BATIMENT, ADRESSE, COMMUNE, AUCUNE; null before the registers answered
    ADD COLUMN localise_le    timestamptz; -- of the answer that is kept

-- The communes of France, a row for each postcode, and what those that were merged have become. Kept as they were imported;
-- what both say together is told to the other services.
CREATE TABLE communes (
    code_postal text NOT NULL,
    code_insee  text NOT NULL,
    nom         text NOT NULL,
    rang        int  NOT NULL,
    PRIMARY KEY (code_postal, code_insee)
);
CREATE TABLE communes_fusionnees (
    ancien  text PRIMARY KEY,
    nouveau text NOT NULL,
    nom     text NOT NULL
);
