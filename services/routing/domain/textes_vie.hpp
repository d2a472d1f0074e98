// The words that tell of a transition, and what a text that people write must be.
#pragma once

#include <string>
#include <string_view>

namespace histologe::routing {

// In characters, without the blanks around. (User demand D-88; reference of routing, 3.2, 4.3.)
inline constexpr std::size_t kTexteMin = 10;
inline constexpr std::size_t kTexteMax = 10'000;

// Why words cannot be kept: `trop_court`, `trop_long`, `image_collee` (a picture pasted as text), `caractere_interdit`
// (characters that nobody types). Empty when they can.
std::string_view refusDesMots(std::string_view mots);
// The same for people.
std::string_view phraseDuRefus(std::string_view refus) noexcept;

struct Recit {
    std::string_view action;  // of the table of transitions
    bool affectation = false;
    std::string partenaire;  // whose affectation
    std::string motif;       // code, empty for none
    std::string travaux;     // OUI, NON, EN_COURS; empty when it is not asked
    std::string texte;       // what was explained; empty for nothing
};
// The suivi that tells of it. The explanation of a refusal stands after « Plus précisément : », where its mail takes it from.
std::string raconter(const Recit& recit);

inline constexpr char kSignalementValide[] = "Le signalement est validé. Les services compétents en sont informés.";
inline constexpr char kPrisEnCharge[] = "Un service compétent prend votre dossier en charge. Il peut vous contacter pour une visite.";

}  // namespace histologe::routing
