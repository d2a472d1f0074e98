-- What usagers and landlords do once a signalement is submitted.
ALTER TABLE signalements
    -- The latest closure: one message may be written after it.
    ADD COLUMN ferme_le             timestamptz,
    -- True when the usager asked to stop, false when he then asked to go on, null when he asked nothing.
    ADD COLUMN abandon_demande      boolean,
    ADD COLUMN motif_usager         text,
    -- A tiers was invited and has not accepted the conditions yet.
    ADD COLUMN cgu_a_accepter       boolean     NOT NULL DEFAULT false,
    -- The new mail of the occupant until he follows the link that was sent there. The link's secret is kept as a fingerprint.
    ADD COLUMN courriel_attendu     text,
    ADD COLUMN jeton_courriel       text,
    ADD COLUMN jeton_courriel_expire_le timestamptz,
    -- The landlord's, given with an injonction; it is printed in his letters.
    ADD COLUMN code_bailleur        text;

-- What each of them said and asked, one row each, never changed: messages, files, wishes to stop or to go on, edits.
CREATE TABLE actes (
    id          uuid        PRIMARY KEY,
    signalement uuid        NOT NULL,
    auteur      text        NOT NULL CHECK (auteur IN ('occupant', 'declarant', 'bailleur')),
    categorie   text        NOT NULL,
    texte       text        NOT NULL DEFAULT '',  -- personal
    details     json        NOT NULL DEFAULT '{}',
    cree_le     timestamptz NOT NULL
);
CREATE INDEX actes_signalement ON actes (signalement, cree_le DESC, id DESC);
-- A landlord answers once, and once says that his works are done.
CREATE UNIQUE INDEX actes_reponse_bailleur ON actes (signalement) WHERE categorie LIKE 'INJONCTION_BAILLEUR_REPONSE_%';
CREATE UNIQUE INDEX actes_cloture_bailleur ON actes (signalement)
    WHERE categorie = 'INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR';

-- What others wrote that usagers may read, as routing told of it.
CREATE TABLE suivis_usagers (
    id          uuid        PRIMARY KEY,
    signalement uuid        NOT NULL,
    categorie   text        NOT NULL,
    auteur      text        NOT NULL,             -- of a partenaire, its name: never an agent's
    texte       text        NOT NULL DEFAULT '',  -- personal
    cree_le     timestamptz NOT NULL
);
CREATE INDEX suivis_usagers_signalement ON suivis_usagers (signalement, cree_le DESC, id DESC);

-- Tiers whom an occupant lets follow. The link's secret is kept as a fingerprint.
CREATE TABLE invitations (
    id          uuid        PRIMARY KEY,
    signalement uuid        NOT NULL,
    empreinte   text        NOT NULL UNIQUE,
    nom         text        NOT NULL,
    prenom      text        NOT NULL,
    courriel    text        NOT NULL,
    telephone   text        NOT NULL DEFAULT '',
    statut      text        NOT NULL DEFAULT 'WAITING' CHECK (statut IN ('WAITING', 'ACCEPTED', 'REFUSED')),
    cree_le     timestamptz NOT NULL,
    modifie_le  timestamptz NOT NULL
);
CREATE UNIQUE INDEX invitations_en_attente ON invitations (signalement) WHERE statut = 'WAITING';
CREATE INDEX invitations_signalement ON invitations (signalement);

-- The open tokens of usagers and landlords; one that is not here, or was closed, opens nothing.
CREATE TABLE sessions_personnes (
    jeton       uuid        PRIMARY KEY,
    signalement uuid        NOT NULL,
    personne    text        NOT NULL CHECK (personne IN ('occupant', 'declarant', 'bailleur')),
    expire_le   timestamptz NOT NULL
);
CREATE INDEX sessions_personnes_signalement ON sessions_personnes (signalement);
CREATE INDEX sessions_personnes_expire ON sessions_personnes (expire_le);

-- When each of them came in for the last time.
CREATE TABLE connexions (
    signalement uuid        NOT NULL,
    personne    text        NOT NULL,
    premiere_le timestamptz NOT NULL,
    derniere_le timestamptz NOT NULL,
    PRIMARY KEY (signalement, personne)
);

-- Who sent a file after the declaration; null: it came with it. What an agent sent is not the usager's to change.
ALTER TABLE fichiers ADD COLUMN depose_par text;
