#include "services/routing/consumers/orientation.hpp"

#include <algorithm>

#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/domain/vocabulaire/dossiers.hpp"
#include "services/routing/contexte_evenements.hpp"
#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/machine.hpp"
#include "services/routing/domain/textes_vie.hpp"
#include "services/routing/faits.hpp"
#include "services/routing/store/dossiers.hpp"
#include "services/routing/store/vie_dossiers.hpp"

namespace histologe::routing {
namespace {

constexpr char kAuteur[] = "systeme";

// Rules give a dossier that waits for its validation, and add to one that somebody validated before it was evaluated; what
// is refused, closed, deleted or in an injonction is given to nobody by them.
bool isRouted(domain::StatutDossier statut) {
    return statut == domain::StatutDossier::EnCours ||
           permise(machineDossier(), "orienter", statut, static_cast<Acteurs>(masque({Acteur::Systeme})), 0) != nullptr;
}

// An agent who runs the territoire wrote the signalement: it is validated by that.
bool isValidated(const Declaration& declaration) {
    return declaration.saisie.is_object() && declaration.saisie.value("valide", false);
}

// Whom that agent chose, as far as the directory of the territoire has them.
std::vector<PartenaireId> chosenBy(const Declaration& declaration, const Annuaire& annuaire,
                                   domain::CodeTerritoire territoire) {
    std::vector<PartenaireId> chosen;
    const auto ids = declaration.saisie.value("partenaires", core::Json::array());
    for (const auto& id : ids) {
        const auto* partenaire = annuaire.partenaire(PartenaireId{id.get<std::string>()});
        const bool isThere = partenaire != nullptr && !partenaire->archive && partenaire->territoire == territoire;
        if (isThere && std::find(chosen.begin(), chosen.end(), partenaire->id) == chosen.end())
            chosen.push_back(partenaire->id);
    }
    return chosen;
}

}  // namespace

void Orienteur::orienter(postgres::Transaction& transaction, const std::vector<std::string>& signalements) {
    if (signalements.empty()) return;
    const auto dossiers = lockDossiersAOrienter(transaction, signalements);
    if (dossiers.empty()) return;
    const auto charge = annuaire_.get(transaction);
    const auto now = clock_.now();
    std::vector<Orientation> orientations;
    std::vector<AffectationCreee> affectations;
    std::vector<SuiviCree> suivis;
    std::vector<streams::Event> events;
    for (const auto& dossier : dossiers) {
        const auto& declaration = dossier.declaration;
        const auto& id = declaration.signalement;
        const auto facts = faitsDe(dossier, *charge);
        const auto avant =
            domain::parseName<domain::StatutDossier>(dossier.statut).value_or(domain::StatutDossier::Nouveau);
        auto partenaires = facts && isRouted(avant) ? affecter(*charge->annuaire, *facts, ModeAffectation::Reelle)
                                                    : std::vector<PartenaireId>{};
        // Rules win over the choice of a person, who decides where no rule does.
        const bool isValid = isValidated(declaration);
        if (partenaires.empty() && isValid && facts && isRouted(avant)) {
            partenaires = chosenBy(declaration, *charge->annuaire, facts->territoire);
            std::erase_if(partenaires, [&](const PartenaireId& one) {
                return std::find(facts->dejaAffectes.begin(), facts->dejaAffectes.end(), one) != facts->dejaAffectes.end();
            });
        }
        const bool isAccepted = isValid && avant == domain::StatutDossier::Nouveau;
        const auto apres = isAccepted ? domain::StatutDossier::EnCours : statutApres(avant, partenaires);
        const std::string statut(domain::nameOf(apres));
        orientations.push_back({id, statut, apres == avant ? std::nullopt : std::optional(now)});
        const auto context = contexteDuDossier(*charge, declaration.reference, declaration.territoire);
        if (apres != avant) {
            const auto suivi = core::uuidV7(now);
            suivis.push_back({suivi, id, "SIGNALEMENT_IS_ACTIVE", kSignalementValide, true});
            auto change = context;
            change["ancien"] = dossier.statut;
            change["nouveau"] = statut;
            change["le"] = core::toRfc3339(now);
            events.push_back(outbox_.make("dossier.statut_modifie", id, change));
            auto said = context;
            said["suiviId"] = suivi;
            said["categorie"] = "SIGNALEMENT_IS_ACTIVE";
            said["visibleUsager"] = true;
            said["auteur"] = kAuteur;
            said["statut"] = statut;
            events.push_back(outbox_.make("suivi.cree", id, said, {{"texte", kSignalementValide}}));
        }
        for (const auto& partenaire : partenaires) {
            const auto affectation = core::uuidV7(now);
            affectations.push_back({affectation, id, partenaire.valeur});
            auto said = context;
            said["affectationId"] = affectation;
            said["statut"] = "NOUVEAU";
            said["partenaire"] = {{"id", partenaire.valeur}, {"nom", charge->annuaire->partenaire(partenaire)->nom}};
            said["codePostal"] = declaration.codePostal.value_or("");
            said["commune"] = declaration.commune.value_or("");
            said["score"] = dossier.score;
            auto codes = core::Json::array();
            for (const auto& one : dossier.qualifications) codes.push_back(one.at("qualification"));
            said["qualifications"] = codes;
            const auto& contact = charge->contacts.at(partenaire.valeur);
            events.push_back(
                outbox_.make("affectation.creee", id, said,
                             {{"partenaire", {{"courriel", contact.courriel}, {"notifiable", contact.notifiable}}}}));
        }
    }
    nommerActeur(transaction, {}, "orienter", now);
    saveOrientations(transaction, orientations, affectations, suivis, kAuteur, now);
    outbox_.add(transaction, events);
}

}  // namespace histologe::routing
