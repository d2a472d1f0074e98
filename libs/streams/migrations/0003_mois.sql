-- Makes sure that the log has a partition for the month that begins on `debut` (UTC). What came before its partition
-- stands in the default one and is moved: with a row of the month there PostgreSQL refuses the new partition. Whoever writes
-- events meanwhile waits at the lock, and finds the partition.
CREATE FUNCTION preparer_mois(debut date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    nom CONSTANT text := 'evenements_' || to_char(debut, 'YYYY_MM');
    du  CONSTANT timestamptz := debut::timestamp AT TIME ZONE 'UTC';
    au  CONSTANT timestamptz := (debut + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(format('%I.%I', current_schema(), nom)) IS NOT NULL THEN
        RETURN;
    END IF;
    LOCK TABLE evenements IN SHARE ROW EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE evenements INCLUDING DEFAULTS)', nom);
    EXECUTE format('WITH venus AS (DELETE FROM evenements_hors_mois WHERE cree_le >= %L AND cree_le < %L RETURNING *) '
                   'INSERT INTO %I SELECT * FROM venus', du, au, nom);
    EXECUTE format('ALTER TABLE evenements ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', nom, du, au);
END $$;

-- Before the first event; the relay prepares those to come.
SELECT preparer_mois((date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date)
FROM generate_series(0, 2) AS ahead;
