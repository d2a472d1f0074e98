-- What was last said of each affectation, taken away included: events of several types about one partenaire may be applied
-- in another order than they were said in. Who has a dossier is read from the view.
ALTER TABLE dossiers_partenaires RENAME TO affectations_dites;
ALTER TABLE affectations_dites
    ADD COLUMN retiree boolean     NOT NULL DEFAULT false,
    ADD COLUMN dit_le  timestamptz NOT NULL DEFAULT '-infinity';
CREATE VIEW dossiers_partenaires AS SELECT signalement, partenaire FROM affectations_dites WHERE NOT retiree;
