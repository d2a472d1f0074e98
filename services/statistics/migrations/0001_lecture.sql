-- The read model of statistics: what the other services said, one row per signalement, and the counters that follow from
-- it. Events of different services come in any order, so every column belongs to one service and any event may make the row.
CREATE TABLE territoires (
    code       text        PRIMARY KEY,
    nom        text        NOT NULL,
    actif      boolean     NOT NULL,
    -- Refuses a name that is no time zone, which would stop every later dossier of the territory.
    fuseau     text        NOT NULL CHECK (timezone(fuseau, timestamptz '2026-01-01 00:00:00+00') IS NOT NULL),
    modifie_le timestamptz NOT NULL
);

CREATE TABLE dossiers (
    signalement       uuid        PRIMARY KEY,
    territoire        text,
    -- intake
    reference         text,
    source            text,
    importe           boolean     NOT NULL DEFAULT false,
    profil_declarant  text,
    code_insee        text,
    code_postal       text,
    commune           text,
    logement_social   boolean,
    cree_le           timestamptz,
    -- First day of the month of cree_le on the calendar of the territory; kept by a trigger.
    mois              date,
    -- routing
    statut            text,
    statut_le         timestamptz,
    clos_le           timestamptz,
    motif_cloture     text,
    -- scoring: the précisions, and the critère of each by zone (a critère stands as often as it has précisions)
    score             float8,
    score_batiment    float8,
    score_logement    float8,
    precisions        text[]      NOT NULL DEFAULT '{}',
    criteres_batiment text[]      NOT NULL DEFAULT '{}',
    criteres_logement text[]      NOT NULL DEFAULT '{}',
    version_catalogue text,
    evalue_le         timestamptz,
    -- A dossier counts from the moment when both its declaration and its status are known.
    compte            boolean     NOT NULL GENERATED ALWAYS AS (cree_le IS NOT NULL AND statut IS NOT NULL) STORED
);
CREATE INDEX dossiers_territoire ON dossiers (territoire);

CREATE TABLE affectations (
    id          uuid        PRIMARY KEY,
    signalement uuid        NOT NULL,
    partenaire  text        NOT NULL,
    nom         text        NOT NULL DEFAULT '',
    territoire  text        NOT NULL DEFAULT '',
    statut      text        NOT NULL,
    cree_le     timestamptz NOT NULL
);
CREATE INDEX affectations_signalement ON affectations (signalement);
CREATE INDEX affectations_partenaire ON affectations (partenaire, statut);

-- Counters: sums over `dossiers`, changed by the very statement that changes its rows, hence right whatever the order and
-- the number of times in which events come. Each stands in a few slices (`tranche`) so that instances seldom wait for
-- each other; a figure is the sum of its slices.
CREATE TABLE compteurs_dossiers (
    territoire text     NOT NULL,
    mois       date     NOT NULL,
    statut     text     NOT NULL,
    importe    boolean  NOT NULL,
    motif      text     NOT NULL,  -- of a closed dossier; empty otherwise
    tranche    smallint NOT NULL,
    nombre     bigint   NOT NULL,
    PRIMARY KEY (territoire, mois, statut, importe, motif, tranche)
) WITH (fillfactor = 50);

-- Précisions of the dossiers that are not imported. `retenu`: those of the top lists (see retenu_au_palmares).
CREATE TABLE compteurs_desordres (
    territoire text     NOT NULL,
    annee      smallint NOT NULL,
    zone       text     NOT NULL,
    critere    text     NOT NULL,
    retenu     boolean  NOT NULL,
    tranche    smallint NOT NULL,
    nombre     bigint   NOT NULL,
    PRIMARY KEY (territoire, annee, zone, critere, retenu, tranche)
) WITH (fillfactor = 50);

-- The one lock of a kind in this schema; `rang` tells the members of a kind apart.
CREATE FUNCTION cle_de_verrou(genre text) RETURNS int LANGUAGE sql STABLE AS
    $$ SELECT hashtext('histologe.' || genre || '.' || current_schema()) $$;

-- Puts a dossier in a month. The shared lock orders it with a change of the territory's zone, which takes the lock alone
-- and puts again in their months the dossiers that it finds: without it, one being written at that moment would be missed.
CREATE FUNCTION dater_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cree_le IS NULL THEN
        NEW.mois := NULL;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(cle_de_verrou('fuseaux'), 0);
    NEW.mois := date_trunc('month', NEW.cree_le AT TIME ZONE COALESCE(
        (SELECT fuseau FROM territoires WHERE code = NEW.territoire), 'Europe/Paris'))::date;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_dater BEFORE INSERT OR UPDATE OF territoire, cree_le ON dossiers
    FOR EACH ROW EXECUTE FUNCTION dater_dossier();

CREATE FUNCTION motif_compte(statut text, clos_le timestamptz, motif text) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT CASE WHEN statut = 'CLOSED' AND clos_le IS NOT NULL THEN COALESCE(motif, '') ELSE '' END $$;

CREATE FUNCTION retenu_au_palmares(statut text, source text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$ SELECT COALESCE(source = 'FORM_USAGER_V2', false)
              AND statut NOT IN ('ARCHIVED', 'DRAFT', 'DRAFT_ARCHIVED', 'INJONCTION_BAILLEUR', 'INJONCTION_CLOSED') $$;

-- What the rows of a statement add to the counters and what they take from them.
CREATE FUNCTION compter_dossiers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    la_tranche CONSTANT int := pg_backend_pid() % 4;
    -- What decides where the désordres of a dossier are counted: most changes leave it as it is.
    place      CONSTANT text := '(%1$s.compte AND NOT %1$s.importe, %1$s.territoire, extract(year FROM %1$s.mois), '
        'retenu_au_palmares(%1$s.statut, %1$s.source), %1$s.criteres_batiment, %1$s.criteres_logement)';
    changes    text;
    deplaces   text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        changes := 'SELECT 1 AS signe, apres.* FROM apres';
        deplaces := changes;
    ELSIF TG_OP = 'DELETE' THEN
        changes := 'SELECT -1 AS signe, avant.* FROM avant';
        deplaces := changes;
    ELSE
        changes := 'SELECT 1 AS signe, apres.* FROM apres UNION ALL SELECT -1, avant.* FROM avant';
        deplaces := format('SELECT d.* FROM apres a JOIN avant b USING (signalement), '
                           'LATERAL (SELECT 1 AS signe, a.* UNION ALL SELECT -1, b.*) d WHERE %s IS DISTINCT FROM %s',
                           format(place, 'a'), format(place, 'b'));
    END IF;
    -- Two sessions of one slice follow each other instead of waiting for each other's rows in a circle.
    PERFORM pg_advisory_xact_lock(cle_de_verrou('compteurs'), la_tranche);
    EXECUTE format($sql$
        INSERT INTO compteurs_dossiers AS c (territoire, mois, statut, importe, motif, tranche, nombre)
        SELECT COALESCE(territoire, ''), mois, statut, importe, motif_compte(statut, clos_le, motif_cloture), $1, sum(signe)
        FROM (%s) d WHERE compte
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(signe) <> 0
        ON CONFLICT (territoire, mois, statut, importe, motif, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre
    $sql$, changes) USING la_tranche;
    EXECUTE format($sql$
        INSERT INTO compteurs_desordres AS c (territoire, annee, zone, critere, retenu, tranche, nombre)
        SELECT COALESCE(territoire, ''), extract(year FROM mois)::smallint, zone, critere,
               retenu_au_palmares(statut, source), $1, sum(signe)
        FROM (%s) d, LATERAL (SELECT 'BATIMENT', unnest(criteres_batiment)
                              UNION ALL SELECT 'LOGEMENT', unnest(criteres_logement)) AS desordre(zone, critere)
        WHERE compte AND NOT importe
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(signe) <> 0
        ON CONFLICT (territoire, annee, zone, critere, retenu, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre
    $sql$, deplaces) USING la_tranche;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_compter_ajout AFTER INSERT ON dossiers
    REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION compter_dossiers();
CREATE TRIGGER dossiers_compter_change AFTER UPDATE ON dossiers
    REFERENCING OLD TABLE AS avant NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION compter_dossiers();
CREATE TRIGGER dossiers_compter_retrait AFTER DELETE ON dossiers
    REFERENCING OLD TABLE AS avant FOR EACH STATEMENT EXECUTE FUNCTION compter_dossiers();

-- For operators and tests: the dossiers themselves, counted anew.
CREATE VIEW effectifs AS
    SELECT territoire, statut, importe, count(*) AS nombre FROM dossiers WHERE compte GROUP BY 1, 2, 3;

-- For operators and tests: empty, or the counters are wrong.
CREATE VIEW ecarts AS
    SELECT 'dossiers' AS compteur, territoire, statut, sum(nombre) AS ecart FROM (
        SELECT territoire, mois, statut, importe, motif, nombre FROM compteurs_dossiers
        UNION ALL
        SELECT COALESCE(territoire, ''), mois, statut, importe, motif_compte(statut, clos_le, motif_cloture), -1
        FROM dossiers WHERE compte) d
    GROUP BY territoire, mois, statut, importe, motif HAVING sum(nombre) <> 0
    UNION ALL
    SELECT 'desordres', territoire, critere, sum(nombre) FROM (
        SELECT territoire, annee, zone, critere, retenu, nombre FROM compteurs_desordres
        UNION ALL
        SELECT COALESCE(territoire, ''), extract(year FROM mois)::smallint, zone, critere, retenu_au_palmares(statut, source), -1
        FROM dossiers, LATERAL (SELECT 'BATIMENT', unnest(criteres_batiment)
                                UNION ALL SELECT 'LOGEMENT', unnest(criteres_logement)) AS desordre(zone, critere)
        WHERE compte AND NOT importe) d
    GROUP BY territoire, annee, zone, critere, retenu HAVING sum(nombre) <> 0;

-- For operators: dossiers of which one service has spoken and another has not yet.
CREATE VIEW dossiers_incomplets AS
    SELECT signalement, territoire, cree_le IS NULL AS sans_declaration, statut IS NULL AS sans_statut,
           evalue_le IS NULL AS sans_evaluation
    FROM dossiers WHERE NOT compte OR evalue_le IS NULL;
