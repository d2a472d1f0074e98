#include "services/intake/domain/evenement_fiche.hpp"

namespace histologe::intake {
namespace {

using core::Json;

Json en(const Json& contenu, const char* chemin) {
    const Json::json_pointer pointeur(chemin);
    return contenu.contains(pointeur) ? contenu.at(pointeur) : Json(nullptr);
}

Json texteOuVide(const Json& contenu, const char* chemin) {
    auto valeur = en(contenu, chemin);
    return valeur.is_string() ? valeur : Json("");
}

Json personne(const Json& contenu, const std::string& qui) {
    Json json = Json::object();
    for (const auto* nom : {"nom", "prenom", "courriel", "telephone"}) {
        json[nom] = en(contenu, ("/" + qui + "/" + nom).c_str());
    }
    return json;
}

}  // namespace

Evenement evenementDeFiche(const Fiche& fiche, const Enregistrement& enregistrement) {
    const auto& contenu = fiche.contenu;
    Evenement evenement;
    auto& donnees = evenement.donnees;
    donnees["reference"] = enregistrement.reference ? Json(*enregistrement.reference) : Json(nullptr);
    donnees["statut"] = enregistrement.statut;
    donnees["creeLe"] = core::toRfc3339(enregistrement.creeLe);
    donnees["profilDeclarant"] = en(contenu, "/profilDeclarant");
    donnees["territoire"] = en(contenu, "/territoire");
    donnees["codeInsee"] = texteOuVide(contenu, "/adresse/codeInsee");
    donnees["codePostal"] = texteOuVide(contenu, "/adresse/codePostal");
    donnees["commune"] = texteOuVide(contenu, "/adresse/commune");
    donnees["geoloc"] = en(contenu, "/adresse/geoloc");
    donnees["logementSocial"] = en(contenu, "/logement/social");
    donnees["logementVacant"] = en(contenu, "/logement/vacant") == true;
    donnees["allocataire"] = en(contenu, "/foyer/allocataire");
    donnees["reponses"] = fiche.reponses;
    if (contenu.contains("criticites")) {
        // An imported signalement: its désordres are those of the first generation.
        const auto some = [&](const char* chemin) {
            const auto combien = en(contenu, chemin);
            return combien.is_number() ? Json(combien.get<double>() > 0) : Json(nullptr);
        };
        donnees["importe"] = true;
        donnees["criticites"] = contenu.at("criticites");
        donnees["enfants"] = {{"moinsDeSix", some("/logement/nbEnfantsM6")}, {"plusDeSix", some("/logement/nbEnfantsP6")}};
    }
    auto& personnel = evenement.personnel;
    personnel["occupant"] = personne(contenu, "occupant");
    personnel["declarant"] = personne(contenu, "declarant");
    personnel["declarant"]["structure"] = en(contenu, "/declarant/structure");
    personnel["proprietaire"] = personne(contenu, "proprietaire");
    personnel["proprietaire"]["denomination"] = en(contenu, "/proprietaire/denomination");
    auto& adresse = personnel["adresse"];
    adresse["libelle"] = texteOuVide(contenu, "/adresse/libelle");
    for (const auto* nom : {"voie", "etage", "escalier", "numeroAppartement", "complement"}) {
        adresse[nom] = en(contenu, (std::string("/adresse/") + nom).c_str());
    }
    return evenement;
}

Evenement evenementModifie(const Fiche& fiche, const Enregistrement& enregistrement,
                           const ModificationDite& modification) {
    auto evenement = evenementDeFiche(fiche, enregistrement);
    Json champs = Json::array();
    Json valeurs = Json::array();
    const auto ou = [](const std::optional<std::string>& texte) { return texte ? Json(*texte) : Json(nullptr); };
    for (const auto& changement : modification.changements) {
        champs.push_back(changement.champ);
        valeurs.push_back(
            {{"champ", changement.champ}, {"avant", ou(changement.avant)}, {"apres", ou(changement.apres)}});
    }
    evenement.donnees["lieuModifie"] = modification.estAilleurs;
    evenement.donnees["modification"] = {{"section", modification.section},
                                         {"champs", std::move(champs)},
                                         {"version", modification.version},
                                         {"auteur", modification.auteur},
                                         {"role", modification.role}};
    evenement.personnel["changements"] = std::move(valeurs);
    return evenement;
}

}  // namespace histologe::intake
