#include "services/routing/domain/actes_usagers.hpp"

#include <utility>

namespace histologe::routing {
namespace {

struct Regle {
    std::string_view categorie;
    bool visibleUsager;
    std::string_view phrase;       // said before his words; empty: his words alone
    std::string_view commentaire;  // category of a second suivi for his words; empty: they stand in the first
};

constexpr Regle kRegles[] = {
    {"MESSAGE_USAGER", true, "", ""},
    {"MESSAGE_USAGER_POST_CLOTURE", true, "", ""},
    {"MESSAGE_BAILLEUR", false, "", ""},
    {"DEMANDE_ABANDON_PROCEDURE", true, "L'arrêt du dossier est demandé.", ""},
    {"DEMANDE_POURSUITE_PROCEDURE", true, "La poursuite du dossier est demandée.", ""},
    {"INJONCTION_BAILLEUR_REPONSE_OUI", true, "Le bailleur s'engage à faire les travaux.",
     "INJONCTION_BAILLEUR_REPONSE_COMMENTAIRE"},
    {"INJONCTION_BAILLEUR_REPONSE_OUI_AVEC_AIDE", true,
     "Le bailleur s'engage à faire les travaux et demande à être aidé.", "INJONCTION_BAILLEUR_REPONSE_COMMENTAIRE"},
    {"INJONCTION_BAILLEUR_REPONSE_OUI_DEMARCHES_COMMENCEES", true, "Le bailleur a déjà commencé les démarches.",
     "INJONCTION_BAILLEUR_REPONSE_COMMENTAIRE"},
    {"INJONCTION_BAILLEUR_REPONSE_NON", true,
     "Le bailleur refuse de faire les travaux : la procédure ordinaire commence.",
     "INJONCTION_BAILLEUR_REPONSE_COMMENTAIRE"},
    {"INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER", true,
     "L'usager quitte la démarche accélérée : la procédure ordinaire commence.", ""},
    {"INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_BAILLEUR", true,
     "Le bailleur renonce à la démarche accélérée : la procédure ordinaire commence.",
     "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_BAILLEUR_COMMENTAIRE"},
    {"INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", true, "L'usager met fin à la démarche accélérée.", ""},
    {"INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR", true,
     "Le bailleur annonce que les travaux sont faits ou en cours. L'occupant est invité à le confirmer.",
     "INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR_COMMENTAIRE"},
};

constexpr std::pair<std::string_view, std::string_view> kMotifs[] = {
    {"ACCORD_PROPRIETAIRE", "un accord est trouvé avec le propriétaire"},
    {"RELOGEMENT_OCCUPANT", "l'occupant est relogé"},
    {"TRAVAUX_FAITS_OU_EN_COURS", "les travaux sont faits ou en cours"},
    {"AUTRE", "autre"},
};

constexpr std::pair<std::string_view, std::string_view> kSections[] = {
    {"adresse", "les compléments d'adresse"},
    {"occupant", "les coordonnées de l'occupant"},
    {"bailleur", "les informations sur le bailleur"},
    {"agence", "les coordonnées de l'agence"},
    {"syndic", "les coordonnées du syndic"},
    {"situation-foyer", "la situation du foyer"},
    {"assurance", "l'assurance"},
    {"informations-generales", "les informations générales"},
    {"type-composition", "la description du logement"},
};

std::string lookedUp(const auto& table, std::string_view key) {
    for (const auto& [known, words] : table) {
        if (known == key) return std::string(words);
    }
    return {};
}

std::string textOf(const core::Json& details, const char* name) {
    const auto found = details.find(name);
    return found != details.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string edited(const core::Json& details) {
    const auto section = textOf(details, "section");
    if (section == "documents") {
        const auto count = details.value("fichiers", 0);
        return count == 1 ? "Un document est ajouté au dossier."
                          : std::to_string(count) + " documents sont ajoutés au dossier.";
    }
    if (section == "documents_retires") return "Un document est retiré du dossier.";
    if (section == "coordonnees-tiers") return "La personne invitée à suivre le dossier a accepté.";
    if (section == "invitation") {
        return textOf(details, "reponse").empty() ? "Une personne est invitée à suivre le dossier."
                                                  : "La personne invitée à suivre le dossier a refusé.";
    }
    const auto words = lookedUp(kSections, section);
    return words.empty() ? "Le dossier est complété." : "Le dossier est complété : " + words + ".";
}

std::string joined(std::string first, const std::string& second) {
    if (first.empty()) return second;
    if (!second.empty()) first += "\n" + second;
    return first;
}

}  // namespace

std::vector<SuiviDActe> suivisDe(const ActeDePersonne& acte) {
    if (acte.categorie == "SIGNALEMENT_EDITED_FO") return {{acte.categorie, edited(acte.details), true}};
    for (const auto& regle : kRegles) {
        if (regle.categorie != acte.categorie) continue;
        std::string phrase(regle.phrase);
        if (const auto motif = lookedUp(kMotifs, textOf(acte.details, "motif")); !motif.empty()) {
            phrase = joined(phrase, "Motif : " + motif + ".");
        }
        if (regle.commentaire.empty()) return {{acte.categorie, joined(phrase, acte.texte), regle.visibleUsager}};
        std::vector<SuiviDActe> suivis = {{acte.categorie, phrase, regle.visibleUsager}};
        if (!acte.texte.empty()) suivis.push_back({std::string(regle.commentaire), acte.texte, false});
        return suivis;
    }
    return {{acte.categorie, acte.texte, false}};
}

}  // namespace histologe::routing
