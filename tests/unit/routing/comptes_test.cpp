// Who may do what with accounts: the rows of the reference of permissions that concern users, role by role.
#include "services/routing/domain/comptes.hpp"

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::routing;
using auth::Role;

namespace {

// Partners: a and b in territory 13, c in 30, s that of the administrators.
const PartenaireVise kA{"a", "13"};
const PartenaireVise kB{"b", "13"};
const PartenaireVise kC{"c", "30"};
const PartenaireVise kS{"s", std::nullopt};

const PartenaireVise& partenaire(char nom) {
    return nom == 'a' ? kA : nom == 'b' ? kB : nom == 'c' ? kC : kS;
}

Role role(const std::string& nom) {
    return nom == "SA"    ? Role::SuperAdmin
           : nom == "RT"  ? Role::ResponsableTerritoire
           : nom == "AP"  ? Role::AdminPartenaire
           : nom == "API" ? Role::Api
                          : Role::Agent;
}

// `RT:ac`: a territory's manager who is a member of the partners a and c; `!` at the end: anonymised.
Acteur acteur(const std::string& texte) {
    Acteur lu{"moi", role(texte.substr(0, texte.find(':'))), {}, {}};
    for (const char nom : texte.substr(texte.find(':') + 1)) {
        lu.partenaires.push_back(partenaire(nom).id);
        if (const auto& code = partenaire(nom).territoire) lu.territoires.push_back(*code);
    }
    return lu;
}

CompteVise vise(std::string texte) {
    CompteVise lu;
    if (texte.ends_with('!')) {
        lu.anonymise = true;
        texte.pop_back();
    }
    lu.role = role(texte.substr(0, texte.find(':')));
    for (const char nom : texte.substr(texte.find(':') + 1)) lu.partenaires.push_back(partenaire(nom));
    return lu;
}

// What of an account he may: s see, e edit (USER_EDIT), d delete and transfer, x disable.
struct Ligne {
    const char* acteur;
    const char* compte;
    const char* peut;
};

constexpr Ligne kLignes[] = {
    // A super admin: always, but what is anonymised or a system's.
    {"SA:s", "Agent:a", "sedx"},
    {"SA:s", "RT:c", "sedx"},
    {"SA:", "SA:s", "sedx"},
    {"SA:s", "API:a", "s"},
    {"SA:s", "Agent:a!", "s"},
    // A territory's manager: accounts no higher than his, that share a territory.
    {"RT:a", "Agent:a", "sed"},
    {"RT:a", "Agent:b", "sed"},
    {"RT:a", "AP:b", "sed"},
    {"RT:a", "RT:b", "sed"},
    {"RT:a", "Agent:bc", "sed"},
    {"RT:a", "Agent:c", ""},
    {"RT:a", "RT:c", ""},
    {"RT:ac", "Agent:c", "sed"},
    {"RT:a", "SA:s", ""},
    {"RT:a", "SA:a", ""},
    {"RT:a", "API:a", ""},
    {"RT:a", "Agent:a!", ""},
    // A partner's admin: accounts no higher than his that share a territory; he is shown those of his partners.
    {"AP:a", "Agent:a", "se"},
    {"AP:a", "AP:a", "se"},
    {"AP:a", "Agent:b", "e"},
    {"AP:a", "RT:a", "s"},
    {"AP:a", "Agent:c", ""},
    {"AP:a", "SA:a", ""},
    {"AP:a", "API:a", ""},
    {"AP:a", "Agent:a!", ""},
    // An agent, a system: never.
    {"Agent:a", "Agent:a", ""},
    {"Agent:a", "AP:a", ""},
    {"API:a", "Agent:a", ""},
    {"API:a", "API:a", ""},
};

}  // namespace

TEST_CASE("USER_EDIT, USER_DELETE, USER_TRANSFER, USER_DISABLE: every row, allowed and refused") {
    for (const auto& ligne : kLignes) {
        const auto qui = acteur(ligne.acteur);
        const auto quoi = vise(ligne.compte);
        std::string peut;
        if (peutVoir(qui, quoi)) peut += 's';
        if (peutModifier(qui, quoi)) peut += 'e';
        if (peutRetirer(qui, quoi)) peut += 'd';
        if (peutDesactiver(qui, quoi)) peut += 'x';
        INFO(ligne.acteur << " on " << ligne.compte);
        CHECK(peut == ligne.peut);
    }
}

TEST_CASE("PARTNER_USER_CREATE and PARTNER_ASSIGN_PERMISSION_AFFECTATION, by partner") {
    const struct {
        const char* acteur;
        const char* cree;      // partners where he opens accounts
        const char* affecte;   // partners where he gives the permission to affect
    } lignes[] = {{"SA:s", "abcs", "abcs"}, {"RT:a", "ab", "ab"}, {"RT:ac", "abc", "abc"}, {"RT:", "", ""},
                  {"AP:a", "a", ""},        {"AP:ac", "ac", ""},  {"Agent:a", "", ""},     {"API:a", "", ""}};
    for (const auto& ligne : lignes) {
        std::string cree;
        std::string affecte;
        for (const char nom : {'a', 'b', 'c', 's'}) {
            if (peutCreer(acteur(ligne.acteur), partenaire(nom))) cree += nom;
            if (peutPermettreAffectation(acteur(ligne.acteur), partenaire(nom))) affecte += nom;
        }
        INFO(ligne.acteur);
        CHECK(cree == ligne.cree);
        CHECK(affecte == ligne.affecte);
    }
}

TEST_CASE("nobody gives a role higher than his own, nor that of a system") {
    const Role roles[] = {Role::SuperAdmin, Role::ResponsableTerritoire, Role::AdminPartenaire, Role::Agent, Role::Api};
    const bool attendu[5][5] = {{true, true, true, true, false},
                                {false, true, true, true, false},
                                {false, false, true, true, false},
                                {false, false, false, true, false},
                                {false, false, false, false, false}};
    for (int qui = 0; qui < 5; ++qui) {
        for (int quoi = 0; quoi < 5; ++quoi) {
            INFO(auth::nameOf(roles[qui]) << " gives " << auth::nameOf(roles[quoi]));
            CHECK(peutDonner({"moi", roles[qui], {}, {}}, roles[quoi]) == attendu[qui][quoi]);
        }
    }
}

TEST_CASE("an address is the same in any case, and must be one") {
    CHECK(courrielCanonique("  Lea.Durand@Exemple.FR ") == "lea.durand@exemple.fr");
    for (const char* bon : {"a@b.fr", "lea.durand+essai@ville-de-x.fr", "o'neil@exemple.fr"}) CHECK(estCourriel(bon));
    for (const char* mauvais : {"", "a", "@b.fr", "a@", "a@b", "a@@b.fr", "a b@c.fr", "a@b..fr", "a@.fr", "a@b.", "é@b.fr",
                                "a@b.fr\n", "<a@b.fr>", "a,b@c.fr"}) {
        INFO(mauvais);
        CHECK_FALSE(estCourriel(mauvais));
    }
    CHECK_FALSE(estCourriel(std::string(180, 'a') + "@b.fr"));
}
