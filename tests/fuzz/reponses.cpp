// Any bytes as the body of a draft: refused as JSON, refused by rules that say where and why, or built into a
// signalement that can be stored and scored. Never anything else, and always the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/brouillon.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/domain/validation.hpp"

using namespace histologe;
using namespace histologe::intake;
using core::Json;

namespace {

void exiger(bool vrai) {
    if (!vrai) std::abort();
}

// No NUL, which no text column keeps, and nothing that is not UTF-8.
void exigerEnregistrable(const std::string& texte) {
    exiger(core::isUtf8(texte));
    exiger(texte.find('\0') == std::string::npos && texte.find("\\u0000") == std::string::npos);
}

void examiner(const Json& charge, const desordres::Catalogue& catalogue) {
    const Demande demande(charge);
    Contexte contexte{.aujourdhui = std::chrono::year(2026) / 8 / 7, .lieu = {}, .consentementsToujours = true};
    const auto violations = valider(demande, contexte);
    for (const auto& violation : violations) {
        exiger(!violation.propriete.empty() && !violation.libelle.empty());
        exigerEnregistrable(violation.message());
    }
    exigerEnregistrable(core::dumpJson(enReponseDuFormulaire(violations)));
    exiger(enViolations(violations).size() == violations.size());

    (void)enteteDe(demande);
    (void)correspondantDe(demande);
    (void)cleDeDoublon(demande, {});
    const auto precisions = desordres::precisionsOf(catalogue, charge);
    if (!violations.empty()) return;

    for (const auto& depose : fichiersDe(demande)) exiger(!depose.cle.empty() && !depose.typeDocument.empty());
    const Json signalement = enJson(construire(demande, "13"));
    exigerEnregistrable(core::dumpJson(signalement));
    exiger(!signalement.at("adresse").at("codeInsee").get<std::string>().empty());
    exiger(!signalement.at("message").get<std::string>().empty());
    // Neither the names of unknown keys nor being written and read again change what is understood.
    const Json relue = core::parseJson(core::dumpJson(charge));
    const Demande seconde(relue);
    exiger(valider(seconde, contexte).empty());
    exiger(enJson(construire(seconde, "13")) == signalement);
    exiger(desordres::precisionsOf(catalogue, relue) == precisions);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t taille) {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    Json charge;
    try {
        charge = core::parseJson({reinterpret_cast<const char*>(octets), taille});
    } catch (const core::Error& erreur) {
        exiger(erreur.kind() == core::ErrorKind::InvalidInput);
        return 0;
    }
    try {
        examiner(charge, kCatalogue);
    } catch (const core::Error& erreur) {
        exiger(erreur.code() == "reponses_invalides" && !charge.is_object());
    }
    return 0;
}
