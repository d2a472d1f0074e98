-- When what was scored was said: an older answer that arrives late does not undo a newer one. Scores made before this
-- column count as older than any edit.
ALTER TABLE scores ADD COLUMN dit_le timestamptz NOT NULL DEFAULT '-infinity';

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
    apparues        text[]      NOT NULL,
    terminees       text[]      NOT NULL
);
CREATE INDEX evaluations_passees_signalement ON evaluations_passees (signalement, remplacee_le);

-- Who may see a score, as routing tells it.
CREATE TABLE dossiers_vus (
    signalement  uuid   PRIMARY KEY,
    territoire   text,
    statut       text,
    statut_le    timestamptz,
    partenaires  text[] NOT NULL DEFAULT '{}'
);
