-- The log of what this service said. It is the outbox and it is kept: streams are refilled and read models rebuilt from it.
CREATE SEQUENCE evenements_numero;

CREATE TABLE evenements (
    numero      bigint      NOT NULL DEFAULT nextval('evenements_numero'),
    cree_le     timestamptz NOT NULL,
    id          uuid        NOT NULL,
    type        text        NOT NULL,
    sujet       text        NOT NULL,
    partition   int         NOT NULL,
    -- As text: they are written once and read whole.
    donnees     json        NOT NULL,
    personnel   json        NOT NULL,
    traceparent text        NOT NULL DEFAULT '',
    PRIMARY KEY (numero, cree_le)
) PARTITION BY RANGE (cree_le);

-- What falls outside the months that there are is kept here rather than refused.
CREATE TABLE evenements_hors_mois PARTITION OF evenements DEFAULT;

CREATE INDEX evenements_sujet ON evenements (sujet, numero);

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

-- A month must be there before its first event; the relay prepares those to come.
SELECT preparer_mois((date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date)
FROM generate_series(0, 2) AS ahead;

-- What is written but not yet on a stream: small rows, deleted in the transaction that publishes them.
CREATE TABLE evenements_a_publier (
    numero  bigint      PRIMARY KEY,
    cree_le timestamptz NOT NULL
);

-- How far every consumer of the platform has come with what this service said (see relay.hpp), and the mark by which a
-- Redis that lost its content is recognised.
CREATE TABLE relais (
    seul              boolean     PRIMARY KEY DEFAULT true CHECK (seul),
    generation        text        NOT NULL DEFAULT '',
    consomme_jusqu_a  bigint      NOT NULL DEFAULT 0
);
INSERT INTO relais DEFAULT VALUES;

-- The inbox: an event whose id is here has had its effect.
CREATE TABLE evenements_recus (
    id      uuid        PRIMARY KEY,
    recu_le timestamptz NOT NULL
);
CREATE INDEX evenements_recus_date ON evenements_recus USING brin (recu_le);

-- Events that could not be applied, and those of the same subject that wait behind them, in order of `rang`. Only the
-- first of a subject is ever tried. A `morte` one waits for the operator; an `abandonnee` one is kept as a trace.
CREATE TABLE lettres_mortes (
    rang           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    evenement      uuid        NOT NULL UNIQUE,
    sujet          text        NOT NULL,
    type           text        NOT NULL,
    partition      int         NOT NULL,
    enveloppe      jsonb       NOT NULL,
    statut         text        NOT NULL CHECK (statut IN ('en_essai', 'morte', 'abandonnee')),
    essais         int         NOT NULL,
    erreur         text        NOT NULL,
    prochain_essai timestamptz NOT NULL,
    cree_le        timestamptz NOT NULL
);
CREATE INDEX lettres_mortes_sujet ON lettres_mortes (sujet, rang) WHERE statut <> 'abandonnee';
