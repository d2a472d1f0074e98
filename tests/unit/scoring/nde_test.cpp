#include "services/scoring/domain/nde.hpp"

#include <catch2/catch.hpp>

using namespace histologe;
using domain::StatutQualification;
using scoring::initialNdeDetails;
using scoring::NdeDetails;
using scoring::ndeStatut;

TEST_CASE("the certificate decides first, then consumption, then the class") {
    NdeDetails details;
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAVerifier);
    details.dpe = false;
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAveree);
    details.dpe = true;
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAVerifier);
    CHECK(ndeStatut(details, 50, false) == StatutQualification::NdeConforme);
    details.classeEnergetique = "G";
    CHECK(ndeStatut(details, 50, false) == StatutQualification::NdeAVerifier);
    details.consommationEnergie = 450;
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAVerifier);
    details.classeEnergetique = "F";
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeConforme);
    details.consommationEnergie = 451;
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAveree);
}

TEST_CASE("a certificate from before 2023 counts for the whole dwelling") {
    NdeDetails details{22501, true, "2022-12-31", "E"};
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAveree);
    details.consommationEnergie = 22500;
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeConforme);
    details.dateDernierDpe = "2023-01-01";
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAveree);
    details.dateDernierDpe = "before2023";
    CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeConforme);
    // Without a surface there is nothing to divide by.
    CHECK(ndeStatut(details, std::nullopt, true) == StatutQualification::NdeAveree);
    CHECK(ndeStatut(details, 0, true) == StatutQualification::NdeAveree);
    for (const char* date : {"", "x", "post2023", "20", "-2022-01-01"}) {
        details.dateDernierDpe = date;
        INFO(date);
        CHECK(ndeStatut(details, 50, true) == StatutQualification::NdeAveree);
    }
}

TEST_CASE("the details of a new report") {
    desordres::Faits faits;
    CHECK(initialNdeDetails(faits) == NdeDetails{std::nullopt, std::nullopt, "2023-01-02", std::nullopt});
    faits.dpe = desordres::Reponse::Non;
    CHECK(initialNdeDetails(faits).dpe == false);
    CHECK(initialNdeDetails(faits, desordres::Regles::Reference).dpe == std::nullopt);
    faits.dpe = desordres::Reponse::Oui;
    faits.dpeAvant2023 = true;
    faits.classeEnergetique = "E";
    faits.dpeConso = 30000;
    faits.dpeConsoFinale = 200;
    CHECK(initialNdeDetails(faits) == NdeDetails{200, true, "1970-01-01", "E", true});
    faits.superficie = 50;
    CHECK(initialNdeDetails(faits).consommationEnergie == 30000);
    faits.dpeAvant2023 = false;
    CHECK(initialNdeDetails(faits).consommationEnergie == 200);
}

TEST_CASE("a figure of a square metre is not divided by the surface, whatever the date of the certificate") {
    desordres::Faits faits;
    faits.dpe = desordres::Reponse::Oui;
    faits.dpeAvant2023 = true;
    faits.superficie = 50;
    faits.dpeConsoFinale = 500;
    CHECK(ndeStatut(initialNdeDetails(faits), faits.superficie, true) == StatutQualification::NdeAveree);
    CHECK(ndeStatut(initialNdeDetails(faits, desordres::Regles::Reference), faits.superficie, true) ==
          StatutQualification::NdeConforme);
}

TEST_CASE("an edit that says less of the certificate loses nothing of what was known") {
    desordres::Faits faits;
    const NdeDetails known{200, true, "2024-05-01", "F"};
    CHECK(scoring::refreshedNdeDetails(known, faits) == known);
    faits.classeEnergetique = "G";
    faits.dpe = desordres::Reponse::Non;
    CHECK(scoring::refreshedNdeDetails(known, faits) == NdeDetails{200, false, "2024-05-01", "G"});
}
