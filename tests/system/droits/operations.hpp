// Every operation of the contract with who may call it, written down a second time and by hand.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "libs/core/json.hpp"

namespace histologe::droits {

// What an operation is about: whose it is decides, once the role may call it at all.
enum class Objet {
    Aucun,        // nothing in particular: the answer is made of what the caller may see
    Dossier,      // super admin, the territoire's managers, the affected partners' people and systems
    Modification, // of a dossier: the same here, where the affectation is accepted and the dossier active
    Affectation,
    Pilotage,     // of a dossier: who runs the territoire
    Saisie,       // a draft: its author, and the super admin
    Compte,       // an agent's account: super admin, managers of the territoire, admins of the partner
    CompteDeSuperAdmin,  // what only a super admin does with one that others see
    Partenaire,   // named in the body: who may have accounts there
    Partenariat,  // a partner's sheet: super admin, managers of its territoire, its own admins
    Tenue,        // the same, changed by who runs the territoire
    Territoire,   // what who runs the territoire keeps: zones, rules, links with other systems
    Membres,      // what people of the territoire see, and who runs it keeps: tags
    DuTerritoire, // named in the body: whoever may ask may know of it
    Suivi,        // of the platform, in the dossier: a super admin alone takes it back
    SuiviDAutrui, // nobody but its author changes it
    Recherche,    // its owner
    Fichier,      // of the dossier
    Personnel,    // the caller's own
};

struct Operation {
    std::string_view id;
    // Roles that may: letters of Lecteur::genre; empty: everybody, without a token.
    std::string_view qui;
    Objet objet = Objet::Aucun;
    std::string_view corps{};   // a body that the contract takes, with the place names of the path where needed
};

std::span<const Operation> operations() noexcept;

}  // namespace histologe::droits
