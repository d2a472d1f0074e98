-- What a report's score was before each change of it, and which suspicions that change made appear or end.
CREATE TABLE evaluations_passees (
    signalement     uuid        NOT NULL,
    evalue_le       timestamptz NOT NULL,
    remplacee_le    timestamptz NOT NULL,
    cause           text        NOT NULL,
    version         text        NOT NULL,
    score           float8      NOT NULL,
    score_batiment  float8      NOT NULL,
    score_logement  float8      NOT NULL,
    precisions      jsonb       NOT NULL,
    qualifications  jsonb       NOT NULL,
    suspicions      jsonb       NOT NULL
);
CREATE INDEX evaluations_passees_signalement ON evaluations_passees (signalement, remplacee_le);

-- A new version of the catalogue goes through the reports of another one, in order.
CREATE INDEX scores_version ON scores (version, signalement);
