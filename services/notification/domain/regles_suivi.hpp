// Who is written to when something is written in a dossier, or asked in a usager's space. Pure: event in, mails out.
#pragma once

#include <vector>

#include "services/notification/domain/courriel.hpp"
#include "services/notification/domain/faits_suivi.hpp"

namespace histologe::notification {

// To the partners who had the dossier, unless it is closed: what usagers and landlords write, ask and complete
// (reference table of suivis; those of an injonction are not the partners'), and what agents of other partners write and
// answer. Completing several things within an hour
// is one mail.
std::vector<CourrielACreer> courrielsAuxPartenaires(const SuiviCree& suivi);

// To the usagers but the one who wrote it, when they may read it, somebody lives there, and the dossier is neither
// closed nor refused (rule U). A wish to stop is acknowledged to its author, and told to the other. What has a mail of
// its own is not told twice.
std::vector<CourrielACreer> courrielsAuxUsagers(const SuiviCree& suivi, const DossierUsagers& dossier);

// True when a suivi of that category may lead to a mail to usagers.
bool interesseUsagers(const SuiviCree& suivi);

// To the invited person, with a link to accept and one to refuse.
std::vector<CourrielACreer> courrielsDeLInvitation(const TiersInvite& invite);

// To the new address the link to confirm it, to the one that counts until then a notice.
std::vector<CourrielACreer> courrielsDeLaConfirmation(const CourrielAConfirmer& demande);

// To the rescue service that declared, with the link to its summary.
std::vector<CourrielACreer> courrielsDuRecapitulatif(const RecapitulatifPret& pret);

// To the landlord when his tenant ends the accelerated procedure.
std::vector<CourrielACreer> courrielsAuBailleur(const ActeUsager& acte);

}  // namespace histologe::notification
