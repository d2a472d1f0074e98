-- When the answers behind a score were said: an older edit that comes late changes nothing. The default serves the
-- instances of the version before, which do not know the column.
ALTER TABLE scores ADD COLUMN reponses_le timestamptz NOT NULL DEFAULT now();
UPDATE scores SET reponses_le = evalue_le;
