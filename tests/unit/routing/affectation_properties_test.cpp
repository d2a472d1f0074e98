#include <chrono>
#include <random>

#include <catch2/catch.hpp>

#include "services/routing/domain/affectation_explication.hpp"

using namespace histologe::routing;
using namespace histologe::domain;

namespace {

// Directories and cases drawn at random, small values so that everything meets often.
class Tirage {
  public:
    explicit Tirage(unsigned seed) : random_(seed) {}

    bool chance(int percent) { return number(0, 99) < percent; }
    int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

    template <typename Enum>
    Enum term() {
        return termes<Enum>()[static_cast<std::size_t>(number(0, static_cast<int>(termes<Enum>().size()) - 1))].valeur;
    }

    CodeInsee commune() { return *CodeInsee::parse("4400" + std::to_string(number(1, 6))); }

    std::vector<CodeInsee> communes() {
        std::vector<CodeInsee> list;
        for (int i = number(1, 3); i > 0; --i) list.push_back(commune());
        return list;
    }

    Qualifications qualifications() {
        Qualifications set;
        for (int i = number(0, 3); i > 0; --i) set.insert(term<Qualification>());
        return set;
    }

    ContenuAnnuaire annuaire(int partenaires, int regles) {
        ContenuAnnuaire made;
        for (int i = 0; i < 6; ++i) {
            const auto x = std::to_string(i * 2);
            const auto end = std::to_string(i * 2 + 5);
            made.zones.push_back({ZoneId{x}, *CodeTerritoire::parse("44"), "zone " + x, TypeZone::Autre,
                                  "POLYGON ((" + x + " 0, " + end + " 0, " + end + " 9, " + x + " 9, " + x + " 0))"});
        }
        made.epcis = {{CodeEpci{"E"}, "EPCI", communes()}};
        for (int i = 0; i < partenaires; ++i) {
            Partenaire one;
            one.id.valeur = "p" + std::to_string(i);
            one.nom = "Partenaire " + std::to_string(number(0, 999));
            one.type = static_cast<TypePartenaire>(number(0, 4));
            one.territoire = CodeTerritoire::parse(chance(90) ? "44" : "35");
            one.archive = chance(10);
            if (chance(40)) one.communes = communes();
            if (chance(30)) one.zones.push_back(ZoneId{std::to_string(number(0, 5) * 2)});
            for (int z = 0; z < 2; ++z) {
                if (chance(15)) one.zonesExclues.push_back(ZoneId{std::to_string(number(0, 5) * 2)});
            }
            if (chance(20)) one.epcis.push_back(CodeEpci{"E"});
            if (chance(50)) one.bailleur = BailleurId{std::to_string(number(0, 1))};
            made.partenaires.push_back(one);
        }
        for (int i = 0; i < regles; ++i) {
            Regle one;
            one.id.valeur = "r" + std::to_string(i);
            one.territoire = *CodeTerritoire::parse("44");
            one.active = chance(90);
            one.typePartenaire = static_cast<TypePartenaire>(number(0, 4));
            if (chance(40)) one.profil = term<ProfilVise>();
            if (chance(40)) one.communesIncluses = communes();
            if (chance(30)) one.communesExclues = communes();
            if (chance(30)) one.partenairesExclus.push_back(PartenaireId{"p" + std::to_string(number(0, partenaires))});
            if (chance(40)) one.parc = term<ParcVise>();
            if (chance(40)) one.allocataire = term<AllocataireVise>();
            if (chance(40)) one.procedures = qualifications();
            made.regles.push_back(one);
        }
        return made;
    }

    DossierAAffecter dossier(int partenaires) {
        DossierAAffecter made;
        made.territoire = *CodeTerritoire::parse("44");
        if (chance(95)) made.codeInsee = commune();
        if (chance(95)) made.position = Position{number(-1, 60) / 4.0, number(-1, 40) / 4.0};
        if (chance(80)) made.logementSocial = chance(50);
        made.allocataire = static_cast<Allocataire>(number(0, 5));
        if (chance(90)) made.profil = term<ProfilDeclarant>();
        if (chance(50)) made.bailleur = BailleurId{std::to_string(number(0, 1))};
        made.qualifications = qualifications();
        for (int i = number(0, 3); i > 0; --i) {
            made.dejaAffectes.push_back(PartenaireId{"p" + std::to_string(number(0, partenaires))});
        }
        return made;
    }

  private:
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("the engine, which stops at the first no, and the explanation, which never stops, agree") {
    Tirage tirage(44);
    std::size_t affected = 0;
    std::size_t nobody = 0;
    for (int round = 0; round < 60; ++round) {
        const Annuaire annuaire(tirage.annuaire(25, 8));
        for (int i = 0; i < 40; ++i) {
            const auto cas = tirage.dossier(25);
            const auto reelle = affecter(annuaire, cas, ModeAffectation::Reelle);
            const auto simulation = affecter(annuaire, cas, ModeAffectation::Simulation);
            REQUIRE(expliquer(annuaire, cas, ModeAffectation::Reelle).retenus == reelle);
            REQUIRE(expliquer(annuaire, cas, ModeAffectation::Simulation).retenus == simulation);
            // The real run is the simulation without those affected already, in the same order.
            auto rest = simulation;
            std::erase_if(rest, [&](const PartenaireId& id) {
                return std::find(cas.dejaAffectes.begin(), cas.dejaAffectes.end(), id) != cas.dejaAffectes.end();
            });
            REQUIRE(rest == reelle);
            // Whoever a rule affects could have been chosen by hand.
            const auto candidats = localiser(annuaire, cas, ModeAffectation::Simulation);
            for (const auto& id : simulation) {
                REQUIRE(std::find(candidats.begin(), candidats.end(), id) != candidats.end());
            }
            affected += reelle.size();
            nobody += reelle.empty() ? 1 : 0;
        }
    }
    // Both outcomes were met often, or nothing was tested.
    CHECK(affected > 500);
    CHECK(nobody > 200);
}

TEST_CASE("adding an excluded zone, or archiving, never affects more partners") {
    Tirage tirage(7);
    std::size_t lost = 0;
    for (int round = 0; round < 40; ++round) {
        auto contenu = tirage.annuaire(20, 6);
        const auto cas = tirage.dossier(20);
        const auto before = affecter(Annuaire(contenu), cas, ModeAffectation::Simulation);
        for (auto& one : contenu.partenaires) {
            if (tirage.chance(50)) one.zonesExclues.push_back(ZoneId{"4"});
            if (tirage.chance(20)) one.archive = true;
        }
        const auto after = affecter(Annuaire(contenu), cas, ModeAffectation::Simulation);
        lost += before.size() - after.size();
        for (const auto& id : after) {
            REQUIRE(std::find(before.begin(), before.end(), id) != before.end());
        }
    }
    CHECK(lost > 0);
}

// Not run by default: `unit_routing [mesure]`, on a release build, on a quiet machine.
TEST_CASE("time per case with 100 partners in the territory", "[.][mesure]") {
    Tirage tirage(3);
    const Annuaire annuaire(tirage.annuaire(110, 25));
    std::vector<DossierAAffecter> cas;
    for (int i = 0; i < 1000; ++i) cas.push_back(tirage.dossier(110));
    std::size_t total = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < 20; ++round) {
        for (const auto& one : cas) total += affecter(annuaire, one, ModeAffectation::Reelle).size();
    }
    const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
    WARN(spent.count() / 20000 << " µs per case, " << static_cast<double>(total) / 20000 << " partners each");
    CHECK(spent.count() / 20000 < 20);
}
