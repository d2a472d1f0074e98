#include "services/intake/modification.hpp"

#include "services/intake/domain/evenement_fiche.hpp"

namespace histologe::intake {

void ecrireModification(postgres::Transaction& transaction, const streams::Outbox& outbox, const FicheGardee& gardee,
                        const std::string& section, const AuteurDeModification& auteur,
                        const std::vector<Changement>& changements, core::Instant now, bool estAilleurs) {
    const auto version = gardee.version + 1;
    saveFiche(transaction, gardee, now);
    insertModification(transaction, gardee.uuid,
                       {version, section, auteur.compte, auteur.role, enJson(changements), now});
    auto said = evenementModifie(gardee.fiche, {gardee.reference, gardee.statut, gardee.creeLe},
                                 {section, auteur.compte, auteur.role, version, changements, estAilleurs});
    said.donnees["source"] = gardee.source;
    outbox.add(transaction,
               outbox.make("signalement.modifie", gardee.uuid, std::move(said.donnees), std::move(said.personnel)));
}

}  // namespace histologe::intake
