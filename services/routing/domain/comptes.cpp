#include "services/routing/domain/comptes.hpp"

#include <algorithm>
#include <array>

#include "libs/core/text.hpp"

namespace histologe::routing {
namespace {

using auth::Role;

constexpr std::array<std::string_view, 3> kStatuts = {"INACTIVE", "ACTIVE", "ARCHIVE"};
constexpr std::size_t kCourrielLePlusLong = 180;

bool contient(const std::vector<std::string>& textes, const std::string& texte) noexcept {
    return std::find(textes.begin(), textes.end(), texte) != textes.end();
}

bool estDuTerritoire(const Acteur& acteur, const PartenaireVise& partenaire) noexcept {
    return partenaire.territoire && contient(acteur.territoires, *partenaire.territoire);
}

bool partageUnTerritoire(const Acteur& acteur, const CompteVise& compte) noexcept {
    return std::any_of(compte.partenaires.begin(), compte.partenaires.end(),
                       [&](const auto& partenaire) { return estDuTerritoire(acteur, partenaire); });
}

bool partageUnPartenaire(const Acteur& acteur, const CompteVise& compte) noexcept {
    return std::any_of(compte.partenaires.begin(), compte.partenaires.end(),
                       [&](const auto& partenaire) { return contient(acteur.partenaires, partenaire.id); });
}

// Whose account nobody edits, whoever asks.
bool estHorsDAtteinte(const CompteVise& compte) noexcept {
    return compte.anonymise || !auth::isAgent(compte.role);
}

}  // namespace

std::string_view nomDe(StatutCompte statut) noexcept {
    return kStatuts[static_cast<std::size_t>(statut)];
}

std::optional<StatutCompte> statutCompteNomme(std::string_view nom) noexcept {
    for (std::size_t i = 0; i < kStatuts.size(); ++i) {
        if (kStatuts[i] == nom) return static_cast<StatutCompte>(i);
    }
    return std::nullopt;
}

std::string courrielCanonique(std::string_view courriel) {
    std::string canonique(core::trim(courriel));
    for (auto& c : canonique) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return canonique;
}

bool estCourriel(std::string_view courriel) {
    const auto arobase = courriel.find('@');
    if (arobase == std::string_view::npos || arobase == 0 || courriel.size() > kCourrielLePlusLong) return false;
    const auto domaine = courriel.substr(arobase + 1);
    const bool simple = std::all_of(courriel.begin(), courriel.end(), [](char c) {
        return c > ' ' && c < 127 && std::string_view("\"(),:;<>[]\\").find(c) == std::string_view::npos;
    });
    return simple && domaine.find('@') == std::string_view::npos && domaine.find('.') != std::string_view::npos &&
           domaine.front() != '.' && domaine.back() != '.' && courriel.find("..") == std::string_view::npos;
}

bool peutVoir(const Acteur& acteur, const CompteVise& compte) noexcept {
    if (acteur.role == Role::SuperAdmin) return true;
    if (compte.role == Role::SuperAdmin || estHorsDAtteinte(compte)) return false;
    if (acteur.role == Role::ResponsableTerritoire) return partageUnTerritoire(acteur, compte);
    return acteur.role == Role::AdminPartenaire && partageUnPartenaire(acteur, compte);
}

bool peutCreer(const Acteur& acteur, const PartenaireVise& partenaire) noexcept {
    if (acteur.role == Role::SuperAdmin) return true;
    if (acteur.role == Role::ResponsableTerritoire) return estDuTerritoire(acteur, partenaire);
    return acteur.role == Role::AdminPartenaire && contient(acteur.partenaires, partenaire.id);
}

bool peutDonner(const Acteur& acteur, Role role) noexcept {
    // The roles are in order, the highest first.
    return auth::isAgent(acteur.role) && auth::isAgent(role) && acteur.role <= role;
}

bool peutModifier(const Acteur& acteur, const CompteVise& compte) noexcept {
    if (estHorsDAtteinte(compte)) return false;
    if (acteur.role == Role::SuperAdmin) return true;
    if (acteur.role != Role::ResponsableTerritoire && acteur.role != Role::AdminPartenaire) return false;
    return compte.role >= acteur.role && partageUnTerritoire(acteur, compte);
}

bool peutRetirer(const Acteur& acteur, const CompteVise& compte) noexcept {
    if (acteur.role == Role::AdminPartenaire) return false;
    return peutModifier(acteur, compte);
}

bool peutDesactiver(const Acteur& acteur, const CompteVise& compte) noexcept {
    return acteur.role == Role::SuperAdmin && !estHorsDAtteinte(compte);
}

bool peutPermettreAffectation(const Acteur& acteur, const PartenaireVise& partenaire) noexcept {
    if (acteur.role == Role::SuperAdmin) return true;
    return acteur.role == Role::ResponsableTerritoire && estDuTerritoire(acteur, partenaire);
}

}  // namespace histologe::routing
