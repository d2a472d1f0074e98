#include <catch2/catch.hpp>

#include "services/routing/domain/affectation_explication.hpp"
#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/bailleurs.hpp"
#include "services/routing/domain/localisation.hpp"

using namespace histologe::routing;
using namespace histologe::domain;

namespace {

const auto kTerritoire = *CodeTerritoire::parse("44");
const auto kCommune = *CodeInsee::parse("44001");

Partenaire partenaire(std::string nom, TypePartenaire type = TypePartenaire::CommuneSchs) {
    Partenaire made;
    made.id.valeur = "id-" + nom;
    made.nom = std::move(nom);
    made.type = type;
    made.territoire = kTerritoire;
    return made;
}

Regle regle(TypePartenaire type = TypePartenaire::CommuneSchs) {
    Regle made;
    made.id.valeur = "regle";
    made.territoire = kTerritoire;
    made.typePartenaire = type;
    return made;
}

Zone zone(std::string id, std::string wkt) {
    return {ZoneId{id}, kTerritoire, id, TypeZone::Autre, std::move(wkt)};
}

DossierAAffecter dossier() {
    DossierAAffecter made;
    made.territoire = kTerritoire;
    made.codeInsee = kCommune;
    made.position = Position{2, 2};
    return made;
}

std::string noms(const Annuaire& annuaire, const std::vector<PartenaireId>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : " ") + annuaire.partenaire(id)->nom;
    return text;
}

const std::string kLeft = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";
const std::string kRight = "POLYGON ((5 0, 15 0, 15 10, 5 10, 5 0))";

}  // namespace

TEST_CASE("partners already affected count in a simulation only") {
    ContenuAnnuaire contenu;
    contenu.partenaires = {partenaire("A"), partenaire("B")};
    contenu.regles = {regle()};
    const Annuaire annuaire(contenu);
    auto cas = dossier();
    cas.dejaAffectes = {PartenaireId{"id-A"}, PartenaireId{"inconnu"}};
    CHECK(noms(annuaire, affecter(annuaire, cas, ModeAffectation::Reelle)) == "B");
    CHECK(noms(annuaire, affecter(annuaire, cas, ModeAffectation::Simulation)) == "A B");
    CHECK(noms(annuaire, localiser(annuaire, cas, ModeAffectation::Reelle)) == "B");
    CHECK(noms(annuaire, localiser(annuaire, cas, ModeAffectation::Simulation)) == "A B");
}

TEST_CASE("one excluded zone is enough") {
    ContenuAnnuaire contenu;
    contenu.zones = {zone("gauche", kLeft), zone("droite", kRight)};
    auto exclu = partenaire("A");
    exclu.zonesExclues = {ZoneId{"gauche"}, ZoneId{"droite"}};
    contenu.partenaires = {exclu};
    contenu.regles = {regle()};
    const Annuaire annuaire(contenu);
    const auto at = [&](double x) {
        auto cas = dossier();
        cas.position = Position{x, 5};
        return noms(annuaire, affecter(annuaire, cas, ModeAffectation::Reelle));
    };
    CHECK(at(2) == "");
    CHECK(at(7) == "");
    CHECK(at(12) == "");
    CHECK(at(20) == "A");
    CHECK(at(0) == "A");  // on the boundary is not inside
}

TEST_CASE("a zone named twice, or by several partners, is one zone") {
    ContenuAnnuaire contenu;
    contenu.zones = {zone("gauche", kLeft)};
    auto un = partenaire("A");
    un.zones = {ZoneId{"gauche"}, ZoneId{"gauche"}};
    auto deux = partenaire("B");
    deux.zones = {ZoneId{"gauche"}};
    contenu.partenaires = {un, deux};
    contenu.regles = {regle()};
    const Annuaire annuaire(contenu);
    CHECK(annuaire.anomalies().empty());
    CHECK(noms(annuaire, affecter(annuaire, dossier(), ModeAffectation::Reelle)) == "A B");
}

TEST_CASE("what is amiss in the directory is told, and holds nothing up") {
    ContenuAnnuaire contenu;
    contenu.zones = {zone("cassee", "POLYGON ((")};
    auto perdu = partenaire("A");
    perdu.zones = {ZoneId{"cassee"}, ZoneId{"absente"}};
    perdu.epcis = {CodeEpci{"999"}};
    auto sain = partenaire("B");
    contenu.partenaires = {perdu, sain};
    contenu.regles = {regle()};
    const Annuaire annuaire(contenu);
    CHECK(annuaire.anomalies().size() == 3);
    // A partner whose only perimeter cannot be read does not become a partner of the whole territory.
    CHECK(noms(annuaire, affecter(annuaire, dossier(), ModeAffectation::Reelle)) == "B");
}

TEST_CASE("without position, commune, rule or territory nobody is affected") {
    ContenuAnnuaire contenu;
    contenu.partenaires = {partenaire("A")};
    contenu.regles = {regle()};
    const Annuaire annuaire(contenu);
    CHECK(noms(annuaire, affecter(annuaire, dossier(), ModeAffectation::Reelle)) == "A");
    auto cas = dossier();
    cas.position.reset();
    CHECK(affecter(annuaire, cas, ModeAffectation::Simulation).empty());
    cas = dossier();
    cas.codeInsee.reset();
    CHECK(affecter(annuaire, cas, ModeAffectation::Reelle).empty());
    cas = dossier();
    cas.territoire = *CodeTerritoire::parse("35");
    CHECK(affecter(annuaire, cas, ModeAffectation::Reelle).empty());
    CHECK(affecter(Annuaire({}), dossier(), ModeAffectation::Reelle).empty());
    CHECK(statutApres(StatutDossier::Nouveau, {}) == StatutDossier::Nouveau);
    CHECK(statutApres(StatutDossier::Nouveau, {PartenaireId{"x"}}) == StatutDossier::EnCours);
}

TEST_CASE("partners that may be chosen by hand come by name, with the competence asked for") {
    ContenuAnnuaire contenu;
    auto aide = partenaire("Éole");
    aide.competences.insert(Qualification::AideBailleurs);
    auto mairie = partenaire("zénith");
    mairie.communes = std::vector{*CodeInsee::parse("44109")};
    contenu.partenaires = {partenaire("Zoé"), aide, partenaire("albatros"), mairie};
    const Annuaire annuaire(contenu);
    CHECK(noms(annuaire, localiser(annuaire, dossier(), ModeAffectation::Reelle)) == "albatros Éole Zoé");
    CHECK(noms(annuaire, localiser(annuaire, dossier(), ModeAffectation::Reelle, Qualification::AideBailleurs)) ==
          "Éole");
    // Commune unknown: whoever chooses by hand may choose among all municipalities.
    auto cas = dossier();
    cas.codeInsee.reset();
    CHECK(noms(annuaire, localiser(annuaire, cas, ModeAffectation::Reelle)) == "albatros Éole zénith Zoé");
}

TEST_CASE("an explanation agrees with the engine and says which condition failed") {
    ContenuAnnuaire contenu;
    contenu.zones = {zone("gauche", kLeft)};
    auto horsZone = partenaire("C");
    horsZone.zonesExclues = {ZoneId{"gauche"}};
    contenu.partenaires = {partenaire("A"), partenaire("B", TypePartenaire::Ars), horsZone, partenaire("D")};
    auto prive = regle();
    prive.parc = ParcVise::Prive;
    prive.procedures.insert(Qualification::Danger);
    auto toutes = regle();
    toutes.partenairesExclus = {PartenaireId{"id-D"}};
    contenu.regles = {prive, toutes};
    const Annuaire annuaire(contenu);
    auto cas = dossier();
    cas.logementSocial = true;
    const auto explication = expliquer(annuaire, cas, ModeAffectation::Reelle);
    CHECK(explication.retenus == affecter(annuaire, cas, ModeAffectation::Reelle));
    CHECK(noms(annuaire, explication.retenus) == "A");
    REQUIRE(explication.regles.size() == 2);
    CHECK_FALSE(explication.regles[0].parc);
    CHECK_FALSE(explication.regles[0].procedure);
    CHECK(explication.regles[0].codeInsee);
    CHECK(explication.regles[1].vise());
    REQUIRE(explication.couples.size() == 8);
    CHECK_FALSE(explication.couples[5].typePartenaire);
    CHECK(explication.partenaires[2].localisation.territoireEntier);
    CHECK(explication.partenaires[2].localisation.zoneExclue);
    CHECK_FALSE(explication.couples[7].partenaireNonExclu);
    CHECK(explication.couples[4].retenu);

    cas.dejaAffectes = {PartenaireId{"id-A"}};
    CHECK(expliquer(annuaire, cas, ModeAffectation::Reelle).retenus.empty());
    CHECK(noms(annuaire, expliquer(annuaire, cas, ModeAffectation::Simulation).retenus) == "A");
    cas.position.reset();
    CHECK_FALSE(expliquer(annuaire, cas, ModeAffectation::Simulation).positionConnue);
    CHECK(expliquer(annuaire, cas, ModeAffectation::Simulation).retenus.empty());
}

TEST_CASE("a landlord is recognised by its name, for social housing of its territory") {
    ContenuAnnuaire contenu;
    contenu.bailleurs = {{BailleurId{"1"}, "Habitat 44", {kTerritoire}},
                         {BailleurId{"2"}, "Habitat 44", {kTerritoire}}};
    const Annuaire annuaire(contenu);
    CHECK(bailleurDuLogement(annuaire, kTerritoire, true, " HABITAT  44 ") == BailleurId{"1"});
    CHECK_FALSE(bailleurDuLogement(annuaire, kTerritoire, true, "Habitat 4").has_value());
    CHECK_FALSE(bailleurDuLogement(annuaire, kTerritoire, true, "").has_value());
    CHECK_FALSE(bailleurDuLogement(annuaire, kTerritoire, false, "Habitat 44").has_value());
    CHECK_FALSE(bailleurDuLogement(annuaire, kTerritoire, std::nullopt, "Habitat 44").has_value());
    CHECK_FALSE(bailleurDuLogement(annuaire, *CodeTerritoire::parse("35"), true, "Habitat 44").has_value());
}
