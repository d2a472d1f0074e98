-- What becomes of a received file: it is looked at by the antivirus and, a picture, cleaned and made in three sizes, before
-- anybody can have it. A_EXAMINER is quarantine.
ALTER TABLE fichiers
    ADD COLUMN id             uuid        NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN etat           text        NOT NULL DEFAULT 'A_EXAMINER'
               CHECK (etat IN ('A_EXAMINER', 'EN_COURS', 'DISPONIBLE', 'INFECTE', 'SUPPRIME')),
    ADD COLUMN visibilite     text        NOT NULL DEFAULT 'TOUS' CHECK (visibilite IN ('TOUS', 'AGENTS')),
    ADD COLUMN brouillon      uuid,                  -- whose file it is, when the upload said so
    ADD COLUMN essais         int         NOT NULL DEFAULT 0,
    ADD COLUMN prochain_essai timestamptz NOT NULL DEFAULT '-infinity',
    -- Who looks at it and until when nobody else does; both set while EN_COURS only.
    ADD COLUMN bail           text,
    ADD COLUMN bail_jusqu_a   timestamptz,
    ADD COLUMN examine_le     timestamptz,
    -- What the antivirus called it. An available file that has one is suspect, and only ever downloaded.
    ADD COLUMN virus          text,
    -- Set once it is available: the pictures' place in storage. `cle` is the received file, which is then removed.
    ADD COLUMN cle_original   text,
    ADD COLUMN cle_moyenne    text,
    ADD COLUMN cle_vignette   text,
    ADD COLUMN pris_le        text,                  -- by a camera's own clock, `2024-05-01T10:11:12`
    ADD COLUMN annonce        boolean     NOT NULL DEFAULT false,  -- `fichier.ajoute` was said
    ADD COLUMN brut_efface    boolean     NOT NULL DEFAULT false,  -- the received file is gone from storage
    ADD COLUMN efface         boolean     NOT NULL DEFAULT false,  -- nothing of it is left in storage
    ADD COLUMN modifie_le     timestamptz NOT NULL DEFAULT now();

CREATE UNIQUE INDEX fichiers_id ON fichiers (id);
CREATE INDEX fichiers_a_examiner ON fichiers (prochain_essai) WHERE etat = 'A_EXAMINER';
CREATE INDEX fichiers_baux ON fichiers (bail_jusqu_a) WHERE etat = 'EN_COURS';
CREATE INDEX fichiers_a_annoncer ON fichiers (recu_le) WHERE etat = 'DISPONIBLE' AND NOT annonce AND signalement IS NOT NULL;
CREATE INDEX fichiers_orphelins ON fichiers (recu_le) WHERE signalement IS NULL AND etat <> 'SUPPRIME';
CREATE INDEX fichiers_a_effacer ON fichiers (modifie_le) WHERE etat = 'SUPPRIME' AND NOT efface;
CREATE INDEX fichiers_brouillon ON fichiers (brouillon) WHERE brouillon IS NOT NULL;
CREATE INDEX fichiers_bruts ON fichiers (examine_le) WHERE etat = 'DISPONIBLE' AND cle_original <> cle AND NOT brut_efface;
