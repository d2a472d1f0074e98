#include "libs/domain/desordres/suspicions.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using namespace histologe::desordres;
using desordres::testing::setOf;
using desordres::testing::shipped;
using Statut = domain::StatutQualification;

TEST_CASE("insalubrité is suspected by the score alone above 10, and by a précision below") {
    const PrecisionSet none;
    const auto mandatory = setOf({"desordres_logement_eau_eau_chaude"});
    CHECK_FALSE(insalubriteSuspectee(shipped(), none, 0));
    CHECK_FALSE(insalubriteSuspectee(shipped(), none, 10));
    CHECK(insalubriteSuspectee(shipped(), none, 10.01) == Statut::ManquementSalubriteAVerifier);
    CHECK(insalubriteSuspectee(shipped(), none, 30) == Statut::ManquementSalubriteAVerifier);
    CHECK(insalubriteSuspectee(shipped(), none, 30.01) == Statut::InsalubriteAVerifier);
    CHECK(insalubriteSuspectee(shipped(), none, 100) == Statut::InsalubriteAVerifier);
    CHECK(insalubriteSuspectee(shipped(), mandatory, 1) == Statut::InsalubriteAVerifier);
    CHECK(insalubriteSuspectee(shipped(), mandatory, 20) == Statut::InsalubriteAVerifier);
}

TEST_CASE("an authority is needed for danger, for insalubrité and for a score above 10") {
    const auto needed = [](const PrecisionSet& precisions, bool enfants = false) {
        Faits faits;
        faits.enfants = enfants ? Reponse::Oui : Reponse::Non;
        return appelleUneAutorite(shipped(), precisions, faits);
    };
    CHECK_FALSE(needed({}));
    CHECK_FALSE(needed(setOf({"desordres_logement_nuisibles_rongeurs_details_date_before_movein"})));
    CHECK(needed(setOf({"desordres_logement_securite_gaz"})));    // danger
    CHECK(needed(setOf({"desordres_logement_eau_eau_chaude"})));  // insalubrité by itself
    // 9.8 without children under six, 10.8 with them.
    const auto many = setOf({"desordres_logement_lumiere_pas_lumiere_pieces_piece_a_vivre",
                             "desordres_logement_aeration_ventilation_defectueuse_details_pieces_tout_nettoyage_oui",
                             "desordres_logement_chauffage_type_aucun_pieces_tout",
                             "desordres_logement_chauffage_details_chauffage_KO_pieces_tout"});
    CHECK_FALSE(needed(many));
    CHECK(needed(many, true));
}
