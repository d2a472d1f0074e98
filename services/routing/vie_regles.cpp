#include "services/routing/vie_regles.hpp"

#include <algorithm>

#include "services/routing/domain/motifs.hpp"
#include "services/routing/domain/textes_vie.hpp"

namespace histologe::routing {
namespace {

using core::Violation;

bool estReponseTravaux(const std::string& reponse) { return reponse == "OUI" || reponse == "NON" || reponse == "EN_COURS"; }

}  // namespace

void refuserSi(const std::vector<Violation>& violations) {
    if (violations.empty()) return;
    throw core::Error(core::ErrorKind::InvalidInput, "requete_invalide", violations[0].message, violations);
}

template <typename Etat>
std::vector<Violation> fautesDe(const Transition<Etat>& transition, const Demande& demande, bool logiciel) {
    std::vector<Violation> fautes;
    if (transition.motifs != ListeMotifs::Aucune) {
        if (demande.motif.empty()) {
            fautes.push_back({"motif", "requis", "Choisissez un motif."});
        } else if (!estUnMotif(transition.motifs, demande.motif, logiciel)) {
            fautes.push_back({"motif", "valeur_inconnue", "Ce motif n'est pas proposé ici."});
        }
        const bool travauxAttendus = transition.motifs == ListeMotifs::ClotureAffectation && !logiciel && veutLesTravaux(demande.motif);
        if (travauxAttendus && !estReponseTravaux(demande.travaux)) {
            fautes.push_back({"travaux", "requis", "Dites si les travaux de mise en conformité sont faits."});
        }
    }
    if (transition.texte || !demande.texte.empty()) {
        if (const auto refus = refusDesMots(demande.texte); !refus.empty()) {
            fautes.push_back({"texte", std::string(refus), std::string(phraseDuRefus(refus))});
        }
    }
    if (transition.visible == Visibilite::Choix && !demande.visibleUsager) {
        fautes.push_back({"visibleUsager", "requis", "Dites si l'usager en est informé."});
    }
    return fautes;
}
template std::vector<Violation> fautesDe(const TransitionDossier&, const Demande&, bool);
template std::vector<Violation> fautesDe(const TransitionAffectation&, const Demande&, bool);

std::string refusDuPartenaire(const Acte& acte, const std::string& id) {
    const auto* partenaire = acte.charge().annuaire->partenaire(PartenaireId{id});
    if (partenaire == nullptr || partenaire->archive) return "Ce partenaire n'existe pas ou n'existe plus.";
    if (!partenaire->territoire || partenaire->territoire->view() != acte.dossier().vise.territoire) {
        return "Ce partenaire n'est pas du territoire du dossier.";
    }
    if (acte.dossier().vise.statut == domain::StatutDossier::Injonction &&
        !partenaire->competences.contains(domain::Qualification::AideBailleurs)) {
        return "Pendant une démarche accélérée, seuls les partenaires qui aident les bailleurs reçoivent le dossier.";
    }
    return {};
}

std::vector<std::string> abonnesChoisis(const std::vector<AgentDuDossier>& possibles, const Demande& demande,
                                        const std::string& lui, std::vector<Violation>& violations) {
    for (std::size_t i = 0; i < demande.abonnes.size(); ++i) {
        const bool estLa = std::any_of(possibles.begin(), possibles.end(),
                                       [&](const AgentDuDossier& un) { return un.compte == demande.abonnes[i]; });
        if (!estLa) {
            violations.push_back({"abonnes." + std::to_string(i), "agent_inconnu", "Cette personne ne peut pas suivre le dossier à ce titre."});
        }
    }
    if (!demande.abonnes.empty()) return demande.abonnes;
    if (std::any_of(possibles.begin(), possibles.end(), [](const AgentDuDossier& un) { return un.abonne; })) return {};
    const bool estSeul = possibles.empty() || (possibles.size() == 1 && possibles[0].compte == lui);
    if (!estSeul) {
        violations.push_back({"abonnes", "agent_requis", "Choisissez au moins une personne qui suivra le dossier."});
        return {};
    }
    return lui.empty() ? std::vector<std::string>{} : std::vector{lui};
}

TransitionRefusee refusDeLEtat(Acte& acte, long long version) {
    return {core::ErrorKind::Conflict, "transition_refusee", "L'état du dossier ne le permet pas.", etatPermis(acte), version};
}

core::Error interdite() {
    return {core::ErrorKind::Forbidden, "action_interdite", "Vous n'avez pas le droit de faire cela."};
}

}  // namespace histologe::routing
