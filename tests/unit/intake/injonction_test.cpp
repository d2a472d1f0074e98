#include "services/intake/domain/injonction.hpp"

#include <functional>

#include <catch2/catch.hpp>

using namespace histologe::intake;

namespace {

// One who may begin by the accelerated procedure.
Signalement eligible() {
    Signalement signalement;
    signalement.profilDeclarant = Profil::Locataire;
    signalement.injonctionSouhaitee = true;
    signalement.logement.social = false;
    signalement.proprietaire.averti = true;
    signalement.proprietaire.courriel = "bailleur@example.org";
    return signalement;
}

bool entre(const std::function<void(Signalement&)>& change) {
    auto signalement = eligible();
    change(signalement);
    return entreEnInjonction(signalement, true, false);
}

}  // namespace

TEST_CASE("each condition of the accelerated procedure is needed") {
    CHECK(entreEnInjonction(eligible(), true, false));
    CHECK_FALSE(entreEnInjonction(eligible(), false, false));
    CHECK_FALSE(entreEnInjonction(eligible(), true, true));
    CHECK_FALSE(entre([](auto& s) { s.injonctionSouhaitee = false; }));
    CHECK_FALSE(entre([](auto& s) { s.logement.social = true; }));
    CHECK(entre([](auto& s) { s.logement.social = std::nullopt; }));
    CHECK_FALSE(entre([](auto& s) { s.proprietaire.averti = false; }));
    CHECK_FALSE(entre([](auto& s) { s.proprietaire.averti = std::nullopt; }));
    CHECK_FALSE(entre([](auto& s) { s.proprietaire.courriel = std::nullopt; }));
    CHECK_FALSE(entre([](auto& s) { s.proprietaire.courriel = ""; }));
    CHECK(entre([](auto& s) {
        s.proprietaire.courriel = std::nullopt;
        s.proprietaire.adresse = "3 rue des Tilleuls";
    }));
    for (const auto profil : {Profil::BailleurOccupant, Profil::Bailleur, Profil::TiersParticulier, Profil::TiersPro,
                              Profil::ServiceSecours}) {
        CHECK_FALSE(entre([&](auto& s) { s.profilDeclarant = profil; }));
    }
}
