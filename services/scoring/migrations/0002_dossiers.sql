-- Who may see a signalement's score, as far as the dossier says so. Events come in any order: each fills what it knows.
CREATE TABLE dossiers (
    signalement uuid        PRIMARY KEY,
    territoire  text        NOT NULL,
    statut      text        NOT NULL,
    statut_le   timestamptz NOT NULL
);
CREATE TABLE dossiers_partenaires (
    signalement uuid NOT NULL,
    partenaire  text NOT NULL,
    PRIMARY KEY (signalement, partenaire)
);

-- Every look at a score by somebody who works on dossiers.
CREATE TABLE acces (
    rang        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signalement uuid        NOT NULL,
    compte      text        NOT NULL,
    operation   text        NOT NULL,
    le          timestamptz NOT NULL
);
CREATE INDEX acces_signalement ON acces (signalement, le);
