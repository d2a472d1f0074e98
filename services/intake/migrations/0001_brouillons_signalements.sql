-- Drafts: the answers as the front sent them, unchanged. The uuid is the secret by which a draft is read.
CREATE TABLE brouillons (
    uuid                uuid        PRIMARY KEY,
    statut              text        NOT NULL CHECK (statut IN ('EN_COURS', 'EN_SIGNALEMENT', 'ARCHIVE')),
    profil              text        NOT NULL,
    courriel            text        NOT NULL,
    adresse             text        NOT NULL,
    -- Of the mail and the address: finds the draft that the same person began for the same dwelling.
    empreinte           text        NOT NULL,
    etape               text        NOT NULL,
    charge              json        NOT NULL,
    bailleur_prevenu_le date,
    cree_le             timestamptz NOT NULL,
    modifie_le          timestamptz NOT NULL
);
CREATE INDEX brouillons_empreinte ON brouillons (empreinte, cree_le DESC) WHERE statut = 'EN_COURS';

-- Signalements as they were declared. A draft gives one at most.
CREATE TABLE signalements (
    uuid              uuid        PRIMARY KEY,
    brouillon         uuid        NOT NULL UNIQUE,
    code_suivi        uuid        NOT NULL UNIQUE,
    territoire        text        NOT NULL,
    annee             int         NOT NULL,
    numero            int         NOT NULL,
    statut            text        NOT NULL,
    -- The folded keys under which the same person declaring the same dwelling again is recognised.
    cle_adresse       text        NOT NULL,
    courriel_occupant text        NOT NULL,
    courriel_declarant text       NOT NULL,
    nom_occupant      text        NOT NULL,
    contenu           json        NOT NULL,
    cree_le           timestamptz NOT NULL,
    UNIQUE (territoire, annee, numero)
);
CREATE INDEX signalements_doublons ON signalements (cle_adresse);

-- The last number given in a territory for a year; a reference is `annee-numero`.
CREATE TABLE numeros (
    territoire text NOT NULL,
    annee      int  NOT NULL,
    dernier    int  NOT NULL,
    PRIMARY KEY (territoire, annee)
);

-- Files received: named by us, usable by the draft that names them first.
CREATE TABLE fichiers (
    cle         text        PRIMARY KEY,
    titre       text        NOT NULL,
    type_mime   text        NOT NULL,
    octets      bigint      NOT NULL,
    signalement uuid,
    type        text        NOT NULL DEFAULT '',
    desordre    text        NOT NULL DEFAULT '',
    description text        NOT NULL DEFAULT '',
    recu_le     timestamptz NOT NULL
);
CREATE INDEX fichiers_signalement ON fichiers (signalement) WHERE signalement IS NOT NULL;

-- What the directory said of the territories: which are open, and where.
CREATE TABLE territoires (
    code     text  PRIMARY KEY,
    contenu  jsonb NOT NULL
);
