#include "services/intake/domain/section_regles.hpp"

#include <algorithm>

#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/section_listes.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using tables::kIC;
using tables::kIP;
using tables::kSF;
using tables::kTCL;

class Regles {
  public:
    Regles(const Lot& lot, std::vector<core::Violation>& violations) : lot_(lot), violations_(violations) {}

    void mener() {
        switch (lot_.section.id) {
            case SectionId::Adresse:
                if (const auto rue = lot_.texte("adresse");
                    rue && std::all_of(rue->begin(), rue->end(), [](char c) { return c >= '0' && c <= '9'; })) {
                    ajouter("adresse", "rue_attendue", " : indiquez le numéro et le nom de la rue.");
                }
                return lieu("codePostal", "insee");
            case SectionId::CoordonneesTiers:
                exiger("structure", "lien", lot_.vaut("lien", "PRO") || lot_.vaut("lien", "SECOURS"));
                return;
            case SectionId::CoordonneesFoyer:
                exiger("nomStructure", "typeProprio", lot_.vaut("typeProprio", "ORGANISME_SOCIETE"));
                return;
            case SectionId::InformationsLogement:
                enfants("nombrePersonnes", "compositionLogementNombreEnfants");
                return appartementSeulement("autresOccupantsDesordre", lot_.contexte.appartement);
            case SectionId::CompositionLogement:
                return composition();
            case SectionId::SituationFoyer:
                exiger("dateNaissanceOccupant", "isAllocataire",
                       lot_.texte("isAllocataire") && !lot_.vaut("isAllocataire", "non"));
                exiger("travailleurSocialPreavisDepart", "travailleurSocialQuitteLogement",
                       lot_.vaut("travailleurSocialQuitteLogement", "oui"));
                return;
            case SectionId::ProcedureDemarches:
                return procedure();
            case SectionId::EtapeAdresse:
                exiger("natureLogementAutre", "natureLogement", lot_.vaut("natureLogement", "autre"));
                enfants("nbOccupantsLogement", "nbEnfantsDansLogement");
                position();
                return lieu("cpOccupant", "inseeOccupant");
            case SectionId::EtapeCoordonnees:
                exiger("nomOccupant", "nomOccupant", !lot_.contexte.vacant);
                exiger("prenomOccupant", "prenomOccupant", !lot_.contexte.vacant);
                return;
            case SectionId::SecoursAdresse:
                exiger("natureLogementAutre", "natureLogement", lot_.vaut("natureLogement", "autre"));
                position();
                return lieu("cpOccupant", "inseeOccupant");
            case SectionId::CoordonneesBailleur:
            case SectionId::CoordonneesAgence:
            case SectionId::CoordonneesSyndic:
            case SectionId::LogementVacant:
            case SectionId::EtapeLogement:
            case SectionId::EtapeSituation:
            case SectionId::Mission:
            case SectionId::SecoursOccupant:
            case SectionId::SecoursBailleur:
                return;
        }
    }

  private:
    void ajouter(std::string_view nom, std::string code, const std::string& suite) {
        const auto* champ = champNomme(lot_.section, nom);
        violations_.push_back({std::string(nom), std::move(code), std::string(champ->libelle) + suite});
    }

    void noter(std::string_view nom, Manquement quoi) {
        violations_.push_back(manquement(*champNomme(lot_.section, nom), quoi));
    }

    // The answer is needed because of what another one says.
    void exiger(std::string_view nom, std::string_view cause, bool si) {
        if (si && lot_.contexte.exigences && !lot_.texte(nom) && lot_.touche(nom, cause))
            noter(nom, Manquement::Obligatoire);
    }

    void enfants(std::string_view personnes, std::string_view enfantsNom) {
        const auto total = lot_.texte(personnes);
        const auto petits = lot_.texte(enfantsNom);
        if (!total || !petits || !lot_.touche(personnes, enfantsNom)) return;
        const auto a = nombreDe(*total);
        const auto b = nombreDe(*petits);
        if (a && b && *b > *a) noter(enfantsNom, Manquement::EnfantsTropNombreux);
    }

    void appartementSeulement(std::string_view nom, bool appartement) {
        if (lot_.texte(nom) && !appartement && lot_.touche(nom, nom)) {
            ajouter(nom, "sans_objet", " : cette question ne concerne que les appartements.");
        }
    }

    void composition() {
        const bool appartement = lot_.vaut("type", "appartement");
        exiger("typeLogementNatureAutrePrecision", "type", lot_.vaut("type", "autre"));
        exiger("etage", "type", appartement);
        exiger("avecFenetres", "type", appartement);
        for (const std::string_view piece : {"Cuisine", "SalleDeBain", "Wc"}) {
            const auto nom = "typeLogementCommodites" + std::string(piece);
            exiger(nom + "Collective", nom, lot_.vaut(nom, "non"));
        }
        const bool deux =
            lot_.vaut("typeLogementCommoditesWc", "oui") && lot_.vaut("typeLogementCommoditesCuisine", "oui");
        exiger("typeLogementCommoditesWcCuisine",
               lot_.touche("typeLogementCommoditesWc", "typeLogementCommoditesWc") ? "typeLogementCommoditesWc"
                                                                                   : "typeLogementCommoditesCuisine",
               deux);
    }

    void procedure() {
        const auto profil = lot_.contexte.profil;
        const bool dit = profil && contient(tables::kL | tables::kSS | tables::kTP | tables::kPRO, *profil);
        const bool averti = dit && lot_.vaut("isProprioAverti", "oui");
        for (const std::string_view nom :
             {"infoProcedureBailMoyen", "infoProcedureBailDate", "infoProcedureBailReponse"}) {
            exiger(nom, "isProprioAverti", averti);
        }
        exiger("infoProcedureReponseAssurance", "infoProcedureAssuranceContactee",
               lot_.vaut("infoProcedureAssuranceContactee", "oui"));
    }

    void position() {
        if (lot_.texte("latitude").has_value() == lot_.texte("longitude").has_value()) return;
        noter(lot_.texte("latitude") ? "longitude" : "latitude", Manquement::Obligatoire);
    }

    void lieu(std::string_view codePostalNom, std::string_view inseeNom) {
        const auto codePostal = lot_.texte(codePostalNom);
        const auto insee = lot_.texte(inseeNom);
        if (!lot_.contexte.lieu || !codePostal || !insee || !lot_.touche(codePostalNom, inseeNom)) return;
        const auto situation = lot_.contexte.lieu(*codePostal, *insee);
        if (!situation.communeConnue) noter(codePostalNom, Manquement::CommuneIncoherente);
        if (lot_.contexte.ouvertSeulement && !situation.territoireOuvert)
            noter(codePostalNom, Manquement::TerritoireFerme);
    }

    const Lot& lot_;
    std::vector<core::Violation>& violations_;
};

}  // namespace

std::optional<std::string_view> Lot::texte(std::string_view nom) const {
    const auto place = valeurs.find(nom);
    if (place == valeurs.end() || !place->second) return std::nullopt;
    return std::string_view(*place->second);
}

bool Lot::touche(std::string_view un, std::string_view autre) const {
    return entier || envoyees.contains(un) || envoyees.contains(autre);
}

core::Violation manquement(const ChampDeSection& champ, Manquement quoi, std::string limite) {
    const intake::Violation violation{std::string(champ.nom), std::string(champ.libelle), quoi, std::move(limite), {}};
    return {violation.propriete, std::string(codeDe(quoi)), violation.message()};
}

void reglesCroisees(const Lot& lot, std::vector<core::Violation>& violations) {
    Regles(lot, violations).mener();
}

}  // namespace histologe::intake
