-- When the dwelling was last said to be elsewhere than declared before: what the registers said until then is of another place.
ALTER TABLE dossiers ADD COLUMN ailleurs_le timestamptz;
