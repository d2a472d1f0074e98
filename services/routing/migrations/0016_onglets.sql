-- What the tabs of the dashboard ask of a dossier, in the table of the lists, so that each tab is a list like any other.
ALTER TABLE dossiers ADD COLUMN injonction boolean NOT NULL DEFAULT false;  -- it began so, whatever became of it
UPDATE dossiers d SET injonction = true
WHERE statut LIKE 'INJONCTION%'
   OR EXISTS (SELECT FROM suivis s WHERE s.signalement = d.signalement AND s.categorie LIKE 'INJONCTION_BAILLEUR%');
CREATE FUNCTION noter_injonction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.injonction := true;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_injonction BEFORE INSERT OR UPDATE ON dossiers FOR EACH ROW
    WHEN (NEW.statut LIKE 'INJONCTION%' AND NOT NEW.injonction) EXECUTE FUNCTION noter_injonction();

ALTER TABLE recherche
    ADD COLUMN abandon_demande      boolean     NOT NULL DEFAULT false,
    ADD COLUMN injonction           boolean     NOT NULL DEFAULT false,
    ADD COLUMN vacant               boolean     NOT NULL DEFAULT false,
    ADD COLUMN bail                 boolean     NOT NULL DEFAULT false,        -- a lease runs
    -- 1 reminders without an answer, 2 the last word is the usager's, 4 his message after a reminder has no answer,
    -- 8 the last suivi was told by another system.
    ADD COLUMN signes               smallint    NOT NULL DEFAULT 0,
    ADD COLUMN activite_le          timestamptz NOT NULL DEFAULT '-infinity',  -- of partners and managers
    ADD COLUMN dernier_suivi_compte text        NOT NULL DEFAULT '';           -- who wrote it; empty for the platform

CREATE INDEX suivis_apres_cloture ON suivis (signalement, cree_le) WHERE categorie = 'MESSAGE_USAGER_POST_CLOTURE';
CREATE INDEX suivis_compte ON suivis (compte, signalement) WHERE compte IS NOT NULL;

-- All that the lists know of the suivis of a dossier. (Reference of routing, 7.6: the tabs' definitions.)
CREATE FUNCTION suivis_vus(dossier uuid, OUT le timestamptz, OUT par text, OUT compte text, OUT signes smallint,
                           OUT activite_le timestamptz) STABLE LANGUAGE sql AS $$
    WITH dits AS (
        SELECT s.categorie, s.auteur, s.compte, s.cree_le, s.visible_usager AS visible,
               s.auteur IN ('usager', 'occupant', 'declarant') AS usager, s.categorie = 'ASK_FEEDBACK_SENT' AS relance,
               row_number() OVER (ORDER BY s.cree_le, s.id) AS n, count(*) OVER () AS combien
        FROM suivis s WHERE s.signalement = dossier AND s.supprime_le IS NULL
    ), situes AS (
        SELECT dits.*,
               max(n) FILTER (WHERE relance) OVER avant AS relance_avant,
               max(n) FILTER (WHERE visible AND NOT relance) OVER avant AS visible_avant,
               max(n) FILTER (WHERE visible AND categorie NOT IN ('MESSAGE_USAGER', 'DEMANDE_POURSUITE_PROCEDURE')) OVER () AS reponse
        FROM dits WINDOW avant AS (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    )
    SELECT COALESCE(max(cree_le), '-infinity'),
           COALESCE(max(CASE WHEN auteur IN ('systeme', 'import') THEN 'automatique' WHEN usager THEN 'usager' ELSE 'partenaire' END)
                        FILTER (WHERE n = combien), ''),
           COALESCE(max(COALESCE(compte, CASE WHEN auteur NOT IN ('systeme', 'import') THEN auteur END)) FILTER (WHERE n = combien), ''),
           (CASE WHEN count(*) FILTER (WHERE relance) >= 3 AND bool_or(visible)
                      AND COALESCE(max(n) FILTER (WHERE usager), 0) < min(n) FILTER (WHERE relance) THEN 1 ELSE 0 END
            | CASE WHEN bool_or(n = combien AND categorie IN ('MESSAGE_USAGER', 'MESSAGE_USAGER_POST_CLOTURE')
                                AND COALESCE(relance_avant, -1) <> n - 1) THEN 2 ELSE 0 END
            | CASE WHEN bool_or(categorie IN ('MESSAGE_USAGER', 'MESSAGE_USAGER_POST_CLOTURE', 'DEMANDE_POURSUITE_PROCEDURE')
                                AND relance_avant > COALESCE(visible_avant, 0) AND COALESCE(reponse, 0) <= n) THEN 4 ELSE 0 END
            | CASE WHEN bool_or(n = combien AND categorie = 'SIGNALEMENT_STATUS_IS_SYNCHRO') THEN 8 ELSE 0 END)::smallint,
           COALESCE(max(cree_le) FILTER (WHERE categorie IN (
               'MESSAGE_PARTNER', 'SIGNALEMENT_EDITED_BO', 'SIGNALEMENT_IS_ACTIVE', 'SIGNALEMENT_IS_REOPENED',
               'INTERVENTION_IS_CREATED', 'INTERVENTION_IS_CANCELED', 'INTERVENTION_IS_ABORTED', 'INTERVENTION_HAS_CONCLUSION',
               'INTERVENTION_HAS_CONCLUSION_EDITED', 'INTERVENTION_IS_RESCHEDULED', 'INTERVENTION_IS_DONE',
               'INTERVENTION_CONTROLE_IS_CREATED', 'INTERVENTION_CONTROLE_IS_RESCHEDULED', 'INTERVENTION_CONTROLE_IS_DONE',
               'INTERVENTION_ARRETE_IS_CREATED', 'INTERVENTION_ARRETE_IS_RESCHEDULED', 'NEW_DOCUMENT', 'AFFECTATION_IS_CLOSED')),
               '-infinity')
    FROM situes
$$;

CREATE OR REPLACE FUNCTION dernier_suivi_vu(dossier uuid, OUT le timestamptz, OUT par text) STABLE LANGUAGE sql AS $$
    SELECT v.le, v.par FROM suivis_vus(dossier) v
$$;

UPDATE recherche r SET dernier_suivi_le = s.le, dernier_suivi_par = s.par, abandon_demande = COALESCE(d.abandon_demande, false), injonction = d.injonction, vacant = d.logement_vacant,
    signes = s.signes, activite_le = s.activite_le, dernier_suivi_compte = s.compte
FROM dossiers d, LATERAL suivis_vus(d.signalement) s
WHERE d.signalement = r.signalement
  AND (r.dernier_suivi_le, r.dernier_suivi_par, r.abandon_demande, r.injonction, r.vacant, r.signes, r.activite_le, r.dernier_suivi_compte)
      IS DISTINCT FROM (s.le, s.par, COALESCE(d.abandon_demande, false), d.injonction, d.logement_vacant, s.signes, s.activite_le, s.compte);

-- What the tabs count: few dossiers of all have a sign, and dates are asked for by their end.
CREATE INDEX recherche_signes ON recherche (territoire, statut, importe, signes) WHERE signes & 7 <> 0;
CREATE INDEX recherche_abandon ON recherche (territoire, statut, importe, signes) WHERE abandon_demande;
CREATE INDEX recherche_activite ON recherche (activite_le) INCLUDE (territoire, statut, importe, signes)
    WHERE statut = 'ACTIVE' AND activite_le > '-infinity';
CREATE INDEX recherche_recents ON recherche (dernier_suivi_le) INCLUDE (territoire, statut, importe, signes, dernier_suivi_compte)
    WHERE dernier_suivi_compte <> '';

CREATE OR REPLACE FUNCTION suivre_dossiers() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('histologe.listes', true) = 'retenues' THEN
        RETURN NULL;
    END IF;
    UPDATE recherche r SET statut = a.statut, score = a.score, procedures = a.procedures, reference = a.reference,
        depose_le = a.depose_le, code_insee = a.code_insee, code_postal = a.code_postal, commune = a.commune,
        abandon_demande = COALESCE(a.abandon_demande, false), injonction = a.injonction, vacant = a.logement_vacant
    FROM apres a WHERE r.signalement = a.signalement
        AND (r.statut, r.score, r.procedures, r.reference, r.depose_le, r.code_insee, r.code_postal, r.commune,
             r.abandon_demande, r.injonction, r.vacant)
            IS DISTINCT FROM (a.statut, a.score, a.procedures, a.reference, a.depose_le, a.code_insee, a.code_postal, a.commune,
                              COALESCE(a.abandon_demande, false), a.injonction, a.logement_vacant);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION suivre_suivis() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('histologe.listes', true) = 'retenues' THEN
        RETURN NULL;
    END IF;
    UPDATE recherche r SET dernier_suivi_le = v.le, dernier_suivi_par = v.par, dernier_suivi_compte = v.compte,
        signes = v.signes, activite_le = v.activite_le
    FROM (SELECT DISTINCT signalement FROM lignes) c, LATERAL suivis_vus(c.signalement) v
    WHERE r.signalement = c.signalement;
    RETURN NULL;
END $$;

-- Beside recherche_ecarts: empty, or the lists do not say what the dossiers' tables hold.
CREATE VIEW recherche_ecarts_onglets AS
    SELECT r.signalement::text AS quoi,
           concat_ws(' ', d.abandon_demande, d.injonction, d.logement_vacant, s.le, s.par, s.compte, s.signes, s.activite_le) AS ecart
    FROM recherche r JOIN dossiers d USING (signalement), LATERAL suivis_vus(r.signalement) s
    WHERE (r.abandon_demande, r.injonction, r.vacant, r.dernier_suivi_le, r.dernier_suivi_par, r.dernier_suivi_compte, r.signes,
           r.activite_le)
        IS DISTINCT FROM (COALESCE(d.abandon_demande, false), d.injonction, d.logement_vacant, s.le, s.par, s.compte, s.signes,
                          s.activite_le);
