// Who is written to when something happens. Pure: event in, mails out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/notification/domain/courriel.hpp"
#include "services/notification/domain/faits.hpp"

namespace histologe::notification {

// A report was filed: an acknowledgement to the occupant and to the declarant, one each, one only when both have the
// same address (in any letter case), none to an address that cannot be one. None for an accelerated procedure
// (status INJONCTION_BAILLEUR), which has mails of its own. Recipient rules, usager list.
std::vector<CourrielACreer> courrielsDuDepot(const DossierUsagers& dossier);

// A report that begins by the accelerated procedure: the same to its usagers, and to the landlord who has a mail the
// demand to act, with the code of his space. None for any other report.
std::vector<CourrielACreer> courrielsDeLInjonction(const DossierUsagers& dossier, const Injonction& injonction);

// A partner was given the dossier: one mail to its mailbox, if it has one and wants mail. Never names the occupant.
std::vector<CourrielACreer> courrielsDeLAffectation(const AffectationCreee& affectation);

// True when the change of status is the acceptance of the report: to ACTIVE, from NEED_VALIDATION or from an
// accelerated procedure that fell back to the ordinary one. A reopening is told otherwise.
bool estValidation(const StatutModifie& statut);

// The report was accepted: one mail to each usager, unless nobody lives there (logementVacant). Rule U.
std::vector<CourrielACreer> courrielsDeLaValidation(const DossierUsagers& dossier);

// The usager asked for a link: one mail to the address of the request, none when it cannot be one.
std::vector<CourrielACreer> courrielsDuLien(const LienDemande& demande);

// The owner of an account: one mail, none when the kind or the address is none of ours. The link names the account too.
std::vector<CourrielACreer> courrielsDuCompte(const CourrielDeCompte& compte);

// What a partner reads for a qualification's code (`NON_DECENCE` -> « non-décence »); empty for an unknown code.
std::string_view libelleQualification(std::string_view code) noexcept;

}  // namespace histologe::notification
