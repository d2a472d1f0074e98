-- The summary of each rescue service's declaration, a PDF made aside. A row is the work as well: A_FAIRE until it is made, tried
-- again when it cannot be; who takes it signs with `bail` until `prochain_essai`.
CREATE TABLE recapitulatifs (
    signalement    uuid        PRIMARY KEY REFERENCES signalements (uuid) ON DELETE CASCADE,
    service        uuid        NOT NULL REFERENCES services_secours (uuid),
    etat           text        NOT NULL DEFAULT 'A_FAIRE' CHECK (etat IN ('A_FAIRE', 'FAIT')),
    essais         int         NOT NULL DEFAULT 0,
    prochain_essai timestamptz NOT NULL,
    bail           text,
    cle            text,        -- where the PDF lies
    fait_le        timestamptz
);
CREATE INDEX recapitulatifs_a_faire ON recapitulatifs (prochain_essai) WHERE etat = 'A_FAIRE';
