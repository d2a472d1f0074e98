-- The life of a dossier. What an open dossier does not have (date, motive and words of a closing or a refusal) is empty
-- again once it is reopened; the history keeps it.
ALTER TABLE dossiers
    ADD COLUMN version             bigint  NOT NULL DEFAULT 1,
    ADD COLUMN logement_vacant     boolean NOT NULL DEFAULT false,
    ADD COLUMN clos_le             timestamptz,
    ADD COLUMN clos_par            text,
    ADD COLUMN motif_cloture       text,
    ADD COLUMN commentaire_cloture text,
    ADD COLUMN motif_refus         text;

ALTER TABLE affectations
    ADD COLUMN version       bigint NOT NULL DEFAULT 1,
    ADD COLUMN repondu_le    timestamptz,
    ADD COLUMN repondu_par   text,
    ADD COLUMN motif_refus   text,
    ADD COLUMN motif_cloture text,
    ADD COLUMN travaux       text CHECK (travaux IN ('OUI', 'NON', 'EN_COURS')),
    ADD COLUMN precisions    text;

-- Whoever changes a state makes its version grow: nobody can forget to.
CREATE FUNCTION compter_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER dossiers_versions BEFORE UPDATE ON dossiers FOR EACH ROW
    WHEN (OLD.statut IS DISTINCT FROM NEW.statut AND OLD.version = NEW.version) EXECUTE FUNCTION compter_versions();
CREATE TRIGGER affectations_versions BEFORE UPDATE ON affectations FOR EACH ROW
    WHEN (OLD.statut IS DISTINCT FROM NEW.statut AND OLD.version = NEW.version) EXECUTE FUNCTION compter_versions();

-- What happened to a dossier and to its affectations, state after state, only ever added to. Written by the tables
-- themselves: no change is without its line. Who acts says so for his transaction (`histologe.acteur`, `.role`,
-- `.partenaire`, `.action`, `.le`; `histologe.acteurs` names one for each of several dossiers); else it is the platform.
CREATE TABLE historique (
    rang        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signalement uuid        NOT NULL REFERENCES dossiers (signalement) ON DELETE CASCADE,
    objet       text        NOT NULL CHECK (objet IN ('dossier', 'affectation')),
    action      text        NOT NULL,      -- of the table of transitions; empty when none was named
    partenaire  text,                      -- of the affectation
    acteur      text        NOT NULL,      -- an account, `systeme`, `occupant`, `declarant`, `bailleur`
    role        text        NOT NULL,
    au_nom_de   text,                      -- the partner in whose name
    avant       jsonb,                     -- null: was not there
    apres       jsonb,                     -- null: is no more
    le          timestamptz NOT NULL
);
CREATE INDEX historique_signalement ON historique (signalement, rang DESC);

CREATE FUNCTION acteur_courant(signalement uuid, OUT acteur text, OUT role text, OUT au_nom_de text, OUT action text, OUT le timestamptz)
    STABLE LANGUAGE sql AS $$
    SELECT COALESCE(NULLIF(current_setting('histologe.acteurs', true), '')::jsonb ->> $1::text,
                    NULLIF(current_setting('histologe.acteur', true), ''), 'systeme'),
           COALESCE(NULLIF(current_setting('histologe.role', true), ''), 'systeme'),
           NULLIF(current_setting('histologe.partenaire', true), ''),
           COALESCE(current_setting('histologe.action', true), ''),
           COALESCE(NULLIF(current_setting('histologe.le', true), '')::timestamptz, now())
$$;

CREATE FUNCTION noter_dossiers() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO historique (signalement, objet, action, acteur, role, au_nom_de, avant, apres, le)
    SELECT a.signalement, 'dossier', c.action, c.acteur, c.role, c.au_nom_de,
           jsonb_strip_nulls(jsonb_build_object('statut', b.statut, 'motifCloture', b.motif_cloture, 'motifRefus', b.motif_refus, 'closLe', b.clos_le)),
           jsonb_strip_nulls(jsonb_build_object('statut', a.statut, 'motifCloture', a.motif_cloture, 'motifRefus', a.motif_refus, 'closLe', a.clos_le)),
           c.le
    FROM apres a JOIN avant b ON b.signalement = a.signalement, LATERAL acteur_courant(a.signalement) c
    WHERE a.statut <> b.statut AND b.depose_le IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER dossiers_noter AFTER UPDATE ON dossiers
    REFERENCING OLD TABLE AS avant NEW TABLE AS apres FOR EACH STATEMENT EXECUTE FUNCTION noter_dossiers();

CREATE FUNCTION noter_affectations() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    -- Nothing personal: states, motives, identifiers.
    vue CONSTANT text := 'jsonb_strip_nulls(jsonb_build_object(''id'', %1$s.id, ''statut'', %1$s.statut, ''motifRefus'', '
                         '%1$s.motif_refus, ''motifCloture'', %1$s.motif_cloture, ''travaux'', %1$s.travaux))';
    debut CONSTANT text := 'INSERT INTO historique (signalement, objet, action, partenaire, acteur, role, au_nom_de, avant, apres, le) '
                           'SELECT l.signalement, ''affectation'', c.action, l.partenaire, c.acteur, c.role, c.au_nom_de, ';
    suite CONSTANT text := ', LATERAL acteur_courant(l.signalement) c';
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE debut || 'NULL, ' || format(vue, 'l') || ', c.le FROM lignes l' || suite;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE debut || format(vue, 'l') || ', NULL, c.le FROM lignes l' || suite;
    ELSE
        EXECUTE debut || format(vue, 'b') || ', ' || format(vue, 'l') || ', c.le FROM lignes l JOIN avant b ON b.id = l.id' || suite
                || ' WHERE b.statut <> l.statut';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER affectations_noter_ajout AFTER INSERT ON affectations
    REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION noter_affectations();
CREATE TRIGGER affectations_noter_change AFTER UPDATE ON affectations
    REFERENCING OLD TABLE AS avant NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION noter_affectations();
CREATE TRIGGER affectations_noter_retrait AFTER DELETE ON affectations
    REFERENCING OLD TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION noter_affectations();

-- Who follows a dossier: is told of what is new in it. `compte` is an account.
CREATE TABLE abonnements (
    compte      text        NOT NULL,
    signalement uuid        NOT NULL REFERENCES dossiers (signalement) ON DELETE CASCADE,
    cree_par    text        NOT NULL,
    cree_le     timestamptz NOT NULL,
    PRIMARY KEY (signalement, compte)
);
CREATE INDEX abonnements_compte ON abonnements (compte, signalement);

-- The account and the partner of who writes; `auteur` stays what others are told.
ALTER TABLE suivis
    ADD COLUMN compte     text,
    ADD COLUMN partenaire text;
