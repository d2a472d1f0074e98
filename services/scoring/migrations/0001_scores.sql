-- One evaluation per signalement: what it was found to suffer from, how serious that is, and by which catalogue.
CREATE TABLE scores (
    signalement     uuid        PRIMARY KEY,
    version         text        NOT NULL,
    score           float8      NOT NULL,
    score_batiment  float8      NOT NULL,
    score_logement  float8      NOT NULL,
    precisions      jsonb       NOT NULL,
    qualifications  jsonb       NOT NULL,
    -- The answers that were scored, so that a later catalogue can score them again. No personal data.
    reponses        jsonb       NOT NULL,
    evalue_le       timestamptz NOT NULL
);
