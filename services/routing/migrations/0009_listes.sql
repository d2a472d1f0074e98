-- Who writes as an usager is named by what he is to the dwelling.
CREATE OR REPLACE FUNCTION dernier_suivi_vu(dossier uuid, OUT le timestamptz, OUT par text) STABLE LANGUAGE sql AS $$
    SELECT COALESCE(max(s.cree_le), '-infinity'), COALESCE(max(CASE WHEN s.auteur IN ('systeme', 'import') THEN 'automatique'
                                                                     WHEN s.auteur IN ('usager', 'occupant', 'declarant') THEN 'usager'
                                                                     ELSE 'partenaire' END), '')
    FROM (SELECT cree_le, auteur FROM suivis WHERE signalement = dossier ORDER BY cree_le DESC, id DESC LIMIT 1) s
$$;
UPDATE recherche r SET dernier_suivi_par = v.par FROM dossiers d, LATERAL dernier_suivi_vu(d.signalement) v
WHERE d.signalement = r.signalement AND r.dernier_suivi_par <> v.par;

-- Each of these three follows its table at once. A transaction that changes several of them for many dossiers says so
-- (`histologe.listes` = `retenues`, for itself alone) and brings the lists up to date once, at its end.
-- A position changes together with its square, by the service.
CREATE OR REPLACE FUNCTION suivre_dossiers() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('histologe.listes', true) = 'retenues' THEN
        RETURN NULL;
    END IF;
    UPDATE recherche r SET statut = a.statut, score = a.score, procedures = a.procedures, reference = a.reference,
        depose_le = a.depose_le, code_insee = a.code_insee, code_postal = a.code_postal, commune = a.commune
    FROM apres a WHERE r.signalement = a.signalement
        AND (r.statut, r.score, r.procedures, r.reference, r.depose_le, r.code_insee, r.code_postal, r.commune)
            IS DISTINCT FROM (a.statut, a.score, a.procedures, a.reference, a.depose_le, a.code_insee, a.code_postal, a.commune);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION suivre_affectations() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('histologe.listes', true) = 'retenues' THEN
        RETURN NULL;
    END IF;
    UPDATE recherche r SET affectations = v.elements, affectees = v.etats
    FROM (SELECT DISTINCT signalement FROM lignes) c, LATERAL affectations_vues(c.signalement) v
    WHERE r.signalement = c.signalement;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION suivre_suivis() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('histologe.listes', true) = 'retenues' THEN
        RETURN NULL;
    END IF;
    UPDATE recherche r SET dernier_suivi_le = v.le, dernier_suivi_par = v.par
    FROM (SELECT DISTINCT signalement FROM lignes) c, LATERAL dernier_suivi_vu(c.signalement) v
    WHERE r.signalement = c.signalement;
    RETURN NULL;
END $$;

-- For operators and tests: empty, or the lists do not say what the tables hold.
CREATE OR REPLACE VIEW recherche_ecarts AS
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
       OR (r.reference, r.depose_le, r.code_insee, r.code_postal, r.commune, r.position[0], r.position[1])
        IS DISTINCT FROM (d.reference, d.depose_le, d.code_insee, d.code_postal, d.commune, d.longitude, d.latitude)
       OR (r.position IS NULL) <> (r.cellule IS NULL)
    UNION ALL
    SELECT 'absent', signalement::text, '' FROM dossiers d
    WHERE depose_le IS NOT NULL AND NOT EXISTS (SELECT FROM recherche r WHERE r.signalement = d.signalement);
