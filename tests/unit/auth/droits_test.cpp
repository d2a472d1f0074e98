#include "libs/auth/droits.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/auth/fixture.hpp"

using namespace histologe::auth;
using namespace histologe::auth::test;
using histologe::domain::StatutDossier;

namespace {

constexpr const char* kPartenaire = "019a0000-0001-7000-8000-000000000001";
constexpr const char* kAutre = "019a0000-0002-7000-8000-000000000001";
constexpr const char* kSignalement = "019a0000-0001-7000-8000-0000000000aa";

std::shared_ptr<const Principal> some(Role role, std::vector<std::string> territoires = {"13"},
                                      std::vector<std::string> partenaires = {kPartenaire}) {
    Claims claims;
    claims.role = role;
    claims.territoires = std::move(territoires);
    claims.partenaires = std::move(partenaires);
    return principalOf(claims);
}

std::shared_ptr<const Principal> bound(Role role, const std::string& signalement) {
    Claims claims;
    claims.role = role;
    claims.signalement = signalement;
    return principalOf(claims);
}

DossierVise dossier(StatutDossier statut, std::vector<std::string> partenaires = {},
                    std::vector<std::string> enCours = {}) {
    return {kSignalement, "13", statut, std::move(partenaires), std::move(enCours)};
}

constexpr StatutDossier kAll[] = {StatutDossier::Brouillon,         StatutDossier::Nouveau,
                                  StatutDossier::EnCours,           StatutDossier::Ferme,
                                  StatutDossier::Archive,           StatutDossier::Refuse,
                                  StatutDossier::BrouillonArchive,  StatutDossier::Injonction,
                                  StatutDossier::InjonctionCloturee};

bool isDraft(StatutDossier statut) {
    return statut == StatutDossier::Brouillon || statut == StatutDossier::BrouillonArchive;
}

}  // namespace

TEST_CASE("who sees a dossier, status by status") {
    for (const auto statut : kAll) {
        INFO(static_cast<int>(statut));
        const bool isDeleted = statut == StatutDossier::Archive;
        const auto affected = dossier(statut, {kPartenaire});
        const auto others = dossier(statut, {kAutre});
        CHECK(maySee(*some(Role::SuperAdmin, {}, {}), others) == !isDraft(statut));
        CHECK(maySee(*some(Role::ResponsableTerritoire), others) == (!isDraft(statut) && !isDeleted));
        CHECK_FALSE(maySee(*some(Role::ResponsableTerritoire, {"30"}), affected));
        for (const auto role : {Role::AdminPartenaire, Role::Agent, Role::Api}) {
            CHECK(maySee(*some(role), affected) == (!isDraft(statut) && !isDeleted));
            CHECK_FALSE(maySee(*some(role), others));
            CHECK_FALSE(maySee(*some(role), dossier(statut)));
            CHECK_FALSE(maySee(*some(role, {"30"}), affected));
            CHECK_FALSE(maySee(*some(role, {}), affected));
        }
        for (const auto role : {Role::Usager, Role::Bailleur}) {
            CHECK(maySee(*bound(role, kSignalement), others) == !isDraft(statut));
            CHECK_FALSE(maySee(*bound(role, "019a0000-0001-7000-8000-0000000000bb"), affected));
            CHECK_FALSE(maySee(*bound(role, ""), affected));
        }
    }
    auto nameless = dossier(StatutDossier::EnCours);
    nameless.signalement.clear();
    CHECK_FALSE(maySee(*bound(Role::Usager, ""), nameless));
}

TEST_CASE("who edits a dossier, status by status") {
    for (const auto statut : kAll) {
        INFO(static_cast<int>(statut));
        const bool isOpen = statut == StatutDossier::EnCours || statut == StatutDossier::Injonction;
        const auto accepted = dossier(statut, {kPartenaire}, {kPartenaire});
        CHECK(mayEdit(*some(Role::SuperAdmin, {}, {}), accepted) == !isDraft(statut));
        CHECK(mayEdit(*some(Role::ResponsableTerritoire), dossier(statut)) ==
              (isOpen || statut == StatutDossier::Nouveau || statut == StatutDossier::Ferme));
        CHECK_FALSE(mayEdit(*some(Role::ResponsableTerritoire, {"30"}), accepted));
        for (const auto role : {Role::AdminPartenaire, Role::Agent, Role::Api}) {
            CHECK(mayEdit(*some(role), accepted) == isOpen);
            CHECK_FALSE(mayEdit(*some(role), dossier(statut, {kPartenaire}, {kAutre})));
            CHECK_FALSE(mayEdit(*some(role, {"30"}), accepted));
        }
        CHECK_FALSE(mayEdit(*bound(Role::Usager, kSignalement), accepted));
        CHECK_FALSE(mayEdit(*bound(Role::Bailleur, kSignalement), accepted));
    }
}
