// The directory as the auto-affectation engine reads it: an immutable snapshot, swapped whole when the directory
// changes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/domain/territoires/codes.hpp"
#include "libs/domain/vocabulaire/partenaires.hpp"
#include "services/routing/domain/criteres.hpp"
#include "services/routing/domain/identifiants.hpp"

namespace histologe::routing {

struct Partenaire {
    PartenaireId id;
    std::string nom;
    domain::TypePartenaire type = domain::TypePartenaire::Autre;
    // Empty only for the technical partner of the administrators, which is never a candidate.
    std::optional<domain::CodeTerritoire> territoire;
    bool archive = false;
    // The municipal perimeter, sorted (parseListeInsee); empty when the partner has no list.
    std::optional<std::vector<domain::CodeInsee>> communes;
    std::vector<ZoneId> zones;
    std::vector<ZoneId> zonesExclues;
    std::vector<CodeEpci> epcis;
    // The social landlord that a BAILLEUR_SOCIAL partner is.
    std::optional<BailleurId> bailleur;
    domain::Qualifications competences;
};

struct Zone {
    ZoneId id;
    domain::CodeTerritoire territoire;
    std::string nom;
    domain::TypeZone type = domain::TypeZone::Autre;
    std::string wkt;
};

struct Epci {
    CodeEpci code;
    std::string nom;
    std::vector<domain::CodeInsee> communes;
};

// A social landlord, as a report of social housing may name it.
struct Bailleur {
    BailleurId id;
    std::string nom;
    std::vector<domain::CodeTerritoire> territoires;
    std::string raisonSociale{};  // may be empty
};

// An auto-affectation rule. (Reference of routing, 2.1.)
struct Regle {
    RegleId id;
    domain::CodeTerritoire territoire;
    bool active = true;
    domain::TypePartenaire typePartenaire = domain::TypePartenaire::Autre;
    ProfilVise profil = ProfilVise::Tous;
    // Sorted (parseListeInsee); empty for every commune.
    std::optional<std::vector<domain::CodeInsee>> communesIncluses;
    // Sorted.
    std::vector<domain::CodeInsee> communesExclues;
    std::vector<PartenaireId> partenairesExclus;
    ParcVise parc = ParcVise::Tous;
    AllocataireVise allocataire = AllocataireVise::Tous;
    // Empty for every case; otherwise one active qualification of the case must be among them.
    domain::Qualifications procedures;
};

// Everything a snapshot is made from. The order of rules and of partners is that of their creation: it decides the
// order of the partners that are affected.
struct ContenuAnnuaire {
    std::vector<Partenaire> partenaires;
    std::vector<Zone> zones;
    std::vector<Epci> epcis;
    std::vector<Bailleur> bailleurs;
    std::vector<Regle> regles;
};

struct IndexTerritoire;

// Built once from its content, then only read, by any number of threads.
class Annuaire {
  public:
    explicit Annuaire(ContenuAnnuaire contenu);
    ~Annuaire();
    Annuaire(const Annuaire&) = delete;
    Annuaire& operator=(const Annuaire&) = delete;

    [[nodiscard]] const ContenuAnnuaire& contenu() const noexcept { return contenu_; }

    // What is amiss in the content, one French sentence each: a zone that cannot be read, a zone or an EPCI that a
    // partner names and that does not exist. The rest of the directory works on; the perimeter that lacks contains
    // nothing.
    [[nodiscard]] const std::vector<std::string>& anomalies() const noexcept { return anomalies_; }

    // Null when the id is unknown. Archived partners are found too.
    [[nodiscard]] const Partenaire* partenaire(const PartenaireId& id) const noexcept;

    // For the engine (index_territoire.hpp). Null when the territory has nothing in the directory.
    [[nodiscard]] const IndexTerritoire* index(domain::CodeTerritoire code) const noexcept;

  private:
    struct Tables;

    ContenuAnnuaire contenu_;
    std::vector<std::string> anomalies_;
    std::unique_ptr<Tables> tables_;
};

}  // namespace histologe::routing
