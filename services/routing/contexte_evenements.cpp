#include "services/routing/contexte_evenements.hpp"

namespace histologe::routing {

core::Json contexteDuDossier(const AnnuaireCharge& charge, const std::string& reference, const std::string& territoire) {
    const auto code = domain::CodeTerritoire::parse(territoire);
    const auto* trouve = code ? charge.territoires->find(*code) : nullptr;
    return {{"reference", reference}, {"territoire", territoire}, {"territoireNom", trouve != nullptr ? trouve->nom : ""}};
}

core::Json partenairesAInformer(const AnnuaireCharge& charge, const std::vector<std::string>& partenaires,
                                const std::string& sauf) {
    auto liste = core::Json::array();
    for (const auto& id : partenaires) {
        const auto contact = charge.contacts.find(id);
        const auto* partenaire = charge.annuaire->partenaire(PartenaireId{id});
        if (id == sauf || contact == charge.contacts.end() || partenaire == nullptr || partenaire->archive) continue;
        liste.push_back({{"id", id},
                         {"nom", partenaire->nom},
                         {"courriel", contact->second.courriel},
                         {"notifiable", contact->second.notifiable}});
    }
    return liste;
}

}  // namespace histologe::routing
