// Each rule of validation, with answers that are absent, wrong, too long or hostile.
#include <catch2/catch.hpp>

#include "libs/core/text.hpp"
#include "services/intake/domain/regles.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

Json complet() {
    return echantillon("step__validation_signalement__locataire");
}

// The complete draft with one answer changed.
Json avec(const std::string& cle, Json valeur) {
    Json charge = complet();
    charge[cle] = std::move(valeur);
    return charge;
}

Json sans(const std::string& cle) {
    Json charge = complet();
    charge.erase(cle);
    return charge;
}

}  // namespace

TEST_CASE("the table of fields: every key is found, its property is its camelCase, unknown keys are not") {
    for (const Regle& regle : regles()) {
        CAPTURE(regle.cle);
        CHECK(champDe(regle.cle) == regle.champ);
        CHECK(proprieteDe(regle.champ) == core::toCamelCase(regle.cle));
        CHECK_FALSE(champDe(std::string(regle.cle) + "x"));
    }
    CHECK_FALSE(champDe(""));
    CHECK_FALSE(champDe("uuidSignalementDraft"));
    CHECK_FALSE(champDe(std::string(10000, 'a')));
}

TEST_CASE("a complete draft breaks no rule") {
    CHECK(violationsDe(complet()) == Liste{});
}

TEST_CASE("an empty draft is told everything that is always required") {
    CHECK(violationsDe(Json::object()) == Liste{"profil: obligatoire", "adresseLogementAdresse: obligatoire",
                                                "adresseLogementAdresseDetailCodePostal: obligatoire",
                                                "adresseLogementAdresseDetailCommune: obligatoire",
                                                "adresseLogementAdresseDetailInsee: obligatoire",
                                                "signalementConcerneProfil: obligatoire"});
}

TEST_CASE("answers required of a profile at every call") {
    const auto requis = [](const char* profil) {
        Liste noms;
        for (const std::string& violation : violationsDe({{"profil", profil}})) {
            if (violation.starts_with("vosCoordonnees")) noms.push_back(violation.substr(0, violation.find(':')));
        }
        return noms;
    };
    const Liste tiers{"vosCoordonneesTiersNom", "vosCoordonneesTiersPrenom", "vosCoordonneesTiersEmail",
                      "vosCoordonneesTiersTel"};
    Liste organisme{"vosCoordonneesTiersNomOrganisme"};
    organisme.insert(organisme.end(), tiers.begin(), tiers.end());
    const Liste occupant{"vosCoordonneesOccupantNom", "vosCoordonneesOccupantPrenom", "vosCoordonneesOccupantEmail",
                         "vosCoordonneesOccupantTel"};
    Liste locataire{"vosCoordonneesOccupantCivilite"};
    locataire.insert(locataire.end(), occupant.begin(), occupant.end());
    CHECK(requis("locataire") == locataire);
    CHECK(requis("bailleur_occupant") == occupant);
    CHECK(requis("tiers_particulier") == tiers);
    CHECK(requis("bailleur") == tiers);
    CHECK(requis("tiers_pro") == organisme);
    CHECK(requis("service_secours") == organisme);
    CHECK(requis("fantome").empty());
}

TEST_CASE("answers required at the final step only") {
    const auto ajoutes = [](const char* profil) {
        Json charge = {{"profil", profil}};
        const Liste avant = violationsDe(charge);
        charge["currentStep"] = kEtapeFinale;
        Liste noms;
        for (const std::string& violation : violationsDe(charge)) {
            if (std::find(avant.begin(), avant.end(), violation) == avant.end()) noms.push_back(violation);
        }
        return noms;
    };
    const std::string pieces = "compositionLogementNbPieces: obligatoire";
    const std::string superficie = "compositionLogementSuperficie: obligatoire";
    const std::string nom = "coordonneesOccupantNom: obligatoire";
    const std::string prenom = "coordonneesOccupantPrenom: obligatoire";
    CHECK(ajoutes("locataire") == Liste{superficie, pieces});
    CHECK(ajoutes("tiers_particulier") == Liste{nom, prenom, pieces});
    CHECK(ajoutes("tiers_pro") == Liste{nom, prenom, pieces});
    CHECK(ajoutes("service_secours") == Liste{pieces});
    // Where the reference answers 500: the kind of owner.
    CHECK(ajoutes("bailleur_occupant") ==
          Liste{"signalementConcerneProfilDetailBailleurProprietaire: obligatoire", superficie, pieces});
    CHECK(ajoutes("bailleur") ==
          Liste{"signalementConcerneProfilDetailBailleurBailleur: obligatoire", nom, prenom, pieces});
}

TEST_CASE("a departure needs its notice, unless the occupant owns the dwelling") {
    const std::string attendue = "travailleurSocialPreavisDepart: obligatoire";
    Json charge = sans("travailleur_social_preavis_depart");
    CHECK(violationsDe(charge) == Liste{attendue});
    charge["travailleur_social_quitte_logement"] = "non";
    CHECK(violationsDe(charge) == Liste{});
    charge["travailleur_social_quitte_logement"] = "oui";
    charge["signalement_concerne_profil_detail_occupant"] = "bailleur_occupant";
    CHECK(violationsDe(charge) == Liste{});
    charge["signalement_concerne_profil_detail_occupant"] = "locataire";
    charge["signalement_concerne_profil_detail_profil_occupant"] = "bailleur_occupant";
    CHECK(violationsDe(charge) == Liste{});
    charge.erase("signalement_concerne_profil_detail_profil_occupant");
    charge["currentStep"] = "travailleur_social";
    CHECK(violationsDe(charge) == Liste{});
}

TEST_CASE("lengths count characters, not bytes") {
    std::string cinquante;
    for (int i = 0; i < 50; ++i) cinquante += "é";
    CHECK(violationsDe(avec("vos_coordonnees_occupant_nom", cinquante)) == Liste{});
    CHECK(violationsDe(avec("vos_coordonnees_occupant_nom", cinquante + "é")) ==
          Liste{"vosCoordonneesOccupantNom: trop_long"});
    CHECK(violationsDe(avec("adresse_logement_complement_adresse_escalier", "😀😀😀")) == Liste{});
    CHECK(violationsDe(avec("adresse_logement_complement_adresse_escalier", "😀😀😀😀")) ==
          Liste{"adresseLogementComplementAdresseEscalier: trop_long"});
}

TEST_CASE("every text is bounded: 10 000 characters are refused everywhere but in the message") {
    for (const Regle& regle : regles()) {
        if (regle.champ == Champ::Profil || regle.champ == Champ::CurrentStep) continue;
        CAPTURE(regle.cle);
        const Liste violations = violationsDe(avec(std::string(regle.cle), std::string(10000, 'a')));
        const std::string propriete(proprieteDe(regle.champ));
        const bool dite = std::any_of(violations.begin(), violations.end(),
                                      [&](const std::string& v) { return v.starts_with(propriete + ":"); });
        // A month that is not one is dropped without a word.
        CHECK(dite == (regle.champ != Champ::MessageAdministration && regle.champ != Champ::InfoProcedureBailDate));
    }
}

TEST_CASE("arrays, objects and true where a text is expected are told as unreadable, once") {
    for (const Regle& regle : regles()) {
        if (regle.champ == Champ::InfoProcedureBailDate) continue;
        for (const Json& valeur : {Json::array({"a"}), Json({{"a", 1}}), Json(true)}) {
            if (regle.genre == Genre::Booleen && valeur.is_boolean()) continue;
            CAPTURE(regle.cle, valeur.dump());
            const std::string attendue = std::string(proprieteDe(regle.champ)) + ": type_invalide";
            const Liste violations = violationsDe(avec(std::string(regle.cle), valeur));
            CHECK(std::count(violations.begin(), violations.end(), attendue) == 1);
        }
    }
}

TEST_CASE("falsy values are no answer") {
    for (const Json& valeur :
         {Json(nullptr), Json(""), Json("0"), Json(0), Json(false), Json::array(), Json::object(), Json(0.0)}) {
        CAPTURE(valeur.dump());
        CHECK(violationsDe(avec("vos_coordonnees_occupant_nom", valeur)) ==
              Liste{"vosCoordonneesOccupantNom: obligatoire"});
        CHECK(violationsDe(avec("type_logement_nature", valeur)) == Liste{});
    }
    // Decision: blanks alone are no name.
    CHECK(violationsDe(avec("vos_coordonnees_occupant_nom", " \t ")) ==
          Liste{"vosCoordonneesOccupantNom: obligatoire"});
    CHECK(violationsDe(avec("vos_coordonnees_occupant_email", "  ")) ==
          Liste{"vosCoordonneesOccupantEmail: obligatoire"});
    CHECK(violationsDe(avec("coordonnees_bailleur_prenom", "  ")) == Liste{});
    CHECK(violationsDe(avec("coordonnees_bailleur_prenom", std::string(10000, ' '))) ==
          Liste{"coordonneesBailleurPrenom: trop_long"});
    CHECK(violationsDe(avec("coordonnees_bailleur_email", "  ")) ==
          Liste{"coordonneesBailleurEmail: courriel_invalide"});
    CHECK(violationsDe(avec("type_logement_nature", "  ")) == Liste{"typeLogementNature: choix_inconnu"});
}

TEST_CASE("choices are closed") {
    for (const Regle& regle : regles()) {
        if (regle.choix.empty() || regle.champ == Champ::Profil) continue;
        CAPTURE(regle.cle);
        const std::string attendue = std::string(proprieteDe(regle.champ)) + ": choix_inconnu";
        for (const Json& valeur :
             {Json("OUI"), Json("peut-être"), Json(7), Json("oui "), Json(std::string("oui\0", 4))}) {
            const Liste violations = violationsDe(avec(std::string(regle.cle), valeur));
            CHECK(std::count(violations.begin(), violations.end(), attendue) == 1);
        }
        for (const std::string_view choix : regle.choix) {
            const Liste violations = violationsDe(avec(std::string(regle.cle), choix));
            CHECK(std::count(violations.begin(), violations.end(), attendue) == 0);
        }
    }
    // Where the reference answers 500.
    CHECK(violationsDe(avec("desordres_logement_chauffage_type", "nucleaire")) ==
          Liste{"desordresLogementChauffageType: choix_inconnu"});
    CHECK(violationsDe({{"profil", "autre"}}).front() == "profil: choix_inconnu");
}

TEST_CASE("numbers have bounds") {
    const auto surface = [](Json valeur) {
        return violationsDe(avec("composition_logement_superficie", std::move(valeur)));
    };
    CHECK(surface("9999.9") == Liste{});
    CHECK(surface(12) == Liste{});
    CHECK(surface("0.5") == Liste{});
    CHECK(surface("10000") == Liste{"compositionLogementSuperficie: trop_grand"});
    CHECK(surface("-1") == Liste{"compositionLogementSuperficie: trop_petit"});
    CHECK(surface("0.0") == Liste{"compositionLogementSuperficie: trop_petit"});
    CHECK(surface("23,5") == Liste{"compositionLogementSuperficie: nombre_attendu"});
    CHECK(surface("grande") == Liste{"compositionLogementSuperficie: nombre_attendu"});
    CHECK(surface("1e400") == Liste{"compositionLogementSuperficie: nombre_attendu"});
    const auto pieces = [](Json valeur) {
        return violationsDe(avec("composition_logement_nb_pieces", std::move(valeur)));
    };
    CHECK(pieces("999") == Liste{});
    CHECK(pieces("998.2") == Liste{});
    CHECK(pieces("999.5") == Liste{"compositionLogementNbPieces: trop_grand"});
    CHECK(pieces("0") == Liste{"compositionLogementNbPieces: trop_petit"});
    CHECK(pieces(1e300) == Liste{"compositionLogementNbPieces: trop_grand"});
    const auto personnes = [](Json valeur) {
        return violationsDe(avec("composition_logement_nombre_personnes", std::move(valeur)));
    };
    CHECK(personnes("99") == Liste{});
    CHECK(personnes("100") == Liste{"compositionLogementNombrePersonnes: trop_grand"});
    CHECK(personnes("-0.5").size() == 2);
}

TEST_CASE("no more children than persons") {
    const auto enfants = [](Json nombre, Json personnes) {
        Json charge = avec("composition_logement_nombre_enfants", std::move(nombre));
        charge["composition_logement_nombre_personnes"] = std::move(personnes);
        return violationsDe(charge);
    };
    CHECK(enfants("3", "3") == Liste{});
    CHECK(enfants("0", "1") == Liste{});
    CHECK(enfants("4", "3") == Liste{"compositionLogementNombreEnfants: enfants_trop_nombreux"});
    CHECK(enfants("4", nullptr) == Liste{});
    CHECK(enfants(nullptr, "3") == Liste{});
    CHECK(enfants("-1", "3") == Liste{"compositionLogementNombreEnfants: trop_petit"});
    CHECK(enfants("99999999999", "3") == Liste{"compositionLogementNombreEnfants: trop_grand"});
}

TEST_CASE("postcodes and commune codes have their form") {
    for (const char* code : {"1300", "130022", "1300a", "13 02", "١٣٠٠٢"}) {
        CAPTURE(code);
        CHECK(violationsDe(avec("adresse_logement_adresse_detail_code_postal", code)) ==
              Liste{"adresseLogementAdresseDetailCodePostal: code_postal_invalide"});
        CHECK(violationsDe(avec("coordonnees_bailleur_adresse_detail_code_postal", code)) ==
              Liste{"coordonneesBailleurAdresseDetailCodePostal: code_postal_invalide"});
    }
    CHECK(violationsDe(avec("adresse_logement_adresse_detail_insee", "2A004")) == Liste{});
    for (const char* code : {"A2004", "1320", "132021", "13é02", "13-02"}) {
        CAPTURE(code);
        CHECK(violationsDe(avec("adresse_logement_adresse_detail_insee", code)) ==
              Liste{"adresseLogementAdresseDetailInsee: code_insee_invalide"});
    }
}

TEST_CASE("dates exist, and birth dates are past") {
    const auto naissance = [](Json valeur) {
        return violationsDe(avec("logement_social_date_naissance", std::move(valeur)));
    };
    CHECK(naissance("2026-08-06") == Liste{});
    CHECK(naissance("1850-01-01") == Liste{});
    CHECK(naissance("2026-08-07") == Liste{"logementSocialDateNaissance: date_non_passee"});
    CHECK(naissance("3000-01-01") == Liste{"logementSocialDateNaissance: date_non_passee"});
    CHECK(naissance("1970-02-30") == Liste{"logementSocialDateNaissance: date_invalide"});
    CHECK(naissance("01/02/1970") == Liste{"logementSocialDateNaissance: date_invalide"});
    const auto emmenagement = [](Json valeur) {
        return violationsDe(avec("bail_dpe_date_emmenagement", std::move(valeur)));
    };
    CHECK(emmenagement("1900-01-02") == Liste{});
    CHECK(emmenagement("1900-01-01") == Liste{"bailDpeDateEmmenagement: date_trop_ancienne"});
    CHECK(emmenagement("2026-08-07") == Liste{});
    CHECK(emmenagement("2026-08-08") == Liste{"bailDpeDateEmmenagement: date_non_passee"});
    CHECK(violationsDe(avec("informations_complementaires_situation_occupants_date_emmenagement", "2026-08-08")) ==
          Liste{"informationsComplementairesSituationOccupantsDateEmmenagement: date_non_passee"});
    const auto annee = [](Json valeur) {
        return violationsDe(avec("informations_complementaires_logement_annee_construction", std::move(valeur)));
    };
    CHECK(annee("1948") == Liste{});
    CHECK(annee("48") == Liste{"informationsComplementairesLogementAnneeConstruction: annee_invalide"});
    CHECK(annee("vers 1950") == Liste{"informationsComplementairesLogementAnneeConstruction: annee_invalide"});
}

TEST_CASE("the month in which the landlord was told has begun before today") {
    const auto mois = [](Json valeur, std::chrono::sys_days jour = kAujourdhui) {
        Contexte c = contexte();
        c.aujourdhui = jour;
        return violationsDe(avec("info_procedure_bail_date", std::move(valeur)), c);
    };
    CHECK(mois("08/2026") == Liste{});
    CHECK(mois("09/2026") == Liste{"infoProcedureBailDate: date_non_passee"});
    CHECK(mois("08/2026", std::chrono::year(2026) / 8 / 1) == Liste{"infoProcedureBailDate: date_non_passee"});
    CHECK(mois("08/2026", std::chrono::year(2026) / 8 / 2) == Liste{});
    CHECK(mois("13/2026") == Liste{});
    CHECK(mois(Json::array({1})) == Liste{});
}

TEST_CASE("the place: closed territoire and unknown commune, both on the postcode") {
    int demandes = 0;
    Contexte c = contexte();
    SituationDuLieu situation;
    c.lieu = [&](std::string_view codePostal, std::string_view codeInsee) {
        ++demandes;
        CHECK(codePostal == "13002");
        CHECK(codeInsee == "13202");
        return situation;
    };
    CHECK(violationsDe(complet(), c) == Liste{});
    situation = {.communeConnue = true, .territoireOuvert = false};
    CHECK(violationsDe(complet(), c) == Liste{"adresseLogementAdresseDetailCodePostal: territoire_ferme"});
    situation = {.communeConnue = false, .territoireOuvert = false};
    CHECK(violationsDe(complet(), c) == Liste{"adresseLogementAdresseDetailCodePostal: territoire_ferme",
                                              "adresseLogementAdresseDetailCodePostal: commune_incoherente"});
    CHECK(demandes == 3);
    violationsDe(avec("adresse_logement_adresse_detail_insee", "x"), c);
    violationsDe(avec("adresse_logement_adresse_detail_code_postal", "x"), c);
    CHECK(demandes == 3);
}

TEST_CASE("consents: those shown must be given, at the final step") {
    CHECK(violationsDe(avec("utilisation_service_ok_visite", nullptr)) ==
          Liste{"utilisationServiceOkVisite: consentement_requis"});
    CHECK(violationsDe(avec("utilisation_service_ok_cgu", 0)) == Liste{"utilisationServiceOkCgu: consentement_requis"});
    CHECK(violationsDe(sans("utilisation_service_ok_prevenir_bailleur")) ==
          Liste{"utilisationServiceOkPrevenirBailleur: consentement_requis"});
    CHECK(violationsDe(sans("utilisation_service_ok_demande_logement")) ==
          Liste{"utilisationServiceOkDemandeLogement: consentement_requis"});
    CHECK(violationsDe(avec("utilisation_service_ok_donnees_sante", nullptr)) ==
          Liste{"utilisationServiceOkDonneesSante: consentement_requis"});
    // The health-data box is newer than some forms.
    CHECK(violationsDe(sans("utilisation_service_ok_donnees_sante")) == Liste{});
    Json autreEtape = avec("utilisation_service_ok_visite", nullptr);
    autreEtape["currentStep"] = "utilisation_service";
    CHECK(violationsDe(autreEtape) == Liste{});
    for (const Json& oui : {Json(1), Json(true), Json("1"), Json("oui")}) {
        CHECK(violationsDe(avec("utilisation_service_ok_visite", oui)) == Liste{});
    }
    CHECK(violationsDe(avec("utilisation_service_ok_visite", "peut-être")) ==
          Liste{"utilisationServiceOkVisite: type_invalide"});
    // Decision: none shown, none required, unless the service is told to.
    const Json jamaisMontres = [] {
        Json charge = echantillon("bailleur_occupant");
        charge["currentStep"] = kEtapeFinale;
        return charge;
    }();
    CHECK(violationsDe(jamaisMontres) == Liste{});
    Contexte strict = contexte();
    strict.consentementsToujours = true;
    CHECK(violationsDe(jamaisMontres, strict) == Liste{"utilisationServiceOkVisite: consentement_requis",
                                                       "utilisationServiceOkDemandeLogement: consentement_requis",
                                                       "utilisationServiceOkCgu: consentement_requis"});
}

TEST_CASE("characters that cannot be kept are refused wherever they stand") {
    const std::string nul("a\0b", 3);
    CHECK(violationsDe(avec("vos_coordonnees_occupant_nom", nul)) ==
          Liste{"vosCoordonneesOccupantNom: caractere_interdit"});
    CHECK(violationsDe(avec("message_administration", nul)) == Liste{"messageAdministration: caractere_interdit"});
    CHECK(violationsDe(avec("une_cle_inconnue", nul)) == Liste{"uneCleInconnue: caractere_interdit"});
    CHECK(violationsDe(avec("une_cle_inconnue", {{"a", {1, nul}}})) == Liste{"uneCleInconnue: caractere_interdit"});
    CHECK(violationsDe(avec("info_procedure_bail_date", nul)) == Liste{"infoProcedureBailDate: caractere_interdit"});
    CHECK(violationsDe(avec(std::string("cl\0e", 4), 1)) == Liste{"cl?e: caractere_interdit"});
    // A line break in a name would cut a mail's header in two; in a message it is at home.
    CHECK(violationsDe(avec("vos_coordonnees_occupant_prenom", "a\r\nBcc: x@y.fr")) ==
          Liste{"vosCoordonneesOccupantPrenom: caractere_interdit"});
    CHECK(violationsDe(avec("message_administration", "a\nb\tc")) == Liste{});
}

TEST_CASE("D-37: uploads are lists of files inside the bucket, and nothing else") {
    const auto envoi = [](Json valeur) { return violationsDe(avec("bail_dpe_bail_upload", std::move(valeur))); };
    CHECK(envoi({{{"file", "2026/08/bail-1.pdf"}, {"filePath", "tmp/2026/08/bail-1.pdf"}, {"titre", "bail.pdf"}}}) ==
          Liste{});
    CHECK(envoi(nullptr) == Liste{});
    CHECK(envoi(Json::array()) == Liste{});
    const Liste refuse{"bailDpeBailUpload: televersement_invalide"};
    CHECK(envoi("bail.pdf") == refuse);
    CHECK(envoi(Json::array({"bail.pdf"})) == refuse);
    CHECK(envoi({{{"titre", "bail.pdf"}}}) == refuse);
    CHECK(envoi({{{"file", "../../etc/passwd"}}}) == refuse);
    CHECK(envoi({{{"file", "/etc/passwd"}}}) == refuse);
    CHECK(envoi({{{"file", std::string(300, 'a')}}}) == refuse);
    CHECK(envoi({{{"file", 12}}}) == refuse);
    CHECK(envoi({{"a", 1}}) == refuse);
    CHECK(violationsDe(avec(std::string("cl\0e_upload", 11), "bail.pdf")) ==
          Liste{"cl?eUpload: televersement_invalide"});
}

TEST_CASE("a payload that is not an object is refused as a whole") {
    for (const Json& charge : {Json(nullptr), Json(1), Json("a"), Json::array({1})}) {
        CHECK_THROWS_AS(Demande(charge), core::Error);
    }
}

TEST_CASE("violations in their two forms") {
    Json charge = avec("adresse_logement_complement_adresse_escalier", "10 rue");
    charge.erase("vos_coordonnees_occupant_nom");
    const Demande demande(charge);
    const auto violations = valider(demande, contexte());
    const auto commun = enViolations(violations);
    REQUIRE(commun.size() == 2);
    CHECK(commun[0] ==
          core::Violation{"adresseLogementComplementAdresseEscalier", "trop_long", "Escalier : 3 caractères au plus."});
    CHECK(commun[1].message == "Votre nom : merci de répondre à cette question.");
    const Json front = enReponseDuFormulaire(violations);
    CHECK(front["type"] == "https://symfony.com/errors/validation");
    CHECK(front["title"] == "Validation Failed");
    CHECK(front["detail"] ==
          "adresseLogementComplementAdresseEscalier: Escalier : 3 caractères au plus.\n"
          "vosCoordonneesOccupantNom: Votre nom : merci de répondre à cette question.");
    REQUIRE(front["violations"].size() == 2);
    CHECK(front["violations"][0] ==
          Json{{"propertyPath", "adresseLogementComplementAdresseEscalier"},
               {"title", "Escalier : 3 caractères au plus."},
               {"template", "{{ label }} : {{ limit }} caractères au plus."},
               {"parameters", {{"{{ label }}", "Escalier"}, {"{{ limit }}", "3"}, {"{{ value }}", "\"10 rue\""}}},
               {"type", "urn:uuid:d94b19cc-114f-4f44-9cc4-4138e80a87b9"}});
    CHECK(front["violations"][1]["parameters"]["{{ value }}"] == "null");
    // What is echoed is short, whole characters, and nothing that cannot be shown.
    const Json nul = avec("type_logement_nature", std::string("a\0b\n", 4));
    const Demande avecNul(nul);
    CHECK(valider(avecNul, contexte()).at(0).valeur == "a b ");
    std::string accents;
    for (int i = 0; i < 10000; ++i) accents += "é";
    const Json long_ = avec("vos_coordonnees_occupant_nom", accents);
    const Demande longue(long_);
    const auto une = valider(longue, contexte());
    REQUIRE(une.size() == 1);
    CHECK(core::countCharacters(*une[0].valeur) == 80);
    CHECK(core::isUtf8(*une[0].valeur));
}
