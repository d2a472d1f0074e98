-- Every operation of somebody who works on dossiers: who, when, on which signalement (none when it concerns no particular
-- one). `issue` is the code of the refusal, null when there was none.
CREATE TABLE acces (
    rang        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signalement uuid,
    compte      text        NOT NULL,
    role        text        NOT NULL,
    operation   text        NOT NULL,
    issue       text,
    le          timestamptz NOT NULL
);
CREATE INDEX acces_signalement ON acces (signalement, rang DESC);
CREATE INDEX acces_compte ON acces (compte, rang DESC);
