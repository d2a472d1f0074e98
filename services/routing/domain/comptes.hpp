// Accounts, as rules see them, and who may do what with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/auth/roles.hpp"

namespace histologe::routing {

// Written INACTIVE, ACTIVE, ARCHIVE. (Reference of routing, 1.5.)
enum class StatutCompte { Inactive, Active, Archive };
std::string_view nomDe(StatutCompte statut) noexcept;
std::optional<StatutCompte> statutCompteNomme(std::string_view nom) noexcept;

// An address as accounts are found by it: lower case, without blanks around; two that differ in accents are two.
std::string courrielCanonique(std::string_view courriel);

// True for what can be an address to write to, at most 180 characters.
bool estCourriel(std::string_view courriel);

// A partner as a decision looks at it. The partner of the administrators has no territory.
struct PartenaireVise {
    std::string id;
    std::optional<std::string> territoire;
};

// Who acts: an agent, with what his token says of him.
struct Acteur {
    std::string compte;
    auth::Role role = auth::Role::Agent;
    std::vector<std::string> territoires;
    std::vector<std::string> partenaires;
};

// The account that is acted on.
struct CompteVise {
    auth::Role role = auth::Role::Agent;
    std::vector<PartenaireVise> partenaires;
    bool anonymise = false;
};

// Whether the account is shown to him at all: a super admin sees every one, a territory's manager those with a partner
// there, a partner's admin those of his partners, everybody else none. What is not shown is answered as if it did not exist.
bool peutVoir(const Acteur& acteur, const CompteVise& compte) noexcept;

// PARTNER_USER_CREATE of the reference of permissions, and the role that is given: no higher than one's own.
bool peutCreer(const Acteur& acteur, const PartenaireVise& partenaire) noexcept;
bool peutDonner(const Acteur& acteur, auth::Role role) noexcept;

// USER_EDIT. Never an anonymised account nor one of a system; only a super admin acts on a super admin.
bool peutModifier(const Acteur& acteur, const CompteVise& compte) noexcept;

// USER_DELETE and USER_TRANSFER.
bool peutRetirer(const Acteur& acteur, const CompteVise& compte) noexcept;

// USER_DISABLE; also to bring an archived account back.
bool peutDesactiver(const Acteur& acteur, const CompteVise& compte) noexcept;

// PARTNER_ASSIGN_PERMISSION_AFFECTATION.
bool peutPermettreAffectation(const Acteur& acteur, const PartenaireVise& partenaire) noexcept;

}  // namespace histologe::routing
