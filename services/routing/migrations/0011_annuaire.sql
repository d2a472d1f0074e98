-- The directory as people edit it. Each sheet keeps its version, which every writer moves on, and the moment it was archived:
-- nothing that a dossier may name is ever deleted.
ALTER TABLE partenaires ADD COLUMN version bigint NOT NULL DEFAULT 1, ADD COLUMN archive_le timestamptz;
ALTER TABLE zones       ADD COLUMN version bigint NOT NULL DEFAULT 1, ADD COLUMN archive_le timestamptz;
ALTER TABLE bailleurs   ADD COLUMN version bigint NOT NULL DEFAULT 1, ADD COLUMN archive_le timestamptz;
-- A rule that cannot be read any more is switched off; `panne` says why, for those who look after the rules.
ALTER TABLE regles      ADD COLUMN version bigint NOT NULL DEFAULT 1, ADD COLUMN archive_le timestamptz,
                        ADD COLUMN panne text, ADD COLUMN panne_le timestamptz;
CREATE TABLE etiquettes (
    id         text   PRIMARY KEY,
    rang       bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    contenu    jsonb  NOT NULL,
    version    bigint NOT NULL DEFAULT 1,
    archive_le timestamptz
);

CREATE TABLE dossiers_etiquettes (
    signalement uuid        NOT NULL REFERENCES dossiers (signalement) ON DELETE CASCADE,
    etiquette   text        NOT NULL REFERENCES etiquettes (id),
    posee_par   text        NOT NULL,
    posee_le    timestamptz NOT NULL,
    PRIMARY KEY (signalement, etiquette)
);
CREATE INDEX dossiers_etiquettes_etiquette ON dossiers_etiquettes (etiquette);

-- A partner and a rule say in their sheet that they no longer count; the moment follows.
CREATE FUNCTION dater_archive() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    archive CONSTANT boolean := CASE TG_TABLE_NAME WHEN 'regles' THEN coalesce(NEW.contenu->'active' = 'false', false)
                                                   ELSE coalesce(NEW.contenu->'archive' = 'true', false) END;
BEGIN
    NEW.archive_le := CASE WHEN archive THEN coalesce(NEW.archive_le, now()) END;
    RETURN NEW;
END $$;
CREATE TRIGGER partenaires_archive BEFORE INSERT OR UPDATE ON partenaires FOR EACH ROW EXECUTE FUNCTION dater_archive();
CREATE TRIGGER regles_archive BEFORE INSERT OR UPDATE ON regles FOR EACH ROW EXECUTE FUNCTION dater_archive();

CREATE FUNCTION avancer_fiche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER partenaires_version BEFORE UPDATE ON partenaires FOR EACH ROW
    WHEN ((OLD.contenu, OLD.archive_le) IS DISTINCT FROM (NEW.contenu, NEW.archive_le)) EXECUTE FUNCTION avancer_fiche();
CREATE TRIGGER zones_version BEFORE UPDATE ON zones FOR EACH ROW
    WHEN ((OLD.contenu, OLD.archive_le) IS DISTINCT FROM (NEW.contenu, NEW.archive_le)) EXECUTE FUNCTION avancer_fiche();
CREATE TRIGGER bailleurs_version BEFORE UPDATE ON bailleurs FOR EACH ROW
    WHEN ((OLD.contenu, OLD.archive_le) IS DISTINCT FROM (NEW.contenu, NEW.archive_le)) EXECUTE FUNCTION avancer_fiche();
CREATE TRIGGER regles_version BEFORE UPDATE ON regles FOR EACH ROW
    WHEN ((OLD.contenu, OLD.archive_le) IS DISTINCT FROM (NEW.contenu, NEW.archive_le)) EXECUTE FUNCTION avancer_fiche();
CREATE TRIGGER etiquettes_version BEFORE UPDATE ON etiquettes FOR EACH ROW
    WHEN ((OLD.contenu, OLD.archive_le) IS DISTINCT FROM (NEW.contenu, NEW.archive_le)) EXECUTE FUNCTION avancer_fiche();

UPDATE partenaires SET contenu = contenu WHERE contenu->'archive' = 'true';
UPDATE regles SET contenu = contenu WHERE contenu->'active' = 'false';

CREATE INDEX partenaires_territoire ON partenaires ((contenu->>'territoire'));
CREATE INDEX partenaires_courriel ON partenaires (lower(contenu->>'courriel'));
CREATE INDEX zones_territoire ON zones ((contenu->>'territoire'));
CREATE INDEX regles_territoire ON regles ((contenu->>'territoire'));
CREATE INDEX etiquettes_territoire ON etiquettes ((contenu->>'territoire'));

-- How a partner's own system is reached. Apart from its sheet: the secrets are read by whoever calls that system, never
-- shown, never kept in the history.
CREATE TABLE partenaires_interconnexions (
    partenaire            text PRIMARY KEY REFERENCES partenaires (id),
    esabora_url           text,
    esabora_jeton         text,
    esabora_actif         boolean NOT NULL DEFAULT false,
    idoss_url             text,
    idoss_jeton           text,
    idoss_jeton_expire_le timestamptz,
    idoss_actif           boolean NOT NULL DEFAULT false,
    version               bigint  NOT NULL DEFAULT 1
);

-- What was done to a sheet, by whom: the members that changed, before and after.
CREATE TABLE annuaire_historique (
    rang   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    genre  text        NOT NULL,  -- the table
    fiche  text        NOT NULL,
    auteur text        NOT NULL,  -- an account, or who else writes (`import`)
    action text        NOT NULL,  -- creation, modification, archivage, reactivation
    avant  jsonb       NOT NULL,
    apres  jsonb       NOT NULL,
    le     timestamptz NOT NULL
);
CREATE INDEX annuaire_historique_fiche ON annuaire_historique (genre, fiche, rang DESC);
