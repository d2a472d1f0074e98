-- The building, when the declarant found it in the national register (RNB): one building may have several addresses.
ALTER TABLE signalements ADD COLUMN rnb_id text;
CREATE INDEX signalements_batiment ON signalements (rnb_id) WHERE rnb_id IS NOT NULL;
