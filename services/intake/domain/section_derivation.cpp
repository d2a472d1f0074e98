// What follows from the values of a section.
#include <algorithm>
#include <initializer_list>
#include <string>

#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/section_listes.hpp"
#include "services/intake/domain/section_regles.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using tables::kIC;
using tables::kIP;
using tables::kSF;
using tables::kTCL;

std::optional<std::string> valeur(const Valeurs& valeurs, std::string_view nom) {
    const auto place = valeurs.find(nom);
    return place == valeurs.end() ? std::nullopt : place->second;
}

bool change(const Valeurs& avant, const Valeurs& apres, std::initializer_list<std::string_view> noms) {
    return std::any_of(noms.begin(), noms.end(),
                       [&](std::string_view nom) { return valeur(avant, nom) != valeur(apres, nom); });
}

bool vaut(const Valeurs& valeurs, std::string_view nom, std::string_view attendu) {
    return valeur(valeurs, nom) == attendu;
}

std::string enMajuscules(std::string texte) {
    for (char& c : texte) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return texte;
}

// The flags by which the evaluation knows a dwelling under the roof or below the ground.
void etage(const std::optional<std::string>& etage, const std::optional<std::string>& fenetres, bool appartement,
           Fiche& fiche) {
    const auto drapeau = [&](std::string_view cle, bool estDit, bool valeurDite) {
        garderReponse(kTCL, cle, estDit ? std::optional<std::string>(valeurDite ? "oui" : "non") : std::nullopt, fiche);
    };
    const bool estDit = appartement && etage.has_value();
    const bool sansFenetre = fenetres == "non";
    drapeau("type_logement_rdc", estDit, etage == "RDC");
    drapeau("type_logement_dernier_etage", estDit, etage == "DERNIER_ETAGE");
    drapeau("type_logement_sous_comble_sans_fenetre", estDit, etage == "DERNIER_ETAGE" && sansFenetre);
    drapeau("type_logement_sous_sol_sans_fenetre", estDit, etage == "SOUSSOL" && sansFenetre);
    if (appartement) return;
    garderReponse(kTCL, "type_logement_appartement_etage", std::nullopt, fiche);
    garderReponse(kTCL, "type_logement_appartement_avec_fenetres", std::nullopt, fiche);
    fiche.contenu["logement"]["autresOccupantsDesordre"] = nullptr;
}

void adresse(Fiche& fiche) {
    auto& a = fiche.contenu["adresse"];
    const auto texte = [&](const char* nom) {
        return a.contains(nom) && a[nom].is_string() ? a[nom].get<std::string>() : "";
    };
    std::string ligne = texte("voie");
    for (const auto* nom : {"codePostal", "commune"}) {
        if (const auto partie = texte(nom); !partie.empty()) ligne += (ligne.empty() ? "" : " ") + partie;
    }
    a["libelle"] = ligne;
}

// An address that changed has no known place any more.
void oublierPosition(Fiche& fiche) {
    fiche.contenu["adresse"]["geoloc"] = nullptr;
    fiche.contenu["adresse"]["rnbId"] = nullptr;
}

void position(const Valeurs& valeurs, Fiche& fiche) {
    const auto lat = valeur(valeurs, "latitude");
    const auto lng = valeur(valeurs, "longitude");
    const auto y = lat ? nombreDe(*lat) : std::nullopt;
    const auto x = lng ? nombreDe(*lng) : std::nullopt;
    // (0, 0) is how clients say that they do not know.
    if (y && x && (*y != 0 || *x != 0)) fiche.contenu["adresse"]["geoloc"] = {{"lat", *y}, {"lng", *x}};
}

void construction(const std::optional<std::string>& annee, Fiche& fiche) {
    auto& avant = fiche.contenu["logement"]["constructionAvant1949"];
    avant = annee ? Json(*annee < "1949") : Json(nullptr);
}

// Of the allowance: the document's code, and the answers of the public form.
void allocation(Fiche& fiche) {
    const auto code = texteEn(fiche.contenu, "/foyer/allocataire");
    std::optional<std::string> oui;
    std::optional<std::string> caisse;
    if (code) oui = *code == "0" ? "non" : "oui";
    if (code == "CAF") caisse = "caf";
    if (code == "MSA") caisse = "msa";
    garderReponse(kSF, "logement_social_allocation", oui, fiche);
    garderReponse(kSF, "logement_social_allocation_caisse", caisse, fiche);
}

void relogement(const std::optional<std::string>& demande, Fiche& fiche) {
    const auto profil = profilDuDeclarant(fiche.contenu);
    if (profil && estOccupant(*profil)) {
        garderReponse(kSF, "logement_social_demande_relogement", demande, fiche);
    } else {
        garderReponse(kIC, "informations_complementaires_situation_occupants_demande_relogement", demande, fiche);
    }
}

void composition(const Valeurs& avant, const Valeurs& v, Fiche& fiche) {
    const bool appartement = vaut(v, "type", "appartement");
    if (!vaut(v, "type", "autre")) garderReponse(kTCL, "type_logement_nature_autre_precision", std::nullopt, fiche);
    if (change(avant, v, {"type", "etage", "avecFenetres"})) {
        etage(valeur(v, "etage"), valeur(v, "avecFenetres"), appartement, fiche);
    }
    // Questions that are asked only after another answer.
    const auto siNon = [&](const char* question, const char* suite) {
        if (!vaut(v, question, "non")) garderReponse(kTCL, suite, std::nullopt, fiche);
    };
    siNon("typeLogementCommoditesCuisine", "type_logement_commodites_cuisine_collective");
    siNon("typeLogementCommoditesSalleDeBain", "type_logement_commodites_salle_de_bain_collective");
    siNon("typeLogementCommoditesWc", "type_logement_commodites_wc_collective");
    if (!vaut(v, "typeLogementCommoditesWc", "oui") || !vaut(v, "typeLogementCommoditesCuisine", "oui")) {
        garderReponse(kTCL, "type_logement_commodites_wc_cuisine", std::nullopt, fiche);
    }
}

// `collective` is no, and shared by several dwellings.
void commodite(const std::optional<std::string>& reponse, const std::string& cle, Fiche& fiche) {
    std::optional<std::string> collective;
    if (reponse == "collective") collective = "oui";
    if (reponse == "non") collective = "non";
    garderReponse(kTCL, cle, reponse == "collective" ? std::optional<std::string>("non") : reponse, fiche);
    garderReponse(kTCL, cle + "_collective", collective, fiche);
}

void chauffage(const std::optional<std::string>& code, Fiche& fiche) {
    struct Nom {
        std::string_view code, mot, nom;
    };
    constexpr Nom kNoms[] = {{"ELECTRIQUE", "electrique", "Chauffage électrique"},
                             {"GAZ", "gaz", "Chauffage au gaz, bois, éthanol ou fioul"},
                             {"AUCUN", "aucun", "Aucun radiateur ou moyen de chauffage fixe"},
                             {"NSP", "nsp", "Type de chauffage inconnu"}};
    for (const auto& nom : kNoms) {
        if (code != nom.code) continue;
        fiche.contenu["precisionsLibres"]["desordres_logement_chauffage"] = nom.nom;
        garderReponse({}, "desordres_logement_chauffage_type", std::string(nom.mot), fiche);
    }
}

void etapeLogement(const Valeurs& v, Fiche& fiche) {
    const bool appartement = texteEn(fiche.contenu, "/logement/nature") == "appartement";
    etage(valeur(v, "appartementEtage"), valeur(v, "appartementAvecFenetres"), appartement, fiche);
    commodite(valeur(v, "cuisine"), "type_logement_commodites_cuisine", fiche);
    commodite(valeur(v, "sdb"), "type_logement_commodites_salle_de_bain", fiche);
    commodite(valeur(v, "toilettes"), "type_logement_commodites_wc", fiche);
    if (!vaut(v, "cuisine", "oui") || !vaut(v, "toilettes", "oui")) {
        garderReponse(kTCL, "type_logement_commodites_wc_cuisine", std::nullopt, fiche);
    }
    chauffage(valeur(v, "typeChauffage"), fiche);
    construction(valeur(v, "anneeConstruction"), fiche);
}

void etapeSituation(const Valeurs& v, Fiche& fiche) {
    auto& code = fiche.contenu["foyer"]["allocataire"];
    if (vaut(v, "allocataire", "non")) code = "0";
    if (vaut(v, "allocataire", "oui")) code = enMajuscules(valeur(v, "caisseAllocation").value_or("1"));
    allocation(fiche);
    relogement(valeur(v, "isRelogement"), fiche);
    std::optional<std::string> assurance;
    if (vaut(v, "logementAssure", "non")) assurance = "pas_assurance_logement";
    if (vaut(v, "logementAssure", "oui")) assurance = valeur(v, "assuranceContactee");
    garderReponse(kIP, "info_procedure_assurance_contactee", assurance, fiche);
}

void occupation(const std::optional<std::string>& profil, Fiche& fiche) {
    if (!profil || profil == "indetermine") return;
    const bool vacant = profil == "vacant" || profil == "logement_vacant";
    fiche.contenu["logement"]["vacant"] = vacant;
    fiche.contenu["occupant"]["profil"] = vacant ? Json(nullptr) : Json(*profil);
}

void etapeAdresse(const Valeurs& v, Fiche& fiche) {
    adresse(fiche);
    position(v, fiche);
    // Without the code of the address base the address was typed.
    fiche.contenu["adresse"]["saisieManuelle"] = !valeur(v, "latitude").has_value();
    occupation(valeur(v, "profileOccupant"), fiche);
    if (!vaut(v, "natureLogement", "autre"))
        garderReponse(kTCL, "type_logement_nature_autre_precision", std::nullopt, fiche);
}

void secoursAdresse(const Valeurs& v, Fiche& fiche) {
    etapeAdresse(v, fiche);
    const bool appartement = vaut(v, "natureLogement", "appartement");
    etage(valeur(v, "typeEtageLogement"), std::nullopt, appartement, fiche);
    auto& numero = fiche.contenu["adresse"]["etage"];
    if (appartement && vaut(v, "typeEtageLogement", "SOUSSOL")) numero = "-1";
    if (!appartement || vaut(v, "typeEtageLogement", "RDC") || vaut(v, "typeEtageLogement", "DERNIER_ETAGE"))
        numero = nullptr;
}

void secoursOccupant(const Valeurs& v, Fiche& fiche) {
    occupation(valeur(v, "profilOccupant"), fiche);
    const auto adultes = valeur(v, "nbAdultesDansLogement");
    const auto enfants = valeur(v, "nbEnfantsDansLogement");
    if (!adultes && !enfants) return;
    fiche.contenu["logement"]["nbOccupants"] =
        entierDe(adultes.value_or("0")).value_or(0) + entierDe(enfants.value_or("0")).value_or(0);
}

}  // namespace

void deriver(SectionId section, const Valeurs& avant, const Valeurs& v, Fiche& fiche) {
    switch (section) {
        case SectionId::Adresse:
            if (!change(avant, v, {"adresse", "codePostal", "ville", "insee"})) return;
            adresse(fiche);
            return oublierPosition(fiche);
        case SectionId::CoordonneesFoyer:
            if (profilDuDeclarant(fiche.contenu) == Profil::BailleurOccupant) {
                fiche.contenu["proprietaire"]["denomination"] = fiche.contenu["declarant"]["structure"];
            }
            return;
        case SectionId::InformationsLogement:
            if (change(avant, v, {"anneeConstruction"})) construction(valeur(v, "anneeConstruction"), fiche);
            return;
        case SectionId::CompositionLogement:
            return composition(avant, v, fiche);
        case SectionId::SituationFoyer:
            if (change(avant, v, {"isAllocataire"})) allocation(fiche);
            if (change(avant, v, {"isRelogement"})) relogement(valeur(v, "isRelogement"), fiche);
            return;
        case SectionId::EtapeAdresse:
            return etapeAdresse(v, fiche);
        case SectionId::EtapeLogement:
            return etapeLogement(v, fiche);
        case SectionId::EtapeSituation:
            return etapeSituation(v, fiche);
        case SectionId::SecoursAdresse:
            return secoursAdresse(v, fiche);
        case SectionId::SecoursOccupant:
            return secoursOccupant(v, fiche);
        case SectionId::CoordonneesTiers:
        case SectionId::CoordonneesBailleur:
        case SectionId::CoordonneesAgence:
        case SectionId::CoordonneesSyndic:
        case SectionId::ProcedureDemarches:
        case SectionId::LogementVacant:
        case SectionId::EtapeCoordonnees:
        case SectionId::Mission:
        case SectionId::SecoursBailleur:
            return;
    }
}

}  // namespace histologe::intake
