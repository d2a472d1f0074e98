#include <set>

#include <catch2/catch.hpp>

#include "libs/domain/vocabulaire/dossiers.hpp"
#include "libs/domain/vocabulaire/partenaires.hpp"
#include "libs/domain/vocabulaire/qualifications.hpp"

using namespace histologe::domain;

// The table is read by index, so a term out of place would give one value the name of another.
TEMPLATE_TEST_CASE("every vocabulary is in the order of its enum, without twins", "", ProfilDeclarant, StatutDossier,
                   StatutAffectation, TypePartenaire, TypeZone, Qualification, StatutQualification) {
    std::set<std::string_view> names;
    std::size_t place = 0;
    for (const auto& terme : termes<TestType>()) {
        INFO(terme.nom);
        CHECK(static_cast<std::size_t>(terme.valeur) == place++);
        CHECK(names.insert(terme.nom).second);
        CHECK_FALSE(terme.libelle.empty());
        CHECK(parseName<TestType>(terme.nom) == terme.valeur);
        CHECK(nameOf(terme.valeur) == terme.nom);
        CHECK(parseNameOrLabel<TestType>(terme.libelle) == terme.valeur);
    }
    CHECK_FALSE(parseName<TestType>("").has_value());
    CHECK_FALSE(parseNameOrLabel<TestType>("inconnu au bataillon").has_value());
}

TEST_CASE("sizes of the vocabularies") {
    CHECK(termes<ProfilDeclarant>().size() == 6);
    CHECK(termes<StatutDossier>().size() == 9);
    CHECK(termes<TypePartenaire>().size() == 18);
    CHECK(termes<TypeZone>().size() == 9);
    CHECK(termes<Qualification>().size() == 21);
    CHECK(termes<StatutQualification>().size() == 18);
}

TEST_CASE("imports write labels in their own way") {
    CHECK(parseNameOrLabel<ProfilDeclarant>(" locataire ") == ProfilDeclarant::Locataire);
    CHECK(parseNameOrLabel<ProfilDeclarant>("Proprietaire Occupant") == ProfilDeclarant::BailleurOccupant);
    CHECK(parseNameOrLabel<Qualification>("insalubrite") == Qualification::Insalubrite);
    CHECK_FALSE(parseName<ProfilDeclarant>("locataire").has_value());
}

TEST_CASE("tiers are those who declare for somebody else") {
    CHECK_FALSE(isTiers(ProfilDeclarant::Locataire));
    CHECK_FALSE(isTiers(ProfilDeclarant::BailleurOccupant));
    CHECK(isTiers(ProfilDeclarant::TiersParticulier));
    CHECK(isTiers(ProfilDeclarant::TiersPro));
    CHECK(isTiers(ProfilDeclarant::ServiceSecours));
    CHECK(isTiers(ProfilDeclarant::Bailleur));
}

TEST_CASE("a set of qualifications") {
    Qualifications some{Qualification::Rsd, Qualification::Danger};
    CHECK(some.size() == 2);
    CHECK(some.contains(Qualification::Danger));
    CHECK_FALSE(some.contains(Qualification::Fsl));
    CHECK(some.intersects({Qualification::Danger}));
    CHECK_FALSE(some.intersects({}));
    some.insert(Qualification::Suroccupation);
    CHECK(some.list() == std::vector{Qualification::Rsd, Qualification::Danger, Qualification::Suroccupation});
    CHECK(Qualifications{}.empty());
}
