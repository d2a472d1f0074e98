-- Mails, from the moment they are owed to the moment the mail server took them. A mail is owed once: the event that asks
-- for it may come twice.
CREATE TABLE courriels (
    id             uuid        PRIMARY KEY,          -- also its Message-ID
    type           text        NOT NULL,
    signalement    text        NOT NULL DEFAULT '',  -- empty for the mail of a draft
    objet          text        NOT NULL,             -- what it is about: signalement, affectation, request
    destinataire   text        NOT NULL,             -- personal
    territoire     text        NOT NULL DEFAULT '',
    variables      jsonb       NOT NULL,             -- personal; emptied once the mail is sent
    etat           text        NOT NULL DEFAULT 'A_ENVOYER'
                   CHECK (etat IN ('A_ENVOYER', 'EN_COURS', 'ENVOYE', 'ECHEC')),
    essais         int         NOT NULL DEFAULT 0,
    prochain_essai timestamptz NOT NULL,
    -- Who is sending it and until when nobody else may; both set while EN_COURS only.
    bail           text,
    bail_jusqu_a   timestamptz,
    -- Set when the last try failed because of the server, not of this mail: tried again as soon as the server is back.
    attend_serveur boolean     NOT NULL DEFAULT false,
    dernier_code   int,                              -- SMTP code of the last answer
    derniere_etape text,
    erreur         text,                             -- the server's words, without addresses
    cree_le        timestamptz NOT NULL,
    envoye_le      timestamptz,
    UNIQUE (type, objet, destinataire)
);
CREATE INDEX courriels_dus ON courriels (prochain_essai) WHERE etat = 'A_ENVOYER';
CREATE INDEX courriels_baux ON courriels (bail_jusqu_a) WHERE etat = 'EN_COURS';
CREATE INDEX courriels_non_envoyes ON courriels (etat) WHERE etat <> 'ENVOYE';
CREATE INDEX courriels_signalement ON courriels (signalement, cree_le) WHERE signalement <> '';

-- The usagers of each dossier, as its mails need them: later events name the dossier only.
CREATE TABLE dossiers_usagers (
    signalement text        PRIMARY KEY,
    contenu     jsonb,                          -- personal; null until the report itself was heard of
    valide      boolean     NOT NULL DEFAULT false,
    modifie_le  timestamptz NOT NULL
);
