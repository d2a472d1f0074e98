-- What the usager asked for: true to stop, false to go on, null when he asked nothing.
ALTER TABLE dossiers
    ADD COLUMN abandon_demande boolean,
    ADD COLUMN motif_usager    text;
