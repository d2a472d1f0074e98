-- The accounts of agents and of systems. What a person is called and where he is written to is personal: anonymisation
-- empties it. An address belongs to one account at a time; an archived account gives it back.
CREATE TABLE comptes (
    id                     uuid        PRIMARY KEY,
    courriel               text        NOT NULL,  -- folded: lower case, without blanks around
    role                   text        NOT NULL CHECK (role IN ('super_admin', 'responsable_territoire',
                                                                'admin_partenaire', 'agent', 'api')),
    statut                 text        NOT NULL DEFAULT 'INACTIVE' CHECK (statut IN ('INACTIVE', 'ACTIVE', 'ARCHIVE')),
    prenom                 text        NOT NULL DEFAULT '',
    nom                    text        NOT NULL DEFAULT '',
    fonction               text        NOT NULL DEFAULT '',
    telephone              text        NOT NULL DEFAULT '',
    permission_affectation boolean     NOT NULL DEFAULT false,
    systeme                boolean     NOT NULL DEFAULT false,  -- belongs to the platform: no timer ever touches it
    mot_de_passe           text,                                -- argon2id; null until one is chosen
    identite_proconnect    text        UNIQUE,
    jetons_depuis          timestamptz NOT NULL DEFAULT '-infinity',  -- access tokens issued before do not count
    desactive_le           timestamptz,  -- closed by an administrator: no mail that he asks for opens it again
    derniere_connexion_le  timestamptz,
    archivage_prevu_le     timestamptz,
    archive_le             timestamptz,
    anonymise_le           timestamptz,
    version                bigint      NOT NULL DEFAULT 1,
    cree_le                timestamptz NOT NULL
);
CREATE UNIQUE INDEX comptes_courriel ON comptes (courriel) WHERE statut <> 'ARCHIVE';
CREATE INDEX comptes_ordre ON comptes (nom, prenom, id);
CREATE INDEX comptes_archivage ON comptes (archivage_prevu_le) WHERE archivage_prevu_le IS NOT NULL AND statut <> 'ARCHIVE';
CREATE INDEX comptes_inactifs ON comptes (coalesce(derniere_connexion_le, cree_le)) WHERE statut <> 'ARCHIVE';
CREATE INDEX comptes_anonymisation ON comptes (archive_le) WHERE statut = 'ARCHIVE' AND anonymise_le IS NULL;

-- The partners that an agent works for; his territories are theirs.
CREATE TABLE comptes_partenaires (
    compte     uuid   NOT NULL REFERENCES comptes (id),
    partenaire text   NOT NULL REFERENCES partenaires (id),
    rang       bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (compte, partenaire)
);
CREATE INDEX comptes_partenaires_partenaire ON comptes_partenaires (partenaire, compte);

-- In whose name the account of a system acts: one partner, or all of a kind, of a territory, or of both.
CREATE TABLE comptes_permissions_api (
    compte     uuid   NOT NULL REFERENCES comptes (id),
    partenaire text   REFERENCES partenaires (id),
    type       text,
    territoire text,
    rang       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    CHECK ((partenaire IS NOT NULL AND type IS NULL AND territoire IS NULL)
           OR (partenaire IS NULL AND (type IS NOT NULL OR territoire IS NOT NULL))),
    UNIQUE NULLS NOT DISTINCT (compte, partenaire, type, territoire)
);

-- An account as it is read: with its partners, in the order in which it came to them.
CREATE VIEW comptes_lus AS
SELECT c.id, c.courriel, c.role, c.statut, c.prenom, c.nom, c.fonction, c.telephone, c.permission_affectation, c.systeme,
       c.mot_de_passe, c.desactive_le IS NOT NULL AS desactive, c.derniere_connexion_le, c.archivage_prevu_le,
       c.anonymise_le, c.version, c.cree_le,
       (SELECT coalesce(json_agg(json_build_object('id', p.id, 'nom', p.contenu->>'nom', 'type', p.contenu->>'type',
                                                   'territoire', p.contenu->>'territoire') ORDER BY cp.rang), '[]')
          FROM comptes_partenaires cp JOIN partenaires p ON p.id = cp.partenaire WHERE cp.compte = c.id) AS partenaires
  FROM comptes c;

-- The links of mails: single use, kept as a fingerprint.
CREATE TABLE comptes_liens (
    empreinte  text        PRIMARY KEY,
    compte     uuid        NOT NULL REFERENCES comptes (id),
    usage      text        NOT NULL CHECK (usage IN ('ACTIVATION', 'REINITIALISATION')),
    expire_le  timestamptz NOT NULL,
    utilise_le timestamptz
);
CREATE INDEX comptes_liens_compte ON comptes_liens (compte);
CREATE INDEX comptes_liens_fin ON comptes_liens (expire_le);

-- A sign-in that waits for the code of a mail.
CREATE TABLE comptes_codes (
    empreinte  text        PRIMARY KEY,  -- of the request, which whoever signs in holds
    compte     uuid        NOT NULL REFERENCES comptes (id),
    code       text        NOT NULL,     -- fingerprint of request and code together
    essais     int         NOT NULL DEFAULT 0,
    longue     boolean     NOT NULL,
    expire_le  timestamptz NOT NULL
);
CREATE INDEX comptes_codes_fin ON comptes_codes (expire_le);

-- A session: a sign-in and the refresh tokens that follow each other from it. One of them used twice ends it.
CREATE TABLE sessions (
    id          uuid        PRIMARY KEY,
    compte      uuid        NOT NULL REFERENCES comptes (id),
    moyen       text        NOT NULL CHECK (moyen IN ('MOT_DE_PASSE', 'CODE', 'PROCONNECT')),
    repos       interval    NOT NULL,  -- how long a refresh token may lie unused
    ouverte_le  timestamptz NOT NULL,
    expire_le   timestamptz NOT NULL,
    fermee_le   timestamptz,
    motif       text                   -- why it was closed: DECONNEXION, REUTILISATION, REVOCATION
);
CREATE INDEX sessions_compte ON sessions (compte) WHERE fermee_le IS NULL;
CREATE INDEX sessions_fin ON sessions (expire_le);

CREATE TABLE sessions_jetons (
    empreinte   text        PRIMARY KEY,
    session     uuid        NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expire_le   timestamptz NOT NULL,
    remplace_le timestamptz
);
CREATE INDEX sessions_jetons_session ON sessions_jetons (session);

-- What was tried and failed, by account and address, in windows of twenty minutes. The key is a fingerprint.
CREATE TABLE connexions_echecs (
    cle    text        PRIMARY KEY,
    debut  timestamptz NOT NULL,
    nombre int         NOT NULL
);
CREATE INDEX connexions_echecs_debut ON connexions_echecs (debut);

-- A sign-in that is under way at the identity provider.
CREATE TABLE connexions_proconnect (
    empreinte    text        PRIMARY KEY,  -- of the state
    navigateur   text        NOT NULL,     -- fingerprint of what only the browser that began holds
    nonce        text        NOT NULL,
    verificateur text        NOT NULL,     -- PKCE
    expire_le    timestamptz NOT NULL
);
CREATE INDEX connexions_proconnect_fin ON connexions_proconnect (expire_le);

-- What was done to an account, by whom. `detail` names fields and partners, never what a person is called.
CREATE TABLE comptes_historique (
    rang   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    compte uuid        NOT NULL REFERENCES comptes (id),
    auteur text        NOT NULL,
    action text        NOT NULL,
    detail jsonb       NOT NULL,
    le     timestamptz NOT NULL
);
CREATE INDEX comptes_historique_compte ON comptes_historique (compte, rang DESC);
