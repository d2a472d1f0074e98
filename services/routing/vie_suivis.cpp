#include "services/routing/vie_suivis.hpp"

#include <algorithm>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "services/routing/domain/textes_vie.hpp"
#include "services/routing/domain/texte_riche.hpp"
#include "services/routing/vie_regles.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Violation;
using domain::StatutDossier;

constexpr char kMessage[] = "MESSAGE_PARTNER";
constexpr std::size_t kHtmlMax = 40'000;

// SIGN_CREATE_SUIVI and API_ADD_SUIVI of the reference of permissions: in whose name he writes.
void autoriserAEcrire(Acte& acte) {
    const auto& dossier = acte.dossier();
    const auto& qui = acte.qui();
    const bool pilote = acte.surDossier() != 0;
    std::string enCours;
    bool sien = false;
    for (const auto& une : dossier.affectations) {
        if (!qui.actsFor(une.partenaire) || !(qui.isSuperAdmin() || qui.isMemberOf(dossier.vise.territoire))) continue;
        sien = true;
        if (une.etat == EtatAffectation::EnCours && enCours.empty()) enCours = une.partenaire;
    }
    if (!pilote && !sien) throw interdite();
    const bool ouvert = dossier.vise.statut == StatutDossier::EnCours ||
                        (dossier.vise.statut == StatutDossier::Injonction && qui.role != auth::Role::Api);
    if (!ouvert) throw Error(ErrorKind::Conflict, "suivi_impossible", "On n'écrit pas dans un dossier qui n'est pas en cours.");
    if (!pilote && enCours.empty()) {
        throw Error(ErrorKind::Forbidden, "affectation_non_acceptee", "Votre partenaire doit d'abord prendre le dossier en charge.");
    }
    if (!enCours.empty()) acte.agirPour(enCours);
}

std::string texteAcceptable(const std::string& html) {
    std::vector<Violation> violations;
    const auto mots = motsSeuls(html);
    auto refus = refusDesMots(html.size() > kHtmlMax ? std::string(kTexteMax + 1, 'x') : mots);
    // A pasted picture stands in an element that is taken out: it is looked for in what was sent.
    if (refusDesMots(html) == "image_collee") refus = "image_collee";
    if (refusDesMots(html) == "caractere_interdit") refus = "caractere_interdit";
    if (!refus.empty()) violations.push_back({"texte", std::string(refus), std::string(phraseDuRefus(refus))});
    refuserSi(violations);
    return assainir(html);
}

// What may be seen by whom, whatever is asked: nobody reads in a dwelling where nobody lives (D-80), and a landlord reads in
// an injonction alone.
void reprendre(SuiviLu& suivi, const Acte& acte, const SuiviDemande& demande) {
    suivi.description = texteAcceptable(demande.texte);
    suivi.visibleUsager = demande.visibleUsager && !acte.dossier().vacant;
    suivi.visibleBailleur = demande.visibleBailleur && acte.dossier().vise.statut == StatutDossier::Injonction;
    suivi.fichiers = demande.fichiers;
}

Error nonModifiable() {
    return {ErrorKind::Forbidden, "suivi_non_modifiable", "Ce suivi ne peut plus être modifié, ou n'est pas le vôtre."};
}

SuiviAEcrire aDire(const SuiviLu& suivi) {
    return {suivi.id, suivi.signalement, suivi.categorie, suivi.auteur, suivi.compte.value_or(""), suivi.partenaire.value_or(""),
            suivi.format == "html" ? motsSeuls(suivi.description) : suivi.description, suivi.visibleUsager, suivi.creeLe};
}

}  // namespace

SuiviLu ecrireUnSuivi(Acte& acte, const SuiviDemande& demande, bool& neuf) {
    autoriserAEcrire(acte);
    const auto maintenant = acte.maintenant();
    SuiviLu suivi;
    suivi.id = core::uuidV7(maintenant);
    suivi.signalement = acte.dossier().vise.signalement;
    suivi.categorie = kMessage;
    suivi.auteur = acte.auteur();
    suivi.compte = acte.qui().subject;
    if (!acte.partenaire().empty()) suivi.partenaire = acte.partenaire();
    suivi.format = "html";
    suivi.creeLe = maintenant;
    suivi.retenuJusque = maintenant + kDelaiDeModification;
    reprendre(suivi, acte, demande);
    // The dossier is locked: two requests at once come here one after the other.
    if (const auto deja = suiviIdentique(acte.transaction(), suivi, maintenant - kMemeSuivi)) {
        neuf = false;
        return *verrouillerSuivi(acte.transaction(), *deja);
    }
    neuf = true;
    insererSuivi(acte.transaction(), suivi);
    acte.suivreDesormais(kMessage);
    return suivi;
}

bool modifiable(const SuiviLu& suivi, const auth::Principal& qui, core::Instant maintenant) {
    return suivi.categorie == kMessage && suivi.compte == qui.subject && !suivi.supprimeLe && suivi.retenuJusque &&
           maintenant < *suivi.retenuJusque;
}

bool supprimable(const SuiviLu& suivi, const auth::Principal& qui, core::Instant maintenant) {
    return modifiable(suivi, qui, maintenant) || (qui.isSuperAdmin() && !suivi.supprimeLe);
}

void modifierUnSuivi(Acte& acte, SuiviLu& suivi, const SuiviDemande& demande) {
    if (!modifiable(suivi, acte.qui(), acte.maintenant())) throw nonModifiable();
    reprendre(suivi, acte, demande);
    suivi.modifieLe = acte.maintenant();
    changerSuivi(acte.transaction(), suivi);
    ++suivi.version;
}

void supprimerUnSuivi(Acte& acte, const SuiviLu& suivi) {
    if (!supprimable(suivi, acte.qui(), acte.maintenant())) throw nonModifiable();
    if (suivi.retenuJusque && acte.maintenant() < *suivi.retenuJusque) {
        retirerSuivi(acte.transaction(), suivi.id);
        return;
    }
    effacerSuivi(acte.transaction(), suivi.id, acte.maintenant());
    acte.dire(acte.outbox().make("suivi.supprime", suivi.signalement,
                                 {{"suiviId", suivi.id},
                                  {"reference", acte.dossier().reference},
                                  {"territoire", acte.dossier().vise.territoire},
                                  {"le", core::toRfc3339(acte.maintenant())}}));
}

int direSuivisEchus(postgres::Transaction& transaction, const streams::Outbox& outbox, const AnnuaireCharge& charge,
                    core::Instant maintenant, int limite) {
    const auto suivis = prendreSuivisEchus(transaction, maintenant, limite);
    std::vector<streams::Event> evenements;
    for (const auto& suivi : suivis) {
        const auto dossier = lireDossierVif(transaction, suivi.signalement);
        // Nobody is told of what is in a deleted dossier. (Reference of routing, 3.6.)
        if (!dossier || dossier->vise.statut == StatutDossier::Archive) continue;
        auto evenement = Acte::evenementDuSuivi(outbox, charge, *dossier, aDire(suivi), abonnes(transaction, suivi.signalement),
                                                dossier->saisis());
        if (!suivi.fichiers.empty()) evenement.data["fichiers"] = suivi.fichiers;
        evenement.data["visibleBailleur"] = suivi.visibleBailleur;
        evenement.data["acteur"] = {{"compte", suivi.compte.value_or("")},
                                    {"partenaire", suivi.partenaire ? core::Json(*suivi.partenaire) : core::Json(nullptr)}};
        evenements.push_back(std::move(evenement));
    }
    if (!evenements.empty()) outbox.add(transaction, evenements);
    return static_cast<int>(suivis.size());
}

void sAbonner(Acte& acte) {
    const auto statut = acte.dossier().vise.statut;
    if (statut == StatutDossier::Injonction || statut == StatutDossier::Ferme) {
        throw Error(ErrorKind::Conflict, "abonnement_impossible", "On ne peut pas commencer à suivre ce dossier dans son état.");
    }
    if (!auth::isAgent(acte.qui().role)) throw interdite();
    abonner(acte.transaction(), acte.dossier().vise.signalement, {acte.qui().subject}, acte.qui().subject, acte.maintenant());
}

void seDesabonner(Acte& acte, const std::vector<std::string>& remplacants) {
    const auto& qui = acte.qui();
    const auto& id = acte.dossier().vise.signalement;
    std::vector<std::string> nouveaux;
    for (const auto& partenaire : acte.dossier().saisis()) {
        if (!qui.actsFor(partenaire) || qui.isSuperAdmin()) continue;
        const auto agents = agentsDuPartenaire(acte.transaction(), partenaire, id);
        const auto autres = std::count_if(agents.begin(), agents.end(),
                                          [&](const auto& un) { return un.abonne && un.compte != qui.subject; });
        if (autres > 0) continue;
        const bool estSeul = std::none_of(agents.begin(), agents.end(), [&](const auto& un) { return un.compte != qui.subject; });
        if (estSeul) {
            throw Error(ErrorKind::Conflict, "dernier_abonne", "Vous êtes le seul agent de votre partenaire : quelqu'un doit suivre le dossier.");
        }
        std::vector<Violation> violations;
        for (const auto& remplacant : remplacants) {
            const bool estLa = remplacant != qui.subject && std::any_of(agents.begin(), agents.end(), [&](const auto& un) { return un.compte == remplacant; });
            if (estLa) nouveaux.push_back(remplacant);
        }
        if (nouveaux.empty()) {
            violations.push_back({"remplacants", "agent_requis", "Choisissez qui suivra le dossier à votre place."});
        }
        refuserSi(violations);
    }
    abonner(acte.transaction(), id, nouveaux, qui.subject, acte.maintenant());
    desabonner(acte.transaction(), id, qui.subject);
}

}  // namespace histologe::routing
