-- What an agent who wrote the signalement decided: {valide, partenaires}. Null for every other way in.
ALTER TABLE dossiers ADD COLUMN saisie jsonb;
