-- What agents write and change.
ALTER TABLE signalements
    ADD COLUMN IF NOT EXISTS version int NOT NULL DEFAULT 1,
    ADD COLUMN source     text        NOT NULL DEFAULT 'FORM_USAGER_V2',
    -- The answers that the evaluation reads, once they are no longer those of the draft.
    ADD COLUMN reponses   json,
    ADD COLUMN importe    boolean     NOT NULL DEFAULT false,
    ADD COLUMN cree_par   text,
    ADD COLUMN modifie_le timestamptz;

-- Signalements that agents are still writing, step by step. The uuid is that of the signalement to come.
CREATE TABLE saisies (
    uuid        uuid        PRIMARY KEY,
    compte      text        NOT NULL,
    territoire  text        NOT NULL,
    statut      text        NOT NULL CHECK (statut IN ('EN_COURS', 'EN_SIGNALEMENT', 'ARCHIVE')),
    etapes      json        NOT NULL,
    cle_adresse text        NOT NULL,
    libelle     text        NOT NULL,
    version     int         NOT NULL DEFAULT 1,
    cree_le     timestamptz NOT NULL,
    modifie_le  timestamptz NOT NULL
);
CREATE INDEX saisies_compte ON saisies (compte, cree_le DESC, uuid DESC) WHERE statut = 'EN_COURS';
CREATE INDEX saisies_adresse ON saisies (compte, cle_adresse) WHERE statut = 'EN_COURS';

-- Who changed what. The values may be personal: anonymisation empties `changements`.
CREATE TABLE modifications (
    rang        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signalement uuid        NOT NULL,
    version     int         NOT NULL,
    section     text        NOT NULL,
    compte      text        NOT NULL,
    role        text        NOT NULL,
    changements json        NOT NULL,
    le          timestamptz NOT NULL,
    UNIQUE (signalement, version)
);

-- Whom each dossier was given to, as routing says: decides which agents may see and edit it.
CREATE TABLE dossiers_partenaires (
    signalement uuid NOT NULL,
    partenaire  text NOT NULL,
    statut      text NOT NULL,
    PRIMARY KEY (signalement, partenaire)
);

-- The doors of the rescue services' form. Whoever knows the uuid may declare: it is a secret, and may be closed.
CREATE TABLE services_secours (
    uuid       uuid        PRIMARY KEY,
    slug       text        NOT NULL,
    nom        text        NOT NULL UNIQUE,
    territoire text        NOT NULL,
    courriel   text        NOT NULL,
    telephone  text        NOT NULL,
    actif      boolean     NOT NULL DEFAULT true,
    cree_par   text        NOT NULL,
    cree_le    timestamptz NOT NULL
);

-- How far the import of a file has come: it goes on from there when it was interrupted.
CREATE TABLE imports (
    territoire text        NOT NULL,
    empreinte  text        NOT NULL,
    ligne      bigint      NOT NULL,
    importes   bigint      NOT NULL DEFAULT 0,
    commence_le timestamptz NOT NULL,
    fini_le    timestamptz,
    PRIMARY KEY (territoire, empreinte)
);
