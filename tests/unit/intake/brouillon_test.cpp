// What is kept and answered about a draft.
#include "services/intake/domain/brouillon.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

TEST_CASE("the header of a draft") {
    const Json charge = echantillon("step__validation_signalement__locataire");
    const EnteteDeBrouillon entete = enteteDe(Demande(charge));
    CHECK(entete.profil == Profil::Locataire);
    CHECK(entete.courrielDeclarant == "locataire-12@example.org");
    CHECK(entete.adresseComplete == "88 Rue de la republique 13002 Marseille");
    CHECK(entete.etape == "validation_signalement");
    CHECK(entete.bailleurPrevenuAt == std::chrono::sys_days(std::chrono::year(2025) / 8 / 1));
    CHECK(entete.empreinte == empreinteDe("locataire-12@example.org", "88 Rue de la republique 13002 Marseille"));
    const Json tiers = echantillon("tiers_pro");
    CHECK(enteteDe(Demande(tiers)).courrielDeclarant == "tiers-pro-18@example.org");
    Json nonPrevenu = charge;
    nonPrevenu["info_procedure_bailleur_prevenu"] = "non";
    CHECK_FALSE(enteteDe(Demande(nonPrevenu)).bailleurPrevenuAt);
}

TEST_CASE("the fingerprint is the SHA-256 of e-mail then address") {
    CHECK(empreinteDe("", "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(empreinteDe("a", "bc") == empreinteDe("ab", "c"));
    CHECK(empreinteDe("a.b@example.org", "12 rue des Lilas 13002 Marseille") !=
          empreinteDe("a.b@example.org", "12 rue des lilas 13002 Marseille"));
}

TEST_CASE("communes are folded with their arrondissements, on both sides alike") {
    CHECK(communePliee("Marseille 1er Arrondissement") == "marseille");
    CHECK(communePliee("MARSEILLE 16e arrondissement") == "marseille");
    CHECK(communePliee("Lyon 9e Arrondissement") == "lyon");
    CHECK(communePliee("Lyon 10e Arrondissement") == "lyon 10e arrondissement");
    CHECK(communePliee("Paris 20e Arrondissement") == "paris");
    CHECK(communePliee("Paris 21e Arrondissement") == "paris 21e arrondissement");
    CHECK(communePliee("Parisot") == "parisot");
    CHECK(communePliee(" Vézénobres ") == "vezenobres");
    CHECK(communePliee("") == "");
}

TEST_CASE("the key of duplicates") {
    Json charge = echantillon("step__validation_signalement__locataire");
    charge["adresse_logement_adresse_detail_commune"] = "Marseille 2e Arrondissement";
    charge["vos_coordonnees_occupant_email"] = "Locataire-12@Example.org";
    auto cle = cleDeDoublon(Demande(static_cast<const Json&>(charge)), {});
    REQUIRE(cle);
    CHECK(cle->occupant);
    CHECK(cle->courriel == "locataire-12@example.org");
    CHECK(cle->adresse == "88 rue de la republique|13002|13055");
    CHECK(cle->nomOccupant.empty());
    for (const char* requis :
         {"vos_coordonnees_occupant_email", "adresse_logement_adresse_detail_numero",
          "adresse_logement_adresse_detail_code_postal", "adresse_logement_adresse_detail_insee"}) {
        Json incomplete = charge;
        incomplete.erase(requis);
        CAPTURE(requis);
        CHECK_FALSE(cleDeDoublon(Demande(static_cast<const Json&>(incomplete)), {}));
    }
    Json tiers = echantillon("tiers_particulier");
    tiers["coordonnees_occupant_nom"] = " PÂRENT ";
    cle = cleDeDoublon(Demande(static_cast<const Json&>(tiers)), {});
    REQUIRE(cle);
    CHECK_FALSE(cle->occupant);
    CHECK(cle->courriel == "tiers-particulier-16@example.org");
    CHECK(cle->nomOccupant == "parent");
    tiers.erase("coordonnees_occupant_nom");
    CHECK_FALSE(cleDeDoublon(Demande(static_cast<const Json&>(tiers)), {}));
}

TEST_CASE("the answers of check") {
    const auto instant = [](const char* texte) { return *core::parseInstant(texte); };
    CHECK(reponseNouveau("u1") == Json{{"already_exists", false}, {"uuid", "u1"}});
    const BrouillonTrouve brouillon{"d1", instant("2026-08-01T10:00:00Z"), instant("2026-08-02T11:30:15.5Z")};
    CHECK(reponseDejaCommence(brouillon) == Json{{"already_exists", true},
                                                 {"type", "draft"},
                                                 {"draft_exists", true},
                                                 {"draft_uuid", "d1"},
                                                 {"created_at", "2026-08-01T10:00:00+00:00"},
                                                 {"updated_at", "2026-08-02T11:30:15+00:00"}});
    const SignalementTrouve trouve{"s1", instant("2026-05-02T08:11:12Z"), "Ludivine", "Testou", "apt 2"};
    // Ninety whole days later, to the last second of the ninetieth.
    Json reponse = reponseDejaSignale({trouve}, brouillon, instant("2026-08-01T08:11:11Z"));
    CHECK(reponse == Json{{"already_exists", true},
                          {"type", "signalement"},
                          {"signalements",
                           {{{"uuid", "s1"},
                             {"created_at", "2026-05-02T08:11:12+00:00"},
                             {"has_created_recently", true},
                             {"prenom_occupant", "Ludivine"},
                             {"nom_occupant", "Testou"},
                             {"complement_adresse_occupant", "apt 2"}}}},
                          {"has_created_recently", true},
                          {"draft_exists", true},
                          {"draft_uuid", "d1"}});
    reponse = reponseDejaSignale({trouve}, std::nullopt, instant("2026-08-01T08:11:12Z"));
    CHECK(reponse["has_created_recently"] == false);
    CHECK(reponse["draft_exists"] == false);
    CHECK(reponse["draft_uuid"].is_null());
}
