// What the service keeps and answers about a draft, besides its answers.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "services/intake/domain/demande.hpp"

namespace histologe::intake {

// The columns of a draft that are read from its answers (reference of intake, 2.1).
struct EnteteDeBrouillon {
    std::optional<Profil> profil;
    std::string courrielDeclarant;  // the tiers's, or the occupant's; empty when none was given
    std::string adresseComplete;    // the whole line of the dwelling's address
    std::string etape;              // currentStep
    std::optional<std::chrono::sys_days> bailleurPrevenuAt;  // first day of the month, only when the landlord was told
    bool logementSocial = false;                             // said to be social housing
    std::string empreinte;                                   // see empreinteDe
};
EnteteDeBrouillon enteteDe(const Demande& demande);

// What a mail to the declarant says of his draft.
struct Correspondant {
    std::string prenom;  // empty when not given
    std::string voie;    // number and street
    std::string codePostal;
    std::string commune;
};
Correspondant correspondantDe(const Demande& demande);

// Lower-case hexadecimal SHA-256 of the e-mail followed by the whole address, nothing between: what two drafts of the
// same person for the same dwelling have in common.
std::string empreinteDe(std::string_view courriel, std::string_view adresseComplete);

// By what a signalement is recognised as already declared (reference of intake, 2.3). Texts are folded (case, accents,
// spaces), addresses by cleAdresse, so that the stored side must be folded by the same functions.
struct CleDeDoublon {
    bool occupant =
        false;  // compare `courriel` with the occupant's; otherwise with the declarant's, and `nomOccupant` too
    std::string courriel;
    std::string adresse;      // see adresse.hpp
    std::string nomOccupant;  // empty for an occupant
};

// The key of a draft; empty when e-mail, street, postcode or commune is missing, or the occupant's name for a tiers.
std::optional<CleDeDoublon> cleDeDoublon(const Demande& demande, const domain::Communes& communes);

// `Marseille 1er Arrondissement` -> `marseille`, `Lyon 3e Arrondissement` -> `lyon`; other names are folded only.
std::string communePliee(std::string_view commune);

// A signalement that `check` found.
struct SignalementTrouve {
    std::string uuid;
    core::Instant creeLe;
    std::string prenomOccupant;
    std::string nomOccupant;
    std::string complementAdresse;
};

// A draft that `check` found.
struct BrouillonTrouve {
    std::string uuid;
    core::Instant creeLe;
    core::Instant modifieLe;
};

// Whole days for which a signalement counts as recent.
inline constexpr int kJoursRecents = 90;

// The three answers of `check` (reference of intake, 1.1). Instants are written with their offset.
core::Json reponseNouveau(std::string_view uuidDuBrouillon);
core::Json reponseDejaSignale(const std::vector<SignalementTrouve>& trouves,
                              const std::optional<BrouillonTrouve>& brouillon, core::Instant maintenant);
core::Json reponseDejaCommence(const BrouillonTrouve& brouillon);

}  // namespace histologe::intake
