#include "services/scoring/domain/qualifications.hpp"

#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using desordres::testing::setOf;
using desordres::testing::shipped;
using domain::Qualification;
using domain::StatutQualification;
using scoring::LigneQualification;
using scoring::updateQualifications;
using Statuts = std::vector<std::string>;

namespace {

Statuts statuts(const std::vector<LigneQualification>& lignes) {
    Statuts list;
    for (const auto& ligne : lignes) list.emplace_back(domain::nameOf(ligne.statut));
    return list;
}

Statuts suspected(double score, const std::vector<std::string>& precisions, const desordres::Faits& faits = {}) {
    return statuts(updateQualifications(shipped(), setOf(precisions), faits, score));
}

const std::string kAccess = "desordres_batiment_accessibilite_acces_batiment";      // RSD alone
const std::string kLeak = "desordres_logement_humidite_cuisine_details_fuite_oui";  // ASSURANTIEL alone
const std::string kGas = "desordres_batiment_incendie_odeur_gaz";                   // danger, péril, ND, RSD
const std::string kLight = "desordres_logement_lumiere_pas_lumiere_pieces_tout";    // insalubre, ND, RSD, INS

}  // namespace

TEST_CASE("bands decide on insalubrité, péril and insurance") {
    CHECK(suspected(10, {kAccess}) == Statuts{"RSD_CHECK"});
    CHECK(suspected(10.001, {kAccess}) == Statuts{"RSD_CHECK", "INSALUBRITE_MANQUEMENT_CHECK"});
    CHECK(suspected(30, {kAccess}) == Statuts{"RSD_CHECK", "INSALUBRITE_MANQUEMENT_CHECK"});
    CHECK(suspected(30.001, {kAccess}) == Statuts{"RSD_CHECK", "INSALUBRITE_CHECK"});
    CHECK(suspected(50, {kGas}) == Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "INSALUBRITE_CHECK", "DANGER_CHECK"});
    CHECK(suspected(50.001, {kGas}) == Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "MISE_EN_SECURITE_PERIL_CHECK",
                                               "INSALUBRITE_CHECK", "DANGER_CHECK"});
    CHECK(suspected(1, {kLight}) == Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "INSALUBRITE_CHECK"});
    CHECK(suspected(20, {kLight}) == Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "INSALUBRITE_CHECK"});
    CHECK(suspected(0, {}).empty());
}

TEST_CASE(
    "insurance is suspected at low scores unless the insurer was contacted; nothing said counts as not contacted") {
    desordres::Faits faits;
    CHECK(suspected(3, {kLeak}, faits) == Statuts{"ASSURANTIEL_CHECK"});
    faits.assuranceContactee = desordres::Reponse::Non;
    CHECK(suspected(3, {kLeak}, faits) == Statuts{"ASSURANTIEL_CHECK"});
    faits.assuranceContactee = desordres::Reponse::Oui;
    CHECK(suspected(3, {kLeak}, faits).empty());
    CHECK(suspected(11, {kLeak}) == Statuts{"INSALUBRITE_MANQUEMENT_CHECK"});
}

TEST_CASE("the class G alone raises the question of energy") {
    desordres::Faits faits;
    faits.classeEnergetique = "G";
    const auto lignes = updateQualifications(shipped(), {}, faits, 0);
    REQUIRE(lignes.size() == 1);
    CHECK(lignes[0].qualification == Qualification::NonDecenceEnergetique);
    CHECK(lignes[0].postVisite == std::nullopt);
    CHECK(lignes[0].precisions.empty());
    REQUIRE(lignes[0].nde);
    CHECK(lignes[0].nde->classeEnergetique == "G");
    faits.classeEnergetique = "F";
    CHECK(updateQualifications(shipped(), {}, faits, 0).empty());
}

TEST_CASE("a suspicion no longer held is withdrawn, held again it comes back in its place") {
    auto lignes = updateQualifications(shipped(), setOf({kLight, kAccess}), {}, 5);
    REQUIRE(statuts(lignes) == Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "INSALUBRITE_CHECK"});
    lignes = updateQualifications(shipped(), setOf({kAccess}), {}, 5, lignes);
    CHECK(statuts(lignes) == Statuts{"ARCHIVED", "RSD_CHECK", "ARCHIVED"});
    CHECK(lignes[1].precisions == setOf({kAccess}));
    lignes = updateQualifications(shipped(), setOf({kLight}), {}, 5, lignes);
    CHECK(statuts(lignes) == Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "INSALUBRITE_CHECK"});
}

TEST_CASE("danger, overcrowding and energy go away with their cause, all three at once too") {
    const std::vector<std::string> all{kGas, "desordres_type_composition_logement_suroccupation_allocataire",
                                       "desordres_logement_chauffage_details_chauffage_KO_pieces_tout"};
    const auto lignes = updateQualifications(shipped(), setOf(all), {}, 5);
    REQUIRE(statuts(lignes) ==
            Statuts{"NON_DECENCE_CHECK", "RSD_CHECK", "SUROCCUPATION_CHECK", "DANGER_CHECK", "NDE_CHECK"});
    CHECK(statuts(updateQualifications(shipped(), setOf({kAccess}), {}, 5, lignes)) ==
          Statuts{"ARCHIVED", "RSD_CHECK"});
    CHECK(updateQualifications(shipped(), setOf(all), {}, 5, lignes) == lignes);
}

TEST_CASE("what a visit found stays through every later run, and a second visit adds again") {
    std::vector<LigneQualification> lignes;
    scoring::addConclusions({"INSALUBRITE", "LOGEMENT_DECENT", "SALETE", "AUTRE", "RSD"}, lignes);
    scoring::addConclusions({"INSALUBRITE", "NON_DECENCE", "MISE_EN_SECURITE_PERIL"}, lignes);
    const Statuts found{"INSALUBRITE_AVEREE", "SALETE_AVEREE",      "RSD_AVEREE",
                        "INSALUBRITE_AVEREE", "NON_DECENCE_AVEREE", "MISE_EN_SECURITE_PERIL_AVEREE"};
    CHECK(statuts(lignes) == found);
    auto after = updateQualifications(shipped(), setOf({kLight}), {}, 60, lignes);
    CHECK(std::equal(lignes.begin(), lignes.end(), after.begin()));
    after = updateQualifications(shipped(), {}, {}, 0, after);
    CHECK(std::equal(lignes.begin(), lignes.end(), after.begin()));
    CHECK(after.size() > lignes.size());
}

TEST_CASE("an edit of the dwelling tells a missing certificate from an unknown one") {
    desordres::Faits faits;
    faits.classeEnergetique = "G";
    auto lignes = updateQualifications(shipped(), {}, faits, 0);
    REQUIRE(statuts(lignes) == Statuts{"NDE_CHECK"});
    const auto after = [&](desordres::Reponse dpe) {
        faits.dpe = dpe;
        scoring::refreshDpe(faits, lignes);
        lignes = updateQualifications(shipped(), {}, faits, 0, lignes);
        return statuts(lignes);
    };
    CHECK(after(desordres::Reponse::Non) == Statuts{"NDE_AVEREE"});
    CHECK(after(desordres::Reponse::Autre) == Statuts{"NDE_CHECK"});
    CHECK(lignes[0].nde->dpe == std::nullopt);
    CHECK(after(desordres::Reponse::Oui) == Statuts{"NDE_CHECK"});
    CHECK(lignes[0].nde->dpe == true);
}

TEST_CASE("a run on a report's own result changes nothing, whatever it declares") {
    std::mt19937 random(41);
    for (int round = 0; round < 2000; ++round) {
        desordres::PrecisionSet precisions;
        for (std::size_t draw = random() % 30; draw > 0; --draw) {
            precisions.add(static_cast<desordres::PrecisionIndex>(random() % shipped().precisions().size()));
        }
        desordres::Faits faits;
        faits.assuranceContactee = static_cast<desordres::Reponse>(random() % 4);
        faits.dpe = static_cast<desordres::Reponse>(random() % 4);
        if (random() % 3 == 0) faits.classeEnergetique = std::string(1, static_cast<char>('A' + random() % 7));
        const double score = static_cast<double>(random() % 1001) / 10;
        const auto once = updateQualifications(shipped(), precisions, faits, score);
        REQUIRE(updateQualifications(shipped(), precisions, faits, score, once) == once);
        for (const auto& ligne : once) {
            REQUIRE(ligne.statut != StatutQualification::Archivee);
            REQUIRE((ligne.precisions & precisions) == ligne.precisions);
        }
    }
}
