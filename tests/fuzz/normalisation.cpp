// Any text as a phone number, a mail address, a day, a month, a number or an address: it is refused or brought to a form
// that stays what it is when it is read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/telephone.hpp"

using namespace histologe;
using namespace histologe::intake;

namespace {

void exiger(bool vrai) {
    if (!vrai) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t taille) {
    if (taille == 0) return 0;
    constexpr std::string_view kPays[] = {"FR:33", "RE:262", "BE:32", "US:1", "", "FR", ":", "XX:99999"};
    const auto pays = kPays[octets[0] % std::size(kPays)];
    const std::string_view texte(reinterpret_cast<const char*>(octets) + 1, taille - 1);

    const auto telephone = telephoneNormalise(texte, pays);
    exiger(core::isUtf8(telephone) || !core::isUtf8(texte));
    static_cast<void>(telephoneValide(telephone));
    static_cast<void>(telephoneValide(texte));
    static_cast<void>(courrielValide(texte));
    if (const auto jour = jourDe(texte)) exiger(jourDe(texteDe(*jour)) == jour);
    if (const auto mois = moisDe(texte)) exiger(std::chrono::year_month_day(*mois).day() == std::chrono::day(1));
    if (const auto nombre = nombreDe(texte)) exiger(nombreDe(texteDe(*nombre)) == nombre);
    static_cast<void>(entierDe(texte));
    static_cast<void>(montantDe(texte));
    exiger(mesurer(texte).caracteres <= texte.size());
    const auto voie = voiePliee(texte);
    exiger(voiePliee(voie) == voie);
    return 0;
}
