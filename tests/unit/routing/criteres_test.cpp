#include "services/routing/domain/criteres.hpp"

#include <catch2/catch.hpp>

#include "services/routing/domain/annuaire.hpp"
#include "services/routing/domain/predicats.hpp"

using namespace histologe::routing;
using namespace histologe::domain;

namespace {

std::string codes(const std::optional<std::vector<CodeInsee>>& list) {
    if (!list) return "everywhere";
    std::string text;
    for (const auto code : *list) text += (text.empty() ? "" : ",") + code.str();
    return "[" + text + "]";
}

}  // namespace

TEST_CASE("what a case says of benefits") {
    CHECK(parseAllocataire(std::nullopt) == Allocataire::NeSaitPas);
    CHECK(parseAllocataire("") == Allocataire::NeSaitPas);
    CHECK(parseAllocataire("NSP") == Allocataire::NeSaitPas);
    CHECK(parseAllocataire("Oui") == Allocataire::Oui);
    CHECK(parseAllocataire("1") == Allocataire::Oui);
    CHECK(parseAllocataire("CAF") == Allocataire::Caf);
    CHECK(parseAllocataire("msa") == Allocataire::Msa);
    CHECK(parseAllocataire("non") == Allocataire::Non);
    CHECK(parseAllocataire("0") == Allocataire::Non);
    CHECK(parseAllocataire("peut-être") == Allocataire::Illisible);
}

TEST_CASE("an unreadable answer satisfies only the rules that do not ask") {
    for (const auto& terme : termes<AllocataireVise>()) {
        INFO(terme.nom);
        CHECK(allocataireConvient(terme.valeur, Allocataire::Illisible) == (terme.valeur == AllocataireVise::Tous));
    }
}

TEST_CASE("lists of communes are read in the ways people write them") {
    CHECK(codes(parseListeInsee("")) == "everywhere");
    CHECK(codes(parseListeInsee(" , ")) == "everywhere");
    CHECK(codes(parseListeInsee("44002, 44001 ,44001")) == "[44001,44002]");
    CHECK(codes(parseListeInsee("2a004,1173")) == "[01173,2A004]");
    CHECK(codes(parseListeInsee(std::vector<std::string>{""})) == "everywhere");
    CHECK(codes(parseListeInsee(std::vector<std::string>{})) == "everywhere");
    CHECK(codes(parseListeInsee(std::vector<std::string>{"44001", "", "x"})) == "[44001]");
    // Only nonsense: nowhere, not everywhere.
    CHECK(codes(parseListeInsee("abc")) == "[]");
}

TEST_CASE("an archived qualification does not count, one without status does") {
    const std::vector<QualificationEvaluee> evaluation{
        {Qualification::Danger, StatutQualification::Archivee},
        {Qualification::Rsd, StatutQualification::RsdAVerifier},
        {Qualification::NonDecence, std::nullopt},
    };
    CHECK(qualificationsActives(evaluation) == Qualifications{Qualification::Rsd, Qualification::NonDecence});
    CHECK(qualificationsActives({}).empty());
}

TEST_CASE("an unknown profile is an occupant, never one profile") {
    CHECK(profilConvient(ProfilVise::Tous, std::nullopt));
    CHECK(profilConvient(ProfilVise::Occupant, std::nullopt));
    CHECK_FALSE(profilConvient(ProfilVise::Tiers, std::nullopt));
    CHECK_FALSE(profilConvient(ProfilVise::Locataire, std::nullopt));
}

TEST_CASE("each profile is met by its own rule, its group and the rule for all") {
    for (const auto& profil : termes<ProfilDeclarant>()) {
        std::size_t met = 0;
        for (const auto& vise : termes<ProfilVise>()) met += profilConvient(vise.valeur, profil.valeur) ? 1 : 0;
        INFO(profil.nom);
        CHECK(met == 3);
        CHECK(profilConvient(*parseName<ProfilVise>(profil.nom), profil.valeur));
    }
}

TEST_CASE("a social landlord is met only for its own dwellings") {
    Partenaire partenaire;
    partenaire.type = TypePartenaire::BailleurSocial;
    const auto meets = [&](std::optional<BailleurId> bailleur) {
        return typePartenaireConvient(TypePartenaire::BailleurSocial, partenaire, bailleur);
    };
    CHECK_FALSE(meets(std::nullopt));
    CHECK_FALSE(meets(BailleurId{"a"}));
    partenaire.bailleur = BailleurId{"a"};
    CHECK(meets(BailleurId{"a"}));
    CHECK_FALSE(meets(BailleurId{"b"}));
    CHECK_FALSE(meets(std::nullopt));
    // For any other type the landlord does not matter.
    partenaire.type = TypePartenaire::Ars;
    CHECK(typePartenaireConvient(TypePartenaire::Ars, partenaire, std::nullopt));
    CHECK_FALSE(typePartenaireConvient(TypePartenaire::Epci, partenaire, BailleurId{"a"}));
}

TEST_CASE("the vocabularies of rules are in the order of their enums") {
    std::size_t place = 0;
    for (const auto& terme : termes<ProfilVise>()) CHECK(static_cast<std::size_t>(terme.valeur) == place++);
    place = 0;
    for (const auto& terme : termes<ParcVise>()) CHECK(static_cast<std::size_t>(terme.valeur) == place++);
    place = 0;
    for (const auto& terme : termes<AllocataireVise>()) CHECK(static_cast<std::size_t>(terme.valeur) == place++);
    CHECK(parseNameOrLabel<ProfilVise>("Propriétaire occupant") == ProfilVise::BailleurOccupant);
}
