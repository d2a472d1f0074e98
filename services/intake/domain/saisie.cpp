#include "services/intake/domain/saisie.hpp"

#include "services/intake/domain/desordres_choisis.hpp"

namespace histologe::intake {
namespace {

using core::Json;

// What the step of the address says that other steps need.
void preciserContexte(const Json& etapes, ContexteDeSection& contexte) {
    const auto adresse = etapes.find("adresse");
    if (adresse == etapes.end() || !adresse->is_object()) return;
    const auto texte = [&](const char* nom) {
        const auto place = adresse->find(nom);
        return place != adresse->end() && place->is_string() ? place->get<std::string>() : std::string();
    };
    contexte.profil = profilDuDeclarant(Json{{"profilDeclarant", texte("profileDeclarant")}});
    contexte.vacant = texte("profileOccupant") == "vacant";
    contexte.appartement = texte("natureLogement") == "appartement";
}

std::optional<std::string> lienDe(Profil profil) {
    if (profil == Profil::ServiceSecours) return "SECOURS";
    if (profil == Profil::Bailleur) return "BAILLEUR";
    if (profil == Profil::TiersPro) return "PRO";
    return std::nullopt;
}

bool estVide(const Json& valeur) {
    return valeur.is_null() || (valeur.is_string() && valeur.get_ref<const std::string&>().empty());
}

}  // namespace

bool estEtapeDeSaisie(std::string_view nom) noexcept {
    return nom == kEtapeDesordres || sectionNommee(etapesDeSaisie(), nom) != nullptr;
}

std::vector<core::Violation> examinerEtapeDeSaisie(std::string_view nom, const Json& corps, const Json& etapes,
                                                   const desordres::Catalogue& catalogue, ContexteDeSection contexte) {
    std::vector<core::Violation> violations;
    if (nom == kEtapeDesordres) {
        lireDesordres(catalogue, desordres::Contexte::Usager, corps, violations);
        return violations;
    }
    preciserContexte(etapes, contexte);
    Valeurs valeurs;
    return examinerEtape(*sectionNommee(etapesDeSaisie(), nom), corps, contexte, valeurs);
}

Fiche assembler(const Json& etapes, const desordres::Catalogue& catalogue, const ContexteDeSection& contexte) {
    auto complet = contexte;
    preciserContexte(etapes, complet);
    Fiche fiche = ficheVide();
    for (const auto& section : etapesDeSaisie()) {
        const auto corps = etapes.find(section.nom);
        if (corps == etapes.end()) continue;
        Valeurs valeurs;
        // The rules held when the step was saved; a date that was today's then is still good.
        static_cast<void>(examinerEtape(section, *corps, complet, valeurs));
        appliquerEtape(section, valeurs, fiche);
    }
    if (const auto corps = etapes.find(kEtapeDesordres); corps != etapes.end()) {
        std::vector<core::Violation> violations;
        appliquerDesordres(lireDesordres(catalogue, desordres::Contexte::Usager, *corps, violations), fiche);
    } else {
        appliquerDesordres({}, fiche);
    }
    return fiche;
}

std::vector<core::Violation> bloquants(const Fiche& fiche, const desordres::Catalogue& catalogue) {
    std::vector<core::Violation> violations;
    const auto manque = [&](const char* chemin, const char* champ, const char* message) {
        const Json::json_pointer pointeur(chemin);
        if (!fiche.contenu.contains(pointeur) || estVide(fiche.contenu.at(pointeur))) {
            violations.push_back({champ, "obligatoire", message});
        }
    };
    const auto profil = profilDuDeclarant(fiche.contenu);
    manque("/profilDeclarant", "adresse.profileDeclarant", "Indiquez le profil du déclarant.");
    manque("/adresse/voie", "adresse.adresseOccupant", "Indiquez l'adresse du logement.");
    if (profil && !estOccupant(*profil)) {
        manque("/declarant/nom", "coordonnees.nomDeclarant", "Indiquez le nom du déclarant.");
        manque("/declarant/courriel", "coordonnees.mailDeclarant", "Indiquez le courriel du déclarant.");
    }
    const Json::json_pointer vacant("/logement/vacant");
    if (!fiche.contenu.contains(vacant) || fiche.contenu.at(vacant) != true) {
        manque("/occupant/nom", "coordonnees.nomOccupant",
               "Indiquez le nom de l'occupant, ou que le logement est vacant.");
        manque("/occupant/prenom", "coordonnees.prenomOccupant",
               "Indiquez le prénom de l'occupant, ou que le logement est vacant.");
    }
    if (!declareUnDesordre(catalogue, fiche.reponses)) {
        violations.push_back({"desordres.desordres", "aucun_desordre", "Choisissez au moins un désordre."});
    }
    return violations;
}

void acheverFiche(Fiche& fiche) {
    auto& contenu = fiche.contenu;
    const auto profil = profilDuDeclarant(contenu).value_or(Profil::Locataire);
    contenu["declarePourAutrui"] = !estOccupant(profil);
    auto& declarant = contenu["declarant"];
    if (estOccupant(profil)) {
        for (const auto* nom : {"lien", "nom", "prenom", "courriel", "telephone", "telephoneSecondaire", "matricule"}) {
            declarant[nom] = nullptr;
        }
        if (profil == Profil::Locataire) declarant["structure"] = nullptr;
    } else if (const auto lien = lienDe(profil)) {
        declarant["lien"] = *lien;
    }
    auto& occupant = contenu["occupant"];
    if (profil == Profil::BailleurOccupant) occupant["profil"] = "BAILLEUR_OCCUPANT";
    if (profil == Profil::Locataire || profil == Profil::Bailleur) occupant["profil"] = "LOCATAIRE";
    auto& proprietaire = contenu["proprietaire"];
    if (estVide(proprietaire["nom"])) proprietaire["nom"] = proprietaire["denomination"];
    contenu["cguAcceptees"] = true;
}

}  // namespace histologe::intake
