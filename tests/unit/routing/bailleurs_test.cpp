// Social landlords found by what somebody types of their name.
#include "services/routing/domain/bailleurs.hpp"

#include <catch2/catch.hpp>

using namespace histologe::routing;
using histologe::domain::CodeTerritoire;

namespace {

CodeTerritoire code(const char* texte) {
    return *CodeTerritoire::parse(texte);
}

Annuaire annuaire() {
    ContenuAnnuaire contenu;
    contenu.bailleurs = {{BailleurId("b1"), "Logis d'Été Habitat", {code("13"), code("30")}},
                         {BailleurId("b2"), "13 Habitat", {code("13")}},
                         {BailleurId("b3"), "[Radié(e)] Habitat Ancien", {code("13")}},
                         {BailleurId("b4"), "Habitat du Nord", {code("59")}}};
    return Annuaire(std::move(contenu));
}

std::vector<std::string> noms(std::string_view texte, const char* territoire = "13", std::size_t most = 50) {
    const auto tous = annuaire();
    std::vector<std::string> trouves;
    for (const auto* bailleur : bailleursNommes(tous, code(territoire), texte, most)) trouves.push_back(bailleur->nom);
    return trouves;
}

using Noms = std::vector<std::string>;

}  // namespace

TEST_CASE("landlords of the territory whose name holds every word, in any order") {
    CHECK(noms("habitat") == Noms{"13 Habitat", "[Radié(e)] Habitat Ancien", "Logis d'Été Habitat"});
    CHECK(noms("habitat 13") == Noms{"13 Habitat"});
    CHECK(noms("13  HABITAT ") == Noms{"13 Habitat"});
    CHECK(noms("ete") == Noms{"Logis d'Été Habitat"});
    CHECK(noms("hab", "30") == Noms{"Logis d'Été Habitat"});
    CHECK(noms("habitat", "59") == Noms{"Habitat du Nord"});
    CHECK(noms("habitat", "13", 1).size() == 1);
    CHECK(noms("absent").empty());
    CHECK(noms("").empty());
    CHECK(noms("   ").empty());
    CHECK(noms("%").empty());
}

TEST_CASE("the mark of those who were struck off is not part of a name") {
    CHECK(nomSansRadiation("[Radié(e)] Habitat Ancien") == "Habitat Ancien");
    CHECK(nomSansRadiation(" 13 Habitat ") == "13 Habitat");
    CHECK(nomSansRadiation("[Radié(e)]").empty());
}
