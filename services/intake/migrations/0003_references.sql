-- A signalement that begins with an injonction (a letter to the landlord) has a national number and none of its territory
-- until it leaves that procedure; one that an agent is still writing has none at all.
ALTER TABLE signalements
    ALTER COLUMN numero DROP NOT NULL,
    ADD COLUMN numero_injonction int UNIQUE;

-- The national numbers of injonctions are one more counter: they go on after the 2362 that were given before this platform.
INSERT INTO numeros (territoire, annee, dernier) VALUES ('INJONCTION', 0, 2362);

-- As people read it: `INJ-2363` as long as the injonction lasts, then `2026-42`; `2026-TEMPORAIRE` before either.
CREATE FUNCTION reference_affichee(statut text, annee int, numero int, numero_injonction int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN statut IN ('INJONCTION_BAILLEUR', 'INJONCTION_CLOSED') AND numero_injonction IS NOT NULL
                THEN 'INJ-' || numero_injonction
                WHEN numero IS NULL THEN annee || '-TEMPORAIRE'
                ELSE annee || '-' || numero END
$$;
