// The 55 categories of suivis. (Reference table of suivi categories.)
#include "services/routing/domain/categories_suivi.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "services/routing/domain/actes_usagers.hpp"

using namespace histologe::routing;

TEST_CASE("there are 55 categories, each once, each with words of its own (quirk 14)") {
    std::set<std::string_view> codes;
    std::set<std::string_view> libelles;
    for (const auto& une : categoriesDeSuivi()) {
        codes.insert(une.code);
        libelles.insert(une.libelle);
        CHECK_FALSE(une.libelle.empty());
        CHECK(categorieDeSuivi(une.code) == &une);
    }
    CHECK(codes.size() == 55);
    CHECK(libelles.size() == 55);
    CHECK(categorieDeSuivi("AUTRE_CHOSE") == nullptr);
}

TEST_CASE("types and audiences add up to the reference's") {
    const auto combien = [](auto predicat) {
        const auto toutes = categoriesDeSuivi();
        return std::count_if(toutes.begin(), toutes.end(), predicat);
    };
    CHECK(combien([](const auto& une) { return une.type == TypeSuivi::Technique; }) == 5);
    CHECK(combien([](const auto& une) { return une.type == TypeSuivi::ApresCloture; }) == 1);
    CHECK(combien([](const auto& une) { return !une.abonne; }) == 9);
    // Nothing of an injonction is told to agents, its reminder to the landlord no more than the others.
    CHECK(combien([](const auto& une) { return une.injonction && une.avis != AvisAuxAgents::Aucune; }) == 0);
    CHECK(combien([](const auto& une) { return une.avis == AvisAuxAgents::Cloture; }) == 1);
    CHECK(combien([](const auto& une) { return une.avis == AvisAuxAgents::Abandon; }) == 1);
}

TEST_CASE("what is made of the acts of usagers has categories of the table, seen by usagers as it says") {
    for (const auto* categorie : {"MESSAGE_USAGER", "MESSAGE_USAGER_POST_CLOTURE", "MESSAGE_BAILLEUR", "SIGNALEMENT_EDITED_FO",
                                  "DEMANDE_ABANDON_PROCEDURE", "DEMANDE_POURSUITE_PROCEDURE", "INJONCTION_BAILLEUR_REPONSE_OUI",
                                  "INJONCTION_BAILLEUR_REPONSE_NON", "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER",
                                  "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", "INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR"}) {
        for (const auto& suivi : suivisDe({categorie, "occupant", histologe::core::Json::object(), "Des mots."})) {
            INFO(suivi.categorie);
            const auto* connue = categorieDeSuivi(suivi.categorie);
            REQUIRE(connue != nullptr);
            CHECK(suivi.visibleUsager == (connue->usager == Visibilite::Oui));
        }
    }
}

TEST_CASE("what transitions tell has categories of the table, with an audience that it allows") {
    const auto verifier = [](const auto& machine) {
        for (const auto& une : machine) {
            if (une.suivi.empty()) continue;
            INFO(une.action);
            const auto* connue = categorieDeSuivi(une.suivi);
            REQUIRE(connue != nullptr);
            CHECK(connue->usager == une.visible);
        }
    };
    verifier(machineDossier());
    verifier(machineAffectation());
}
