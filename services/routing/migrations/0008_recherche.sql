-- What lists, filters, counts and the map read: one narrow row a dossier. What is declared is written with the declaration
-- (`signalement.depose`, `signalement.modifie`); status, score, affectations and last suivi follow their tables by the
-- triggers below, so that whoever changes those changes the lists in the same transaction.
-- An installation that has dossiers already fills it by `histologe replay --service routing`.
ALTER TABLE dossiers ADD COLUMN procedures text[] NOT NULL DEFAULT '{}';

CREATE TABLE recherche (
    signalement       uuid        PRIMARY KEY REFERENCES dossiers (signalement) ON DELETE CASCADE,
    declaree_le       timestamptz NOT NULL,      -- of the event: an older one never replaces a newer one
    reference         text,
    rang              bigint      NOT NULL,      -- of the reference, by year and number
    territoire        text        NOT NULL,
    statut            text        NOT NULL,
    depose_le         timestamptz NOT NULL,
    code_insee        text,
    code_postal       text,
    commune           text,
    commune_tri       text        COLLATE "C" NOT NULL,
    position          point,                     -- longitude, latitude
    cellule           bigint,                    -- of the position, see domain/cellules
    source            text        NOT NULL,
    importe           boolean     NOT NULL,
    profil            text        NOT NULL,
    parc              text        NOT NULL,      -- public, privee, non_renseigne
    allocataire       text        NOT NULL,      -- caf, msa, oui (one of both), non, non_renseigne
    enfants           text        NOT NULL,      -- under six: oui, non, non_renseigne
    bailleur          text,                      -- id in the directory
    motif_cloture     text,
    score             float8,
    procedures        text[]      NOT NULL,      -- that the filter of procedures finds it by
    affectations      text[]      NOT NULL,      -- for each one `partenaire` and `partenaire:STATUT`
    affectees         smallint    NOT NULL,      -- there is one 1 NOUVEAU, 2 EN_COURS, 4 REFUSE, 8 FERME, 16 FERME of a commune
    dernier_suivi_le  timestamptz NOT NULL,      -- -infinity when there is none
    dernier_suivi_par text        NOT NULL,      -- automatique, usager, partenaire; empty when there is none
    -- Personal: emptied by anonymisation, like `personnel`.
    nom_tri           text        COLLATE "C" NOT NULL,
    adresse_cle       text,
    mots              tsvector    NOT NULL
);

-- Names, contacts and address as the events' `personnel` part tells them. Anonymisation deletes the row.
CREATE TABLE personnel (
    signalement uuid  PRIMARY KEY REFERENCES dossiers (signalement) ON DELETE CASCADE,
    contenu     jsonb NOT NULL
);

-- Each order of the list, for the country and for a territoire. The list knows four statuses only.
CREATE INDEX recherche_rang ON recherche (rang, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_depot ON recherche (depose_le, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_suivi ON recherche (dernier_suivi_le, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_nom ON recherche (nom_tri, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_commune ON recherche (commune_tri, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_territoire_rang ON recherche (territoire, rang, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_territoire_depot ON recherche (territoire, depose_le, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_territoire_suivi ON recherche (territoire, dernier_suivi_le, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_territoire_nom ON recherche (territoire, nom_tri, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
CREATE INDEX recherche_territoire_commune ON recherche (territoire, commune_tri, signalement)
    WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED');
-- Counts within a territoire read this alone; equal entries are stored once.
CREATE INDEX recherche_compte ON recherche (territoire, statut, importe, parc, profil, source, allocataire, enfants, affectees);
-- What is selective.
-- The values of the filters that have few: rare combinations are found by it. Written as the search writes it.
CREATE FUNCTION traits_vus(parc text, profil text, source text, allocataire text, enfants text, procedures text[])
    RETURNS text[] IMMUTABLE LANGUAGE sql AS $$
    SELECT ARRAY['parc ' || parc, 'profil ' || profil, 'source ' || source, 'allocataire ' || allocataire,
                 'enfants ' || enfants] || procedures
$$;
CREATE INDEX recherche_traits ON recherche USING gin (traits_vus(parc, profil, source, allocataire, enfants, procedures));
CREATE INDEX recherche_code_postal ON recherche (code_postal);
CREATE INDEX recherche_code_insee ON recherche (code_insee);
CREATE INDEX recherche_reference ON recherche (reference);
CREATE INDEX recherche_bailleur ON recherche (bailleur) WHERE bailleur IS NOT NULL;
CREATE INDEX recherche_adresse ON recherche (adresse_cle, depose_le);
CREATE INDEX recherche_affectations ON recherche USING gin (affectations);
CREATE INDEX recherche_mots ON recherche USING gin (mots);
CREATE INDEX recherche_position ON recherche USING gist (position);

-- The usual order of the list, for the people of one partner.
ALTER TABLE affectations ADD COLUMN rang bigint NOT NULL DEFAULT 0;
CREATE INDEX affectations_rang ON affectations (partenaire, rang, signalement);
DROP INDEX affectations_partenaire;
CREATE INDEX affectations_partenaire ON affectations (partenaire, statut, rang, signalement);

-- What the affectations of a dossier are in `recherche`.
CREATE FUNCTION affectations_vues(dossier uuid, OUT elements text[], OUT etats smallint) STABLE LANGUAGE sql AS $$
    SELECT COALESCE(array_agg(a.partenaire ORDER BY a.partenaire)
                    || array_agg(a.partenaire || ':' || a.statut ORDER BY a.partenaire), '{}'),
           COALESCE(bit_or(CASE a.statut WHEN 'NOUVEAU' THEN 1 WHEN 'EN_COURS' THEN 2 WHEN 'REFUSE' THEN 4
                                         WHEN 'FERME' THEN 8 ELSE 0 END
                           | CASE WHEN a.statut = 'FERME' AND p.contenu->>'type' = 'COMMUNE_SCHS' THEN 16 ELSE 0 END), 0)::smallint
    FROM affectations a LEFT JOIN partenaires p ON p.id = a.partenaire WHERE a.signalement = dossier
$$;

-- When the last suivi of a dossier was written, and by whom.
CREATE FUNCTION dernier_suivi_vu(dossier uuid, OUT le timestamptz, OUT par text) STABLE LANGUAGE sql AS $$
    SELECT COALESCE(max(s.cree_le), '-infinity'), COALESCE(max(CASE WHEN s.auteur IN ('systeme', 'import') THEN 'automatique'
                                                                     WHEN s.auteur LIKE 'usager%' THEN 'usager'
                                                                     ELSE 'partenaire' END), '')
    FROM (SELECT cree_le, auteur FROM suivis WHERE signalement = dossier ORDER BY cree_le DESC, id DESC LIMIT 1) s
$$;

CREATE FUNCTION suivre_dossiers() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE recherche r SET statut = a.statut, score = a.score, procedures = a.procedures
    FROM apres a WHERE r.signalement = a.signalement
        AND (r.statut, r.score, r.procedures) IS DISTINCT FROM (a.statut, a.score, a.procedures);
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_suivre AFTER UPDATE ON dossiers
    REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION suivre_dossiers();

CREATE FUNCTION suivre_affectations() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE recherche r SET affectations = v.elements, affectees = v.etats
    FROM (SELECT DISTINCT signalement FROM lignes) c, LATERAL affectations_vues(c.signalement) v
    WHERE r.signalement = c.signalement;
    RETURN NULL;
END $$;
CREATE TRIGGER affectations_suivre_ajout AFTER INSERT ON affectations
    REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION suivre_affectations();
CREATE TRIGGER affectations_suivre_change AFTER UPDATE ON affectations
    REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION suivre_affectations();
CREATE TRIGGER affectations_suivre_retrait AFTER DELETE ON affectations
    REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION suivre_affectations();

-- The order of an affectation is that of its dossier: as it is when it is made, and when the reference changes.
CREATE FUNCTION ranger_affectation() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.rang := COALESCE((SELECT rang FROM recherche WHERE signalement = NEW.signalement), 0);
    RETURN NEW;
END $$;
CREATE TRIGGER affectations_ranger BEFORE INSERT ON affectations FOR EACH ROW EXECUTE FUNCTION ranger_affectation();
CREATE FUNCTION ranger_affectations() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM affectations WHERE signalement = NEW.signalement AND rang <> NEW.rang) THEN
        UPDATE affectations SET rang = NEW.rang WHERE signalement = NEW.signalement;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER recherche_ranger_ajout AFTER INSERT ON recherche FOR EACH ROW EXECUTE FUNCTION ranger_affectations();
CREATE TRIGGER recherche_ranger_change AFTER UPDATE ON recherche FOR EACH ROW WHEN (OLD.rang <> NEW.rang)
    EXECUTE FUNCTION ranger_affectations();

CREATE FUNCTION suivre_suivis() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    UPDATE recherche r SET dernier_suivi_le = v.le, dernier_suivi_par = v.par
    FROM (SELECT DISTINCT signalement FROM lignes) c, LATERAL dernier_suivi_vu(c.signalement) v
    WHERE r.signalement = c.signalement;
    RETURN NULL;
END $$;
CREATE TRIGGER suivis_suivre_ajout AFTER INSERT ON suivis
    REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION suivre_suivis();
CREATE TRIGGER suivis_suivre_change AFTER UPDATE ON suivis
    REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION suivre_suivis();
CREATE TRIGGER suivis_suivre_retrait AFTER DELETE ON suivis
    REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION suivre_suivis();

-- A search over common words holds tens of thousands of places in mind at once; with the server's 4 MB it would forget where
-- in a page they are, and look at every row of it. And no question here is so long that starting helpers for it pays.
ALTER ROLE CURRENT_USER SET work_mem = '32MB';
ALTER ROLE CURRENT_USER SET max_parallel_workers_per_gather = 0;

-- How many dossiers of the country are of one kind: what a search over these columns alone is counted from. A slice per
-- session, so that writers seldom wait for each other.
CREATE TABLE compteurs_recherche (
    statut      text     NOT NULL,
    importe     boolean  NOT NULL,
    source      text     NOT NULL,
    profil      text     NOT NULL,
    parc        text     NOT NULL,
    allocataire text     NOT NULL,
    enfants     text     NOT NULL,
    affectees   smallint NOT NULL,
    tranche     smallint NOT NULL,
    nombre      bigint   NOT NULL,
    PRIMARY KEY (statut, importe, source, profil, parc, allocataire, enfants, affectees, tranche)
);

-- The same for the map: how many dossiers stand in a square, and where on average. Two sizes of squares, for the zooms that
-- show a country and those that show a département; from zoom 11 on the dossiers themselves are read.
CREATE TABLE compteurs_cellules (
    niveau     smallint NOT NULL,
    territoire text     NOT NULL,
    cellule    bigint   NOT NULL,      -- of that level
    statut     text     NOT NULL,
    importe    boolean  NOT NULL,
    tranche    smallint NOT NULL,
    nombre     bigint   NOT NULL,
    longitudes bigint   NOT NULL,      -- sums, in millionths of a degree
    latitudes  bigint   NOT NULL,
    PRIMARY KEY (niveau, cellule, territoire, statut, importe, tranche)
);
CREATE INDEX compteurs_cellules_territoire ON compteurs_cellules (territoire, niveau, cellule);

-- The same for the people of one partner: `element` is one of those of recherche.affectations.
CREATE TABLE compteurs_partenaires (
    element    text     NOT NULL,
    territoire text     NOT NULL,
    statut     text     NOT NULL,
    importe    boolean  NOT NULL,
    tranche    smallint NOT NULL,
    nombre     bigint   NOT NULL,
    PRIMARY KEY (element, territoire, statut, importe, tranche)
);

-- What the rows of a statement add to the counters and what they take from them.
CREATE FUNCTION compter_recherche() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    la_tranche CONSTANT int := pg_backend_pid() % 4;
    changes    text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        changes := 'SELECT 1 AS signe, apres.* FROM apres';
    ELSIF TG_OP = 'DELETE' THEN
        changes := 'SELECT -1 AS signe, avant.* FROM avant';
    ELSE
        changes := 'SELECT 1 AS signe, apres.* FROM apres UNION ALL SELECT -1, avant.* FROM avant';
    END IF;
    -- Two sessions of one slice follow each other instead of waiting for each other's rows in a circle.
    PERFORM pg_advisory_xact_lock(hashtext('histologe.recherche.' || current_schema()), la_tranche);
    EXECUTE format($sql$
        INSERT INTO compteurs_recherche AS c
            (statut, importe, source, profil, parc, allocataire, enfants, affectees, tranche, nombre)
        SELECT statut, importe, source, profil, parc, allocataire, enfants, affectees, $1, sum(signe)
        FROM (%s) d GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(signe) <> 0
        ON CONFLICT (statut, importe, source, profil, parc, allocataire, enfants, affectees, tranche)
            DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre
    $sql$, changes) USING la_tranche;
    EXECUTE format($sql$
        INSERT INTO compteurs_cellules AS c
            (niveau, territoire, cellule, statut, importe, tranche, nombre, longitudes, latitudes)
        SELECT niveau, territoire, cellule >> (2 * (20 - niveau)), statut, importe, $1, sum(signe),
               sum(signe * (position[0] * 1e6)::bigint), sum(signe * (position[1] * 1e6)::bigint)
        FROM (%s) d, (VALUES (8::smallint), (12::smallint)) AS n(niveau) WHERE cellule IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5
        HAVING sum(signe) <> 0 OR sum(signe * (position[0] * 1e6)::bigint) <> 0 OR sum(signe * (position[1] * 1e6)::bigint) <> 0
        ON CONFLICT (niveau, cellule, territoire, statut, importe, tranche)
            DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre, longitudes = c.longitudes + EXCLUDED.longitudes,
                          latitudes = c.latitudes + EXCLUDED.latitudes
    $sql$, changes) USING la_tranche;
    EXECUTE format($sql$
        INSERT INTO compteurs_partenaires AS c (element, territoire, statut, importe, tranche, nombre)
        SELECT element, territoire, statut, importe, $1, sum(signe) FROM (%s) d, unnest(affectations) AS element
        GROUP BY 1, 2, 3, 4 HAVING sum(signe) <> 0
        ON CONFLICT (element, territoire, statut, importe, tranche) DO UPDATE SET nombre = c.nombre + EXCLUDED.nombre
    $sql$, changes) USING la_tranche;
    RETURN NULL;
END $$;
CREATE TRIGGER recherche_compter_ajout AFTER INSERT ON recherche
    REFERENCING NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION compter_recherche();
CREATE TRIGGER recherche_compter_change AFTER UPDATE ON recherche
    REFERENCING OLD TABLE AS avant NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION compter_recherche();
CREATE TRIGGER recherche_compter_retrait AFTER DELETE ON recherche
    REFERENCING OLD TABLE AS avant FOR EACH STATEMENT EXECUTE FUNCTION compter_recherche();

-- For operators and tests: empty, or the lists do not say what the tables hold.
CREATE VIEW recherche_ecarts AS
    SELECT 'compteurs' AS ou, statut AS quoi, sum(nombre)::text AS ecart FROM (
        SELECT statut, importe, source, profil, parc, allocataire, enfants, affectees, nombre FROM compteurs_recherche
        UNION ALL
        SELECT statut, importe, source, profil, parc, allocataire, enfants, affectees, -1 FROM recherche) d
    GROUP BY statut, importe, source, profil, parc, allocataire, enfants, affectees HAVING sum(nombre) <> 0
    UNION ALL
    SELECT 'cellules', niveau || ' ' || territoire || ' ' || cellule, sum(nombre)::text FROM (
        SELECT niveau, territoire, cellule, statut, importe, nombre, longitudes, latitudes FROM compteurs_cellules
        UNION ALL
        SELECT niveau, territoire, cellule >> (2 * (20 - niveau)), statut, importe, -1, -(position[0] * 1e6)::bigint,
               -(position[1] * 1e6)::bigint
        FROM recherche, (VALUES (8::smallint), (12::smallint)) AS n(niveau) WHERE cellule IS NOT NULL) d
    GROUP BY niveau, territoire, cellule, statut, importe
    HAVING sum(nombre) <> 0 OR sum(longitudes) <> 0 OR sum(latitudes) <> 0
    UNION ALL
    SELECT 'partenaires', element, sum(nombre)::text FROM (
        SELECT element, territoire, statut, importe, nombre FROM compteurs_partenaires
        UNION ALL
        SELECT element, territoire, statut, importe, -1 FROM recherche, unnest(affectations) AS element) d
    GROUP BY element, territoire, statut, importe HAVING sum(nombre) <> 0
    UNION ALL
    SELECT 'rang', a.id::text, a.rang::text FROM affectations a JOIN recherche r USING (signalement) WHERE a.rang <> r.rang
    UNION ALL
    SELECT 'dossier', r.signalement::text, concat_ws(' ', d.statut, d.score, d.procedures, a.elements, a.etats, s.le, s.par)
    FROM recherche r JOIN dossiers d USING (signalement), LATERAL affectations_vues(r.signalement) a,
         LATERAL dernier_suivi_vu(r.signalement) s
    WHERE (r.statut, r.score, r.procedures, r.affectations, r.affectees, r.dernier_suivi_le, r.dernier_suivi_par)
        IS DISTINCT FROM (d.statut, d.score, d.procedures, a.elements, a.etats, s.le, s.par)
    UNION ALL
    SELECT 'absent', signalement::text, '' FROM dossiers d
    WHERE depose_le IS NOT NULL AND NOT EXISTS (SELECT FROM recherche r WHERE r.signalement = d.signalement);

-- Searches that an account keeps under a name.
CREATE TABLE recherches_enregistrees (
    id         uuid        PRIMARY KEY,
    compte     text        NOT NULL,
    nom        text        NOT NULL,
    nom_plie   text        NOT NULL,
    parametres jsonb       NOT NULL,      -- name -> sorted values, each once
    version    bigint      NOT NULL DEFAULT 1,
    cree_le    timestamptz NOT NULL,
    UNIQUE (compte, nom_plie),
    UNIQUE (compte, parametres)
);
