// The rights of usagers and landlords: the whole table, held against what the reference says of each status.
#include "services/intake/domain/droits_usager.hpp"

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::intake;
using domain::StatutDossier;
using std::chrono::days;
using std::chrono::hours;

namespace {

// A cell: `-` never; else the conditions that must hold, by letter (`.` for none). The columns are the statuses in
// their order: draft, new, active, closed, archived, refused, draft archived, injonction, injonction closed.
const std::map<char, Condition> kLetters = {
    {'c', Condition::CguAcceptees},        {'o', Condition::LogementOccupe},        {'m', Condition::PeuApresCloture},
    {'a', Condition::PasDAbandon},         {'p', Condition::PasDePoursuiteRecente}, {'d', Condition::OccupantDeclare},
    {'t', Condition::SansTiers},           {'i', Condition::PasDInvitation},        {'b', Condition::BailleurAPrevenir},
    {'r', Condition::BailleurSansReponse}, {'y', Condition::BailleurDAccord},       {'k', Condition::ClotureDemandee},
    {'n', Condition::PasDeClotureDemandee}};

struct Ligne {
    Action action;
    std::vector<Personne> qui;
    std::vector<std::string> cases;  // nine
};

const std::vector<Personne> kUsagers = {Personne::Occupant, Personne::Declarant};
const std::vector<Personne> kBailleur = {Personne::Bailleur};
const std::vector<Personne> kPorteur = {Personne::Porteur};

// clang-format off
const std::vector<Ligne> kAttendu = {
    //                                                   draft new    active closed archiv refuse dr.ar. inj.   inj.closed
    {Action::Voir,                kUsagers,             {"-", "c",   "c",   "c",   "c",   "c",   "-", "c",   "c"}},
    {Action::Voir,                kBailleur,            {"-", ".",   ".",   ".",   ".",   ".",   "-", ".",   "."}},
    {Action::AccepterCgu,         kUsagers,             {"-", ".",   ".",   ".",   ".",   ".",   "-", ".",   "."}},
    {Action::Ecrire,              kUsagers,             {"-", "co",  "co",  "com", "-",   "-",   "-", "co",  "-"}},
    {Action::Ecrire,              kBailleur,            {"-", "y",   "y",   "-",   "-",   "-",   "-", "y",   "-"}},
    {Action::Joindre,             kUsagers,             {"-", "co",  "co",  "com", "-",   "-",   "-", "co",  "-"}},
    {Action::Completer,           kUsagers,             {"-", "co",  "co",  "-",   "-",   "-",   "-", "co",  "-"}},
    {Action::Abandonner,          kUsagers,             {"-", "coa", "coa", "-",   "-",   "-",   "-", "coa", "-"}},
    {Action::Poursuivre,          kUsagers,             {"-", "cop", "cop", "-",   "-",   "-",   "-", "cop", "-"}},
    {Action::Basculer,            kUsagers,             {"-", "-",   "-",   "-",   "-",   "-",   "-", "c",   "-"}},
    {Action::RepondreCloture,     kUsagers,             {"-", "-",   "-",   "-",   "-",   "-",   "-", "ck",  "-"}},
    {Action::Inviter,             {Personne::Occupant}, {"-", "odti","odti","-",   "-",   "-",   "-", "odti","-"}},
    {Action::DireBailleurPrevenu, kUsagers,             {"-", "cob", "cob", "-",   "-",   "-",   "-", "cob", "-"}},
    {Action::AccepterInvitation,  kPorteur,             {"-", "ot",  "ot",  "-",   "-",   "-",   "-", "ot",  "-"}},
    {Action::RefuserInvitation,   kPorteur,             {"-", "o",   "o",   "-",   "-",   "-",   "-", "o",   "-"}},
    {Action::ConfirmerCourriel,   kPorteur,             {"-", "o",   "o",   "-",   "-",   "-",   "-", "o",   "-"}},
    {Action::RepondreInjonction,  kBailleur,            {"-", "-",   "-",   "-",   "-",   "-",   "-", "r",   "-"}},
    {Action::DemanderCloture,     kBailleur,            {"-", "-",   "-",   "-",   "-",   "-",   "-", "yn",  "-"}},
};
// clang-format on

bool attendu(Action action, int statut, Personne personne, Conditions remplies) {
    for (const auto& ligne : kAttendu) {
        const bool isTheirs = std::find(ligne.qui.begin(), ligne.qui.end(), personne) != ligne.qui.end();
        if (ligne.action != action || !isTheirs) continue;
        const auto& cell = ligne.cases.at(static_cast<std::size_t>(statut));
        if (cell == "-") return false;
        for (const char letter : cell) {
            if (letter != '.' && (remplies & masque(kLetters.at(letter))) == 0) return false;
        }
        return true;
    }
    return false;
}

core::Instant at(int day) {
    return core::Instant() + days(20000 + day);
}

}  // namespace

TEST_CASE("every action, status, person and set of conditions is decided as the reference says") {
    constexpr int kStatuts = static_cast<int>(StatutDossier::InjonctionCloturee) + 1;
    REQUIRE(kStatuts == 9);
    REQUIRE(kLetters.size() == static_cast<std::size_t>(kConditions));
    long long wrong = 0;
    long long allowed = 0;
    for (int action = 0; action < kActions; ++action) {
        for (int statut = 0; statut < kStatuts; ++statut) {
            for (int personne = 0; personne <= static_cast<int>(Personne::Porteur); ++personne) {
                for (unsigned remplies = 0; remplies < (1U << kConditions); ++remplies) {
                    const auto a = static_cast<Action>(action);
                    const auto p = static_cast<Personne>(personne);
                    const auto set = static_cast<Conditions>(remplies);
                    const bool got = permet(a, static_cast<StatutDossier>(statut), p, set);
                    allowed += got ? 1 : 0;
                    if (got != attendu(a, statut, p, set)) {
                        ++wrong;
                        CAPTURE(action, statut, personne, remplies);
                        CHECK(wrong < 5);
                    }
                }
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(allowed > 0);
}

TEST_CASE("each condition follows from what the signalement says, at its bounds") {
    SituationUsager s;
    const auto holds = [&](Condition condition, Personne who = Personne::Occupant, core::Instant now = at(100)) {
        return (conditionsDe(s, who, now) & masque(condition)) != 0;
    };
    CHECK(holds(Condition::CguAcceptees, Personne::Declarant));
    s.cguAAccepter = true;
    CHECK_FALSE(holds(Condition::CguAcceptees, Personne::Declarant));
    CHECK(holds(Condition::CguAcceptees, Personne::Occupant));

    CHECK(holds(Condition::LogementOccupe));
    s.vacant = true;
    CHECK_FALSE(holds(Condition::LogementOccupe));

    CHECK(holds(Condition::PasDAbandon));
    CHECK(holds(Condition::PasDePoursuiteRecente));
    s.dernierePoursuiteLe = at(100) - kEntreDeuxPoursuites;
    CHECK(holds(Condition::PasDePoursuiteRecente));
    *s.dernierePoursuiteLe += std::chrono::seconds(1);
    CHECK_FALSE(holds(Condition::PasDePoursuiteRecente));
    s.abandonDemande = true;  // whoever asked to stop since may change his mind
    CHECK(holds(Condition::PasDePoursuiteRecente));
    CHECK_FALSE(holds(Condition::PasDAbandon));

    CHECK(holds(Condition::SansTiers));
    s.tiersConnu = true;
    CHECK_FALSE(holds(Condition::SansTiers));
    CHECK(holds(Condition::PasDInvitation));
    s.invitationEnAttente = true;
    CHECK_FALSE(holds(Condition::PasDInvitation));

    for (const auto profil : {Profil::Locataire, Profil::BailleurOccupant, Profil::TiersParticulier, Profil::TiersPro,
                              Profil::Bailleur, Profil::ServiceSecours}) {
        s.profil = profil;
        CHECK(holds(Condition::OccupantDeclare) == estOccupant(profil));
        s.bailleurPrevenu = false;
        CHECK(holds(Condition::BailleurAPrevenir) ==
              (profil != Profil::Bailleur && profil != Profil::BailleurOccupant));
        s.bailleurPrevenu = true;
        CHECK_FALSE(holds(Condition::BailleurAPrevenir));
    }

    CHECK(holds(Condition::BailleurSansReponse));
    CHECK_FALSE(holds(Condition::BailleurDAccord));
    s.bailleurDAccord = false;
    CHECK_FALSE(holds(Condition::BailleurSansReponse));
    CHECK_FALSE(holds(Condition::BailleurDAccord));
    s.bailleurDAccord = true;
    CHECK(holds(Condition::BailleurDAccord));
    CHECK(holds(Condition::PasDeClotureDemandee));
    s.clotureDemandee = true;
    CHECK(holds(Condition::ClotureDemandee));
    CHECK_FALSE(holds(Condition::PasDeClotureDemandee));
}

TEST_CASE("D-87: one message for each closure, within thirty days") {
    SituationUsager s;
    s.statut = StatutDossier::Ferme;
    const auto may = [&](core::Instant now) { return peut(s, Personne::Occupant, Action::Ecrire, now); };
    CHECK_FALSE(may(at(1)));  // closed nobody knows when
    s.fermeLe = at(10);
    CHECK(may(at(10)));
    CHECK(may(at(40) - std::chrono::seconds(1)));
    CHECK_FALSE(may(at(40)));
    s.dernierMessageLe = at(9);  // while it was open
    CHECK(may(at(12)));
    s.dernierMessageLe = at(11);
    CHECK_FALSE(may(at(12)));
    s.statut = StatutDossier::EnCours;  // reopened
    CHECK(may(at(50)));
    s.statut = StatutDossier::Ferme;  // and closed again
    s.fermeLe = at(60);
    CHECK(may(at(61)));
    s.dernierMessageLe = at(61);
    CHECK_FALSE(may(at(62)));
}

TEST_CASE("decision 2: who may write after a closure may add a file, and nobody else") {
    SituationUsager s;
    s.statut = StatutDossier::Ferme;
    s.fermeLe = at(10);
    CHECK(peut(s, Personne::Occupant, Action::Joindre, at(11)));
    CHECK_FALSE(peut(s, Personne::Occupant, Action::Completer, at(11)));
    s.vacant = true;
    CHECK_FALSE(peut(s, Personne::Occupant, Action::Joindre, at(11)));
}
