-- Of what is said of a place (declared, corrected, found in the registers) the last word holds.
ALTER TABLE dossiers ADD COLUMN lieu_le timestamptz;
UPDATE dossiers SET lieu_le = cree_le;
