#include "services/routing/consumers/gestes_agents.hpp"

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "services/routing/store/actes_usagers.hpp"

namespace histologe::routing {
namespace {

constexpr char kCategorie[] = "SIGNALEMENT_EDITED_BO";
constexpr char kSansPartenaire[] = "systeme";
constexpr char kClos[] = "CLOSED";

// What is written of a gesture.
struct Entree {
    const char* texte;
    bool visibleUsager;
    bool memeClos;  // also on a closed dossier
};

std::string auteurDe(const core::Json& agent, const AnnuaireCharge& charge) {
    const auto& id = agent.at("partenaire");
    const auto* partenaire =
        id.is_string() ? charge.annuaire->partenaire(PartenaireId{id.get<std::string>()}) : nullptr;
    return partenaire != nullptr ? partenaire->nom : kSansPartenaire;
}

std::string nomDuTerritoire(const std::string& territoire, const AnnuaireCharge& charge) {
    const auto code = domain::CodeTerritoire::parse(territoire);
    const auto* connu = code ? charge.territoires->find(*code) : nullptr;
    return connu != nullptr ? connu->nom : "";
}

streams::Handler ecrire(const streams::Outbox& outbox, AnnuaireCourant& annuaire, Entree entree) {
    return [&outbox, &annuaire, entree](postgres::Transaction& transaction,
                                        const std::vector<const streams::Event*>& events) {
        std::vector<const streams::Event*> gestes;
        std::vector<std::string> signalements;
        for (const auto* event : events) {
            if (!event->data.contains("agent")) continue;
            gestes.push_back(event);
            signalements.push_back(event->subject);
        }
        if (gestes.empty()) return;
        const auto charge = annuaire.get();
        const auto dossiers = lockDossiersTouches(transaction, signalements);
        std::vector<SuiviDePersonne> suivis;
        std::vector<streams::Event> said;
        for (const auto* event : gestes) {
            const auto found = dossiers.find(event->subject);
            if (found == dossiers.end()) {
                throw core::Error(core::ErrorKind::Internal, "dossier_inconnu", "Ce dossier n'existe pas.", {},
                                  event->subject);
            }
            const auto& dossier = found->second;
            if (dossier.statut == kClos && !entree.memeClos) continue;
            suivis.push_back({core::uuidV7(event->time), event->subject, kCategorie,
                              auteurDe(event->data.at("agent"), *charge), entree.texte, entree.visibleUsager,
                              event->time});
            said.push_back(outbox.make("suivi.cree", event->subject,
                                       {{"reference", dossier.reference},
                                        {"territoire", dossier.territoire},
                                        {"territoireNom", nomDuTerritoire(dossier.territoire, *charge)},
                                        {"suiviId", suivis.back().id},
                                        {"categorie", kCategorie},
                                        {"visibleUsager", entree.visibleUsager},
                                        {"auteur", suivis.back().auteur},
                                        {"statut", dossier.statut}},
                                       {{"texte", entree.texte}}));
        }
        if (suivis.empty()) return;
        insertSuivisDePersonnes(transaction, suivis);
        outbox.add(transaction, said);
    };
}

}  // namespace

streams::Handler onTiersInvite(const streams::Outbox& outbox, AnnuaireCourant& annuaire) {
    return ecrire(outbox, annuaire, {"Une personne est invitée à suivre le dossier avec l'occupant.", true, true});
}

streams::Handler onFichierSupprime(const streams::Outbox& outbox, AnnuaireCourant& annuaire) {
    return ecrire(outbox, annuaire, {"Un document est retiré du dossier.", false, false});
}

}  // namespace histologe::routing
