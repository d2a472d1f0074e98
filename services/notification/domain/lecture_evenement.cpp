#include "services/notification/domain/lecture_evenement.hpp"

#include <initializer_list>

#include "libs/core/error.hpp"

namespace histologe::notification {

using core::Json;

const Json* champ(const Json& objet, const char* cle) {
    if (!objet.is_object()) return nullptr;
    const auto trouve = objet.find(cle);
    return trouve == objet.end() || trouve->is_null() ? nullptr : &*trouve;
}

std::string texte(const Json& objet, const char* cle) {
    const Json* valeur = champ(objet, cle);
    return valeur && valeur->is_string() ? valeur->get<std::string>() : std::string();
}

bool booleen(const Json& objet, const char* cle, bool defaut) {
    const Json* valeur = champ(objet, cle);
    return valeur && valeur->is_boolean() ? valeur->get<bool>() : defaut;
}

const Json& objetOuVide(const Json& objet, const char* cle) {
    static const Json kVide = Json::object();
    const Json* valeur = champ(objet, cle);
    return valeur && valeur->is_object() ? *valeur : kVide;
}

std::string exige(std::string valeur, const char* nom) {
    if (valeur.empty())
        throw core::Error(core::ErrorKind::InvalidInput, "evenement_incomplet",
                          "L’événement ne porte pas ce qu’il faut pour écrire le courriel.", {}, nom);
    return valeur;
}

Personne personne(const Json& personnel, const char* cle) {
    const Json& objet = objetOuVide(personnel, cle);
    return {texte(objet, "prenom"), texte(objet, "nom"), texte(objet, "courriel")};
}

std::string ligneAdresse(const Json& data, const Json& personnel) {
    for (const Json* source : {&personnel, &data}) {
        if (std::string ligne = texte(*source, "adresse"); !ligne.empty()) return ligne;
        if (std::string voie = texte(objetOuVide(*source, "adresse"), "voie"); !voie.empty()) return voie;
    }
    return {};
}

std::string nomTerritoire(const Json& data) {
    std::string nom = texte(data, "territoireNom");
    return nom.empty() ? texte(objetOuVide(data, "territoire"), "nom") : nom;
}

}  // namespace histologe::notification
