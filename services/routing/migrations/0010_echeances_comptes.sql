-- What the timers of accounts select by, and what they have done.
ALTER TABLE comptes ADD COLUMN ramene_le timestamptz;  -- when an administrator opened it again: counts as a use
ALTER TABLE comptes ADD COLUMN rappel_activation_le timestamptz;
DROP INDEX comptes_inactifs;
DROP INDEX comptes_anonymisation;
CREATE INDEX comptes_inactifs ON comptes (greatest(derniere_connexion_le, cree_le, ramene_le)) WHERE anonymise_le IS NULL;
CREATE INDEX comptes_jamais_ouverts ON comptes (coalesce(rappel_activation_le, cree_le)) WHERE statut = 'INACTIVE';

-- Set when what carried the secret to its mail is emptied.
ALTER TABLE comptes_liens ADD COLUMN efface boolean NOT NULL DEFAULT false;
CREATE INDEX comptes_liens_a_effacer ON comptes_liens (expire_le) WHERE NOT efface;

-- The territories whose managers were told that accounts are going to be archived, by month.
CREATE TABLE comptes_annonces (
    territoire text NOT NULL,
    mois       date NOT NULL,
    PRIMARY KEY (territoire, mois)
);
