// Faults that users of such platforms have met in the public form, by their number in the list of demands (D) and of
// peers (P).
#include <catch2/catch.hpp>

#include "services/intake/domain/brouillon.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/telephone.hpp"
#include "tests/unit/intake/commun.hpp"
#include "tests/unit/intake/complet.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

Json avec(std::initializer_list<std::pair<const char*, Json>> reponses, Profil profil = Profil::Locataire) {
    Json charge = complet(profil);
    for (const auto& [cle, valeur] : reponses) charge[cle] = valeur;
    return charge;
}

Liste refus(std::initializer_list<std::pair<const char*, Json>> reponses, Profil profil = Profil::Locataire) {
    return violationsDe(avec(reponses, profil));
}

Json signalementDe(const Json& charge) {
    const Demande demande(charge);
    return enJson(construire(demande, "13"));
}

}  // namespace

TEST_CASE("D-09 in the form: blanks at the ends are no part of a name, an address or an e-mail") {
    const auto s = signalementDe(avec({{"vos_coordonnees_occupant_email", " a@b.fr "},
                                       {"vos_coordonnees_occupant_nom", "Dupont "},
                                       {"adresse_logement_adresse_detail_numero", "1 rue de l'Essai \t"}}));
    CHECK(s.at("occupant").at("courriel") == "a@b.fr");
    CHECK(s.at("occupant").at("nom") == "Dupont");
    CHECK(s.at("adresse").at("voie") == "1 rue de l'Essai");
    const Json l1 = avec({{"vos_coordonnees_occupant_email", " a@b.fr "}});
    const Json l2 = avec({{"vos_coordonnees_occupant_email", "A@B.FR"}});
    const Demande d1(l1);
    const Demande d2(l2);
    CHECK(cleDeDoublon(d1, {})->courriel == cleDeDoublon(d2, {})->courriel);
}

TEST_CASE("D-15 D-16 D-17 in the form: phone numbers as people write them") {
    for (const Json& numero :
         {Json("0808080808"), Json("08 08 08 08 08"), Json("08-08-08-08-08"), Json("33808080808"), Json("+33808080808"),
          Json("+330808080808"), Json("+33 8 08 08 08 08"), Json("0692345678"), Json("+262692345678"),
          Json("+2620692345678"), Json("+39 6 8888 1111"), Json("+3968888111"), Json("+32 2 123 45 67"),
          Json("+41 22 345 67 89"), Json("0041 22 345 67 89"), Json(""), Json(nullptr)}) {
        INFO(numero.dump());
        CHECK(refus({{"vos_coordonnees_occupant_tel_secondaire", numero}}) == Liste{});
    }
    // The country is said by its list beside the number.
    for (const auto& [numero, pays] : std::map<std::string, std::string>{
             {"692345678", "RE:262"}, {"0692345678", "RE:262"}, {"2 123 45 67", "BE:32"}, {"22 345 67 89", "CH:41"}}) {
        INFO(numero);
        CHECK(refus({{"vos_coordonnees_occupant_tel", numero}, {"vos_coordonnees_occupant_tel_countrycode", pays}}) ==
              Liste{});
    }
    for (const char* numero : {"0808080808D", "08ABCD0808", "080808080@", "0808", "Non communiqué", "ABCDEFGHIJ"}) {
        INFO(numero);
        CHECK(refus({{"vos_coordonnees_occupant_tel", numero}}) ==
              Liste{"vosCoordonneesOccupantTel: telephone_invalide"});
    }
    const auto s = signalementDe(avec({{"vos_coordonnees_occupant_tel", "+33 6 12 34 56 78"},
                                       {"vos_coordonnees_occupant_tel_countrycode", "FR:33"}}));
    CHECK(s.at("occupant").at("telephone") == "+33612345678");
    // One prefix, that of the number, whatever the list says.
    CHECK(telephoneNormalise("+33 6 12 34 56 78", "RE:262") == "+33612345678");
    CHECK(telephoneNormalise("+262692345678", "FR:33") == "+262692345678");
    CHECK(telephoneNormalise("00262692345678", "FR:33") == "+262692345678");
    CHECK(telephoneNormalise("33808080808", "FR:33") == "+33808080808");
    CHECK(telephoneNormalise("+33 (0)6 12 34 56 78", "FR:33") == "+330612345678");
    CHECK(telephoneNormalise("33808080808", "BE:32") == "+3233808080808");
}

TEST_CASE("P-122: five ways of writing one number are all taken") {
    for (const char* numero :
         {"05 45 65 33 12", "05.45.65.33.12", "+33545653312", "0033545653312", "  +33 5 45.65.33. 12  "}) {
        INFO(numero);
        CHECK(refus({{"vos_coordonnees_occupant_tel", numero}}) == Liste{});
        const auto garde = telephoneNormalise(numero, "FR:33");
        CHECK((garde == "+330545653312" || garde == "+33545653312"));
    }
}

TEST_CASE("P-115 P-116: e-mails that are nearly right") {
    for (const char* adresse : {"foo@beta@gouv.fr", "a@b@c.fr", "foo@beta.gouv.fr@", "@foo@beta.gouv.fr"}) {
        INFO(adresse);
        CHECK_FALSE(courrielValide(adresse));
        CHECK(refus({{"vos_coordonnees_occupant_email", adresse}}) ==
              Liste{"vosCoordonneesOccupantEmail: courriel_invalide"});
    }
    // Another domain, however it begins, is another domain.
    CHECK(courrielValide("foo@beta.gouv.froops"));
}

TEST_CASE("D-19 D-20 in the form: children are counted as numbers, none is a number") {
    const auto enfants = [](Json personnes, Json combien) {
        return refus({{"composition_logement_nombre_personnes", std::move(personnes)},
                      {"composition_logement_nombre_enfants", std::move(combien)}});
    };
    CHECK(enfants("2", "0") == Liste{});
    CHECK(enfants(2, 0) == Liste{});
    CHECK(enfants("2", "2") == Liste{});
    CHECK(enfants("2", "10") == Liste{"compositionLogementNombreEnfants: enfants_trop_nombreux"});
    const auto s = signalementDe(avec({{"composition_logement_nombre_enfants", 0}}));
    CHECK(s.at("typeCompositionLogement").at("composition_logement_nombre_enfants") == "0");
}

TEST_CASE("D-22 in the form: surfaces and rooms within their bounds") {
    CHECK(refus({{"composition_logement_superficie", "0"}}) == Liste{"compositionLogementSuperficie: obligatoire"});
    CHECK(refus({{"composition_logement_superficie", "0.0"}}) == Liste{"compositionLogementSuperficie: trop_petit"});
    CHECK(refus({{"composition_logement_superficie", "10000"}}) == Liste{"compositionLogementSuperficie: trop_grand"});
    CHECK(refus({{"composition_logement_superficie", "9999"}}) == Liste{});
    CHECK(refus({{"composition_logement_nb_pieces", "0"}}) == Liste{"compositionLogementNbPieces: trop_petit"});
    CHECK(refus({{"composition_logement_nb_pieces", "1000"}}) == Liste{"compositionLogementNbPieces: trop_grand"});
    CHECK(refus({{"composition_logement_nb_pieces", "999"}}) == Liste{});
}

TEST_CASE("D-24 D-25 in the form: nobody entered in the first century, enters or is born tomorrow") {
    for (const char* cle :
         {"bail_dpe_date_emmenagement", "informations_complementaires_situation_occupants_date_emmenagement"}) {
        INFO(cle);
        CHECK(refus({{cle, "0022-01-01"}}).size() == 1);
        CHECK(refus({{cle, "1900-01-01"}}).size() == 1);
        CHECK(refus({{cle, "1900-01-02"}}).empty());
        CHECK(refus({{cle, "2026-08-07"}}).empty());
        CHECK(refus({{cle, "2026-08-08"}}).size() == 1);
    }
    for (const char* cle :
         {"logement_social_date_naissance", "informations_complementaires_situation_occupants_date_naissance",
          "informations_complementaires_situation_bailleur_date_naissance"}) {
        INFO(cle);
        CHECK(refus({{cle, "2026-08-08"}}).size() == 1);
        CHECK(refus({{cle, "2026-08-06"}}).empty());
    }
}

TEST_CASE("D-26 in the form: a month that is none is dropped, one that is stays") {
    for (const char* mois : {"13/2025", "00/2025", "02/2125", "5/2024", "2024-05"}) {
        INFO(mois);
        const auto charge = avec({{"info_procedure_bailleur_prevenu", "oui"}, {"info_procedure_bail_date", mois}});
        CHECK(violationsDe(charge) == Liste{});
        CHECK(signalementDe(charge).at("proprietaire").at("avertiLe").is_null());
    }
    const auto s =
        signalementDe(avec({{"info_procedure_bailleur_prevenu", "oui"}, {"info_procedure_bail_date", "05/2024"}}));
    CHECK(s.at("proprietaire").at("avertiLe") == "2024-05-01");
}

TEST_CASE("D-27 in the form: allocataire non is kept, and unknown is neither yes nor no") {
    const auto dit = [](const Json& reponse, const Json& caisse = nullptr) {
        return signalementDe(
            avec({{"logement_social_allocation", reponse}, {"logement_social_allocation_caisse", caisse}}));
    };
    CHECK(dit("non").at("foyer").at("allocataire") == "0");
    CHECK(dit("non").at("situationFoyer").at("logement_social_allocation") == "non");
    CHECK(dit("nsp").at("foyer").at("allocataire").is_null());
    CHECK(dit(nullptr).at("foyer").at("allocataire").is_null());
    CHECK(dit("oui").at("foyer").at("allocataire") == "1");
    CHECK(dit("oui", "caf").at("foyer").at("allocataire") == "CAF");
    CHECK(dit("oui", "msa").at("foyer").at("allocataire") == "MSA");
}

TEST_CASE("D-28: each beginning of the désordres that the form offers is stored under its own code") {
    const std::map<std::string, std::string> codes = {
        {"less_1_month", "LESS_1_MONTH"}, {"months_1_to_6", "MONTHS_1_TO_6"}, {"months_6_to_12", "MONTHS_6_TO_12"},
        {"years_1_to_2", "YEARS_1_TO_2"}, {"more_2_years", "MORE_2_YEARS"},   {"nsp", "NSP"}};
    for (const auto& [mot, code] : codes) {
        CHECK(refus({{"zone_concernee_debut_desordres", mot}}) == Liste{});
        CHECK(signalementDe(avec({{"zone_concernee_debut_desordres", mot}})).at("debutDesordres") == code);
    }
    CHECK(refus({{"zone_concernee_debut_desordres", "MONTHS_1_to_6"}}) ==
          Liste{"zoneConcerneeDebutDesordres: choix_inconnu"});
}

TEST_CASE("D-31 in the form: a wrong answer of a later screen is told with the screen that is saved, by its name") {
    auto charge = avec({{"coordonnees_bailleur_email", "personne"}, {"currentStep", "zone_concernee"}});
    CHECK(violationsDe(charge) == Liste{"coordonneesBailleurEmail: courriel_invalide"});
}

TEST_CASE("D-33 in the form: too long an answer names its limit") {
    const auto message = [](const char* cle, std::size_t longueur) {
        const Json charge = avec({{cle, std::string(longueur, '1')}});
        const Demande demande(charge);
        const auto violations = valider(demande, contexte());
        return violations.empty() ? std::string() : violations[0].message();
    };
    CHECK(message("logement_social_numero_allocataire", 25).empty());
    CHECK(message("logement_social_numero_allocataire", 26) == "Numéro d'allocataire : 25 caractères au plus.");
    CHECK(message("bail_dpe_invariant", 12).empty());
    CHECK(message("bail_dpe_invariant", 13) == "Numéro invariant du logement : 12 caractères au plus.");
}

TEST_CASE("D-35 in the form: without a profile the draft is refused, not broken") {
    for (const Json& rien : {Json(nullptr), Json(""), Json(false)}) {
        CHECK(refus({{"profil", rien}}) == Liste{"profil: obligatoire"});
    }
    CHECK(refus({{"profil", "autre"}}) == Liste{"profil: choix_inconnu"});
    CHECK(refus({{"signalement_concerne_profil_detail_bailleur_bailleur", nullptr}}, Profil::Bailleur) ==
          Liste{"signalementConcerneProfilDetailBailleurBailleur: obligatoire"});
}

TEST_CASE("D-37 in the form: one file where a list of files is due is refused") {
    const Json fichier = {{"file", "2026/08/bail.pdf"}, {"titre", "bail.pdf"}};
    CHECK(refus({{"bail_dpe_bail_upload", fichier}}) == Liste{"bailDpeBailUpload: televersement_invalide"});
    CHECK(refus({{"bail_dpe_bail_upload", "2026/08/bail.pdf"}}) == Liste{"bailDpeBailUpload: televersement_invalide"});
    CHECK(refus({{"bail_dpe_bail_upload", Json::array({fichier})}}) == Liste{});
}

TEST_CASE("D-44 in the form: a commune's code may hold a letter") {
    CHECK(refus({{"adresse_logement_adresse_detail_insee", "2A004"}}) == Liste{});
    CHECK(refus({{"adresse_logement_adresse_detail_insee", "2b033"}}) == Liste{});
}

TEST_CASE("P-005 P-006 P-007: the list of subjects is absent, or a list by zone, and nothing else") {
    for (const Json& absent : {Json(nullptr), Json::object(), Json::array()}) {
        CHECK(refus({{"categorieDisorders", absent}}) == Liste{});
    }
    auto sans = complet(Profil::Locataire);
    sans.erase("categorieDisorders");
    CHECK(violationsDe(sans) == Liste{});
    CHECK(refus({{"categorieDisorders", {{"batiment", Json::array()}, {"logement", nullptr}}}}) == Liste{});
    const Liste refusee{"categorieDisorders: type_invalide"};
    CHECK(refus({{"categorieDisorders", {{"batiment", Json::object({{"0", "desordres_batiment_bruit"}})}}}}) ==
          refusee);
    CHECK(refus({{"categorieDisorders", {{"batiment", "desordres_batiment_bruit"}}}}) == refusee);
    CHECK(refus({{"categorieDisorders", {{"batiment", {1}}}}}) == refusee);
    CHECK(refus({{"categorieDisorders", {"desordres_batiment_bruit"}}}) == refusee);
    CHECK(refus({{"categorieDisorders", "desordres_batiment_bruit"}}) == refusee);
}

TEST_CASE("P-008: coordinates are no address, and are kept with one") {
    const auto ou = avec(
        {{"adresse_logement_adresse_detail_geoloc_lat", 43.3}, {"adresse_logement_adresse_detail_geoloc_lng", 5.4}});
    CHECK(signalementDe(ou).at("adresse").at("geoloc") == Json{{"lat", 43.3}, {"lng", 5.4}});
    auto sans = ou;
    sans.erase("adresse_logement_adresse");
    // Decision: who acts on a dwelling is told by its commune, so that the address is always asked.
    CHECK(violationsDe(sans) == Liste{"adresseLogementAdresse: obligatoire"});
}

TEST_CASE("P-015 in the form: a text over its limit names the field") {
    std::string reponse(255, 'x');
    CHECK(refus({{"info_procedure_bail_reponse", reponse}}) == Liste{});
    CHECK(refus({{"info_procedure_bail_reponse", reponse + "x"}}) == Liste{"infoProcedureBailReponse: trop_long"});
}
