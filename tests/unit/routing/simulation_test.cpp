// Rules tried on a case, and the reasons in words.
#include "services/routing/domain/simulation.hpp"

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::routing;

namespace {

const auto kTreize = *domain::CodeTerritoire::parse("13");
const auto kGard = *domain::CodeTerritoire::parse("30");

Partenaire partenaire(const char* id, domain::TypePartenaire type, domain::CodeTerritoire territoire = kTreize) {
    Partenaire un;
    un.id = {id};
    un.nom = id;
    un.type = type;
    un.territoire = territoire;
    return un;
}

Regle regle(const char* id, domain::TypePartenaire type, domain::CodeTerritoire territoire = kTreize) {
    Regle une;
    une.id = {id};
    une.territoire = territoire;
    une.typePartenaire = type;
    return une;
}

DossierAAffecter dossier() {
    DossierAAffecter un{
        kTreize, domain::CodeInsee::parse("13202"), Position{5.37, 43.3}, false, Allocataire::Caf, {}, {}, {}, {}};
    un.profil = domain::ProfilDeclarant::Locataire;
    return un;
}

std::string codes(const std::vector<Raison>& raisons) {
    std::string tous;
    for (const auto& une : raisons)
        tous += (tous.empty() ? "" : " ") + une.code + (une.regle ? "@" + une.regle->valeur : "");
    return tous;
}

}  // namespace

TEST_CASE("a rule that is tried stands last, or in place of the one that it replaces") {
    using domain::TypePartenaire;
    ContenuAnnuaire contenu;
    contenu.partenaires = {partenaire("a", TypePartenaire::Adil), partenaire("b", TypePartenaire::Ars),
                           partenaire("c", TypePartenaire::Adil, kGard)};
    contenu.regles = {regle("r1", TypePartenaire::Adil), regle("r2", TypePartenaire::Ars, kGard)};
    const Annuaire annuaire(contenu);
    auto part = partDuTerritoire(annuaire, kTreize, regle("essai", TypePartenaire::Ars));
    CHECK(part.partenaires.size() == 2);
    REQUIRE(part.regles.size() == 2);
    CHECK(part.regles[1].id.valeur == "essai");
    CHECK(expliquer(Annuaire(part), dossier(), ModeAffectation::Reelle).retenus ==
          std::vector<PartenaireId>{{"a"}, {"b"}});
    part = partDuTerritoire(annuaire, kTreize, regle("r1", TypePartenaire::Ars));
    REQUIRE(part.regles.size() == 1);
    CHECK(expliquer(Annuaire(part), dossier(), ModeAffectation::Reelle).retenus == std::vector<PartenaireId>{{"b"}});
    CHECK(partDuTerritoire(annuaire, kTreize, std::nullopt).regles.size() == 1);
}

TEST_CASE("whoever is not chosen has a reason, whoever is has none") {
    using domain::TypePartenaire;
    ContenuAnnuaire contenu;
    contenu.partenaires = {partenaire("a", TypePartenaire::Adil), partenaire("b", TypePartenaire::Adil),
                           partenaire("c", TypePartenaire::BailleurSocial), partenaire("d", TypePartenaire::Ars)};
    contenu.partenaires[1].communes = {*domain::CodeInsee::parse("13001")};
    contenu.regles = {regle("r1", TypePartenaire::Adil), regle("r2", TypePartenaire::BailleurSocial),
                      regle("r3", TypePartenaire::Adil)};
    contenu.regles[0].parc = ParcVise::Public;
    contenu.regles[2].partenairesExclus = {{"b"}};
    const Annuaire annuaire(contenu);
    const auto explication = expliquer(annuaire, dossier(), ModeAffectation::Reelle);
    const auto raisons = [&](std::uint32_t numero) {
        return codes(raisonsDe(annuaire, explication, numero, ModeAffectation::Reelle));
    };
    CHECK(raisons(0).empty());
    CHECK(regleQuiRetient(explication, 0) == RegleId{"r3"});
    CHECK(raisons(1) == "hors_perimetre parc@r1 partenaire_exclu@r3");
    CHECK(raisons(2) == "autre_bailleur@r2");
    CHECK(raisons(3) == "aucune_regle");
    for (std::uint32_t numero = 0; numero < explication.partenaires.size(); ++numero) {
        CHECK(raisons(numero).empty() == regleQuiRetient(explication, numero).has_value());
    }
    // D-49: without a position nobody gets it, and that is the reason.
    auto sans = dossier();
    sans.position.reset();
    const auto rien = expliquer(annuaire, sans, ModeAffectation::Reelle);
    CHECK(rien.retenus.empty());
    CHECK(codes(raisonsDe(annuaire, rien, 0, ModeAffectation::Reelle)) == "position_inconnue parc@r1");
}
