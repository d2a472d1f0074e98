-- Access tokens that stopped counting before their time. `cle` is `compte:<uuid>` (all that the account was given before
-- `avant`) or `session:<uuid>`. A row is of no use once every token that it concerns has expired.
CREATE TABLE revocations (
    cle       text        PRIMARY KEY,
    avant     timestamptz NOT NULL,
    expire_le timestamptz NOT NULL,
    recu_le   timestamptz NOT NULL
);
CREATE INDEX revocations_recu ON revocations (recu_le);

-- Access tokens that say nothing by themselves: what they stand for, under their fingerprint.
CREATE TABLE jetons_opaques (
    empreinte text        PRIMARY KEY,
    contenu   jsonb       NOT NULL,
    expire_le timestamptz NOT NULL
);
CREATE INDEX jetons_opaques_fin ON jetons_opaques (expire_le);
