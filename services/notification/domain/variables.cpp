#include "services/notification/domain/variables.hpp"

#include <algorithm>
#include <optional>

#include "libs/core/text.hpp"
#include "services/notification/domain/adresse_courriel.hpp"

namespace histologe::notification {

std::string adresseComplete(const std::string& ligne, const std::string& codePostal, const std::string& commune) {
    std::string ville(core::trim(codePostal + " " + commune));
    if (ligne.empty()) return ville;
    return ville.empty() ? ligne : ligne + ", " + ville;
}

void ajoute(Variables& variables, const char* nom, const std::string& valeur) {
    if (!valeur.empty()) variables.emplace(nom, valeur);
}

std::string sansAppel(const std::string& texte, std::size_t max) {
    const std::string repli = core::fold(texte);
    for (const char* suspect : {"://", "www.", "@", "<", ".com", ".fr/"})
        if (repli.find(suspect) != std::string::npos) return {};
    return core::countCharacters(texte) > max ? std::string() : texte;
}

Variables variablesDuDossier(const DossierUsagers& dossier, const Personne& destinataire) {
    Variables variables;
    ajoute(variables, "prenom", sansAppel(destinataire.prenom, kPrenomMax));
    ajoute(variables, "reference", dossier.reference);
    ajoute(variables, "territoire", dossier.territoire);
    ajoute(variables, "adresse",
           adresseComplete(sansAppel(dossier.adresse, kAdresseMax), dossier.codePostal, dossier.commune));
    ajoute(variables, "codeSuivi", dossier.codeSuivi);
    return variables;
}

std::vector<CourrielACreer> auxUsagers(TypeCourriel type, const DossierUsagers& dossier) {
    std::vector<CourrielACreer> courriels;
    for (const Personne* personne : {&dossier.occupant, &dossier.declarant}) {
        const std::optional<std::string> adresse = adresseCourriel(personne->courriel);
        if (!adresse) continue;
        const bool deja = std::any_of(courriels.begin(), courriels.end(), [&](const CourrielACreer& courriel) {
            return courriel.destinataire == *adresse;
        });
        if (deja) continue;
        courriels.push_back({type, dossier.signalementId, dossier.signalementId, *adresse, dossier.territoire,
                             variablesDuDossier(dossier, *personne)});
    }
    return courriels;
}

}  // namespace histologe::notification
