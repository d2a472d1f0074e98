-- Answers of creating operations, kept under the Idempotency-Key that the client chose.
CREATE TABLE idempotence (
    operation  text        NOT NULL,
    cle        text        NOT NULL,
    empreinte  text        NOT NULL,
    reponse    json,
    prise_le   timestamptz NOT NULL,
    PRIMARY KEY (operation, cle)
);
CREATE INDEX idempotence_date ON idempotence USING brin (prise_le);
