// Any bytes as the answers of a draft: they are refused, or read, examined and written as a signalement and its event,
// which hold nothing that could not be stored and, in the part that travels, no free text.
#include <cstdint>
#include <cstdlib>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/domain/validation.hpp"

using namespace histologe;
using namespace histologe::intake;

namespace {

void exiger(bool vrai) {
    if (!vrai) std::abort();
}

void lire(const core::Json& charge) {
    const Demande demande(charge);
    Contexte contexte;
    contexte.aujourdhui = std::chrono::year(2026) / 11 / 25;
    contexte.lieu = [](std::string_view codePostal, std::string_view codeInsee) {
        exiger(codePostal.size() == 5 && codeInsee.size() == 5);
        return SituationDuLieu{};
    };
    const auto violations = valider(demande, contexte);
    exiger(valider(demande, contexte).size() == violations.size());
    for (const auto& fichier : fichiersDe(demande)) {
        exiger(!fichier.cle.empty() && fichier.cle.front() != '/' && fichier.cle.find("..") == std::string::npos);
        exiger(core::isUtf8(fichier.titre));
    }
    if (!demande.profil()) return;
    const auto signalement = construire(demande, "13");
    exiger(core::isUtf8(core::dumpJson(enJson(signalement))));
    const auto dit = evenementDepose(signalement, demande, {"2026-1", "NEED_VALIDATION", core::Instant{}});
    exiger(core::isUtf8(core::dumpJson(dit.personnel)));
    // What was said can be read back.
    exiger(core::parseJson(core::dumpJson(dit.donnees)) == dit.donnees);
    const auto reponses = reponsesPourEvaluation(charge);
    for (const auto& reponse : reponses) exiger(!reponse.is_string() || reponse.get_ref<const std::string&>().size() <= 40);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t taille) {
    core::Json charge;
    try {
        charge = core::parseJson({reinterpret_cast<const char*>(octets), taille});
    } catch (const core::Error&) {
        return 0;
    }
    try {
        lire(charge);
    } catch (const core::Error& refus) {
        exiger(!charge.is_object() && refus.kind() == core::ErrorKind::InvalidInput);
    }
    return 0;
}
