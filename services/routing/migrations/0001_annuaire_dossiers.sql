-- The directory. Each entry is kept in the form in which it is exchanged (described in data/README.md); what is searched
-- by stands in columns. The order of creation decides the order in which partners are affected.
CREATE TABLE territoires (
    code    text  PRIMARY KEY,
    contenu jsonb NOT NULL
);

CREATE TABLE partenaires (
    id      text   PRIMARY KEY,
    rang    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    contenu jsonb  NOT NULL
);
CREATE TABLE zones (
    id      text   PRIMARY KEY,
    rang    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    contenu jsonb  NOT NULL
);
CREATE TABLE epcis (
    id      text   PRIMARY KEY,
    rang    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    contenu jsonb  NOT NULL
);
CREATE TABLE bailleurs (
    id      text   PRIMARY KEY,
    rang    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    contenu jsonb  NOT NULL
);
CREATE TABLE regles (
    id      text   PRIMARY KEY,
    rang    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    contenu jsonb  NOT NULL
);

-- Grows with every change of the directory: tells the instances that their snapshot is old.
CREATE TABLE annuaire_version (
    seule   boolean PRIMARY KEY DEFAULT true CHECK (seule),
    version bigint  NOT NULL
);
INSERT INTO annuaire_version (version) VALUES (1);

-- A dossier: the copy of what routing needs of a signalement. Its declaration and its evaluation may come in any order,
-- so either of them creates the row; it is routed once both are there.
CREATE TABLE dossiers (
    signalement       uuid        PRIMARY KEY,
    reference         text,
    territoire        text,
    code_insee        text,
    code_postal       text,
    commune           text,
    longitude         float8,
    latitude          float8,
    logement_social   boolean,
    allocataire       text,
    profil            text,
    bailleur          text,
    statut            text        NOT NULL DEFAULT 'NEED_VALIDATION',
    depose_le         timestamptz,
    score             float8,
    score_batiment    float8,
    score_logement    float8,
    qualifications    jsonb,
    evalue_le         timestamptz,
    oriente_le        timestamptz,
    valide_le         timestamptz
);
CREATE INDEX dossiers_reference ON dossiers (territoire, reference);

CREATE TABLE affectations (
    id          uuid        PRIMARY KEY,
    signalement uuid        NOT NULL REFERENCES dossiers (signalement),
    partenaire  text        NOT NULL REFERENCES partenaires (id),
    statut      text        NOT NULL,
    affecte_par text        NOT NULL,
    cree_le     timestamptz NOT NULL,
    UNIQUE (signalement, partenaire)
);
CREATE INDEX affectations_partenaire ON affectations (partenaire, statut);

CREATE TABLE suivis (
    id              uuid        PRIMARY KEY,
    signalement     uuid        NOT NULL REFERENCES dossiers (signalement),
    categorie       text        NOT NULL,
    auteur          text        NOT NULL,
    description     text        NOT NULL,
    visible_usager  boolean     NOT NULL,
    cree_le         timestamptz NOT NULL
);
CREATE INDEX suivis_signalement ON suivis (signalement, cree_le);
