#include "services/routing/domain/textes_vie.hpp"

#include "libs/core/text.hpp"
#include "services/routing/domain/motifs.hpp"

namespace histologe::routing {
namespace {

constexpr char kPrecisement[] = "Plus précisément : ";

bool estImage(std::string_view mots) {
    const auto plie = core::fold(mots);
    return plie.find("data:image/") != std::string::npos && plie.find(";base64") != std::string::npos;
}

// Nobody types control characters but tabs and line ends.
bool estTape(std::string_view mots) {
    for (const char c : mots) {
        const auto octet = static_cast<unsigned char>(c);
        if ((octet < 0x20 && c != '\n' && c != '\r' && c != '\t') || octet == 0x7f) return false;
    }
    return true;
}

std::string phraseDe(const Recit& recit) {
    if (!recit.affectation) {
        if (recit.action == "valider" || recit.action == "orienter") return kSignalementValide;
        if (recit.action == "refuser") return "Le signalement n'est pas retenu.";
        if (recit.action == "fermer") return "Le dossier est fermé pour tous les partenaires.";
        if (recit.action == "rouvrir") return "Le dossier est rouvert.";
        return "La démarche accélérée est close par l'administration.";
    }
    const auto qui = recit.partenaire.empty() ? std::string("Le partenaire") : recit.partenaire;
    if (recit.action == "refuser") return qui + " ne prend pas le dossier en charge.";
    if (recit.action == "fermer") return qui + " a terminé ce qu'il avait à faire dans ce dossier.";
    return qui + " reprend le dossier.";
}

}  // namespace

std::string_view refusDesMots(std::string_view mots) {
    const auto taille = core::countCharacters(core::trim(mots));
    if (estImage(mots)) return "image_collee";
    if (taille < kTexteMin) return "trop_court";
    if (taille > kTexteMax) return "trop_long";
    if (!estTape(mots)) return "caractere_interdit";
    return {};
}

std::string_view phraseDuRefus(std::string_view refus) noexcept {
    if (refus == "image_collee") return "Une image ne se colle pas dans le texte : joignez-la comme fichier.";
    if (refus == "trop_long") return "Ce texte est trop long (10 000 caractères au plus).";
    if (refus == "caractere_interdit") return "Ce texte contient des caractères qui ne peuvent pas être gardés.";
    return "Écrivez au moins dix caractères.";
}

std::string raconter(const Recit& recit) {
    auto mots = phraseDe(recit);
    if (!recit.motif.empty()) mots += "\nMotif : " + motsDuMotif(recit.motif) + ".";
    if (!recit.travaux.empty()) mots += "\n" + motsDesTravaux(recit.travaux);
    if (!recit.texte.empty()) mots += "\n" + std::string(kPrecisement) + std::string(core::trim(recit.texte));
    return mots;
}

}  // namespace histologe::routing
