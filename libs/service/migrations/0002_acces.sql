-- Every access to a signalement by somebody who works on its dossier.
CREATE TABLE acces (
    rang        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signalement uuid        NOT NULL,
    compte      text        NOT NULL,
    role        text        NOT NULL,
    operation   text        NOT NULL,
    le          timestamptz NOT NULL
);
CREATE INDEX acces_signalement ON acces (signalement, le);
