// What a request for a transition must say; shared by the acts on dossiers and on affectations.
#pragma once

#include <string>
#include <vector>

#include "services/routing/store/abonnements.hpp"
#include "services/routing/vie.hpp"

namespace histologe::routing {

// Throws InvalidInput `requete_invalide` when there are any.
void refuserSi(const std::vector<core::Violation>& violations);

// Motive, words, works and visibility, as the row of the table wants them.
template <typename Etat>
std::vector<core::Violation> fautesDe(const Transition<Etat>& transition, const Demande& demande, bool logiciel);

// Why a partner cannot be given this dossier; empty when it can. (Guard PartenaireAffectable.)
std::string refusDuPartenaire(const Acte& acte, const std::string& partenaire);

// Who will follow: those chosen among `possibles`; the person alone when nobody else could be chosen and `lui` is set; nobody
// more when one of them follows already. Adds a violation when somebody was to be chosen. (Guard AbonneChoisi.)
std::vector<std::string> abonnesChoisis(const std::vector<AgentDuDossier>& possibles, const Demande& demande,
                                        const std::string& lui, std::vector<core::Violation>& violations);

// The refusals of the state.
TransitionRefusee refusDeLEtat(Acte& acte, long long version);
core::Error interdite();

}  // namespace histologe::routing
