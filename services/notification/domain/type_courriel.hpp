// The kinds of mail we send, and the names under which they are stored and counted.
#pragma once

#include <optional>
#include <string_view>

namespace histologe::notification {

// What the mail is for. Reference table of mail types, 2.
enum class TypeCourriel {
    AccuseReception,        // the usager's report was received
    ValidationSignalement,  // the usager's report was accepted, partners work on it
    NouvelleAffectation,    // a partner has a new report to look at
    LienSuivi,              // the usager asked again for the link to the follow-up page
    RepriseBrouillon,       // the usager asked for the link to go on with a draft
    NouveauSuiviPartenaire, // a partner has something new to read in a dossier
    AbandonPartenaire,      // a partner learns that the usager asks to stop
    NouveauSuiviUsager,     // something new to read for the usager
    AbandonAuteur,          // his wish to stop was received
    AbandonAutre,           // the other usager asks to stop
    InvitationTiers,        // somebody is invited to follow a dossier
    ConfirmationCourriel,   // the new address of the occupant is to be confirmed
    ChangementCourriel,     // the old address learns that a new one is asked for
    InjonctionCloseBailleur, // the tenant ended the accelerated procedure
    ClotureDemandeeUsager,  // the landlord says that his works are done
    ConfirmationInjonction, // the tenant's report was received, and his landlord is written to
    InjonctionBailleur,     // the landlord is asked to act
    RecapitulatifSecours,   // the summary of a rescue service's declaration is ready
    // About the account of an agent:
    ActivationCompte,       // an administrator opened an account: choose a password
    ActivationDemandee,     // the same, asked for by its owner
    RappelActivation,       // an account that was never opened
    MotDePassePerdu,        // choose another password
    CompteSupprime,         // the account is closed
    CompteRetire,           // the agent no longer works for a partner
    CompteTransfere,        // the agent works for another partner
    CompteReactive,         // the account is open again
    CompteNouveauPartenaire, // the agent works for one more partner
    CompteBientotArchive,   // the account is unused and will be closed
    ComptesBientotArchives, // to the managers of a territory: how many will be
    CodeConnexion,          // the code that confirms a sign-in
};

inline constexpr TypeCourriel kTypesCourriel[] = {
    TypeCourriel::AccuseReception,
    TypeCourriel::ValidationSignalement,
    TypeCourriel::NouvelleAffectation,
    TypeCourriel::LienSuivi,
    TypeCourriel::RepriseBrouillon,
    TypeCourriel::NouveauSuiviPartenaire,
    TypeCourriel::AbandonPartenaire,
    TypeCourriel::NouveauSuiviUsager,
    TypeCourriel::AbandonAuteur,
    TypeCourriel::AbandonAutre,
    TypeCourriel::InvitationTiers,
    TypeCourriel::ConfirmationCourriel,
    TypeCourriel::ChangementCourriel,
    TypeCourriel::InjonctionCloseBailleur,
    TypeCourriel::ClotureDemandeeUsager,
    TypeCourriel::ConfirmationInjonction,
    TypeCourriel::InjonctionBailleur,
    TypeCourriel::RecapitulatifSecours,
    TypeCourriel::ActivationCompte,
    TypeCourriel::ActivationDemandee,
    TypeCourriel::RappelActivation,
    TypeCourriel::MotDePassePerdu,
    TypeCourriel::CompteSupprime,
    TypeCourriel::CompteRetire,
    TypeCourriel::CompteTransfere,
    TypeCourriel::CompteReactive,
    TypeCourriel::CompteNouveauPartenaire,
    TypeCourriel::CompteBientotArchive,
    TypeCourriel::ComptesBientotArchives,
    TypeCourriel::CodeConnexion,
};

// Stable name: stored in `courriels.type`, carried by events and metrics (`CONFIRM_RECEPTION_TO_USAGER`).
std::string_view nomStocke(TypeCourriel type) noexcept;

// Reads a stored name; empty when it is none of ours.
std::optional<TypeCourriel> typeDeNom(std::string_view nom) noexcept;

// Value of the header X-Tag, by which the mail provider groups its statistics. The two links the usager asks for
// himself bear tags of their own.
std::string_view etiquette(TypeCourriel type) noexcept;

// True for the mails about the account of an agent.
bool estDeCompte(TypeCourriel type) noexcept;

}  // namespace histologe::notification
