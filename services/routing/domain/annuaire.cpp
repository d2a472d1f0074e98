#include "services/routing/domain/annuaire.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "libs/core/text.hpp"
#include "services/routing/domain/index_territoire.hpp"

namespace histologe::routing {

struct Annuaire::Tables {
    std::unordered_map<domain::CodeTerritoire, IndexTerritoire> territoires;
    std::unordered_map<std::string_view, const Partenaire*> partenaires;
};

namespace {

// Gives the zones that partners name their numbers, and keeps the texts for the index.
class Numbering {
  public:
    Numbering(const std::unordered_map<std::string_view, const Zone*>& known, std::vector<std::string>& anomalies)
        : known_(known), anomalies_(anomalies) {}

    std::vector<std::uint32_t> numbers(const Partenaire& partenaire, const std::vector<ZoneId>& ids) {
        std::vector<std::uint32_t> numbers;
        for (const auto& id : ids) {
            const auto zone = known_.find(id.valeur);
            if (zone == known_.end()) {
                anomalies_.push_back("Le partenaire « " + partenaire.nom + " » cite la zone inconnue " + id.valeur +
                                     ".");
                continue;
            }
            const auto [place, isNew] = numbered_.try_emplace(zone->first, static_cast<std::uint32_t>(wkts_.size()));
            if (isNew) {
                wkts_.push_back(zone->second->wkt);
                noms_.push_back(&zone->second->nom);
            }
            numbers.push_back(place->second);
        }
        return numbers;
    }

    IndexZones build() {
        IndexZones zones(wkts_);
        for (const auto& problem : zones.problems()) {
            anomalies_.push_back("La zone « " + *noms_[problem.zone] + " » est inutilisable. " + problem.reason);
        }
        return zones;
    }

  private:
    const std::unordered_map<std::string_view, const Zone*>& known_;
    std::vector<std::string>& anomalies_;
    std::unordered_map<std::string_view, std::uint32_t> numbered_;
    std::vector<std::string> wkts_;
    std::vector<const std::string*> noms_;
};

template <typename Value>
void sortUnique(std::vector<Value>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

void rankByName(IndexTerritoire& index) {
    std::vector<std::string> names;
    for (const auto& one : index.partenaires) names.push_back(core::fold(one.partenaire->nom));
    std::vector<std::uint32_t> order(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto left, auto right) { return names[left] < names[right]; });
    for (std::uint32_t rang = 0; rang < order.size(); ++rang) index.partenaires[order[rang]].rang = rang;
}

// Lists are documented as sorted; a caller that forgot would get silent misses, so they are made so.
void sortLists(ContenuAnnuaire& contenu) {
    for (auto& partenaire : contenu.partenaires) {
        if (partenaire.communes) sortUnique(*partenaire.communes);
    }
    for (auto& regle : contenu.regles) {
        if (regle.communesIncluses) sortUnique(*regle.communesIncluses);
        sortUnique(regle.communesExclues);
    }
}

}  // namespace

Annuaire::Annuaire(ContenuAnnuaire contenu) : contenu_(std::move(contenu)), tables_(std::make_unique<Tables>()) {
    sortLists(contenu_);
    std::unordered_map<std::string_view, const Zone*> zones;
    for (const auto& zone : contenu_.zones) zones.emplace(zone.id.valeur, &zone);
    std::unordered_map<std::string_view, const Epci*> epcis;
    for (const auto& epci : contenu_.epcis) epcis.emplace(epci.code.valeur, &epci);
    std::unordered_map<domain::CodeTerritoire, Numbering> numberings;

    for (const auto& partenaire : contenu_.partenaires) {
        tables_->partenaires.emplace(partenaire.id.valeur, &partenaire);
        if (partenaire.archive || !partenaire.territoire) continue;
        auto& index = tables_->territoires[*partenaire.territoire];
        auto& numbering = numberings.try_emplace(*partenaire.territoire, zones, anomalies_).first->second;
        PartenaireIndexe entry;
        entry.partenaire = &partenaire;
        entry.zones = numbering.numbers(partenaire, partenaire.zones);
        entry.zonesExclues = numbering.numbers(partenaire, partenaire.zonesExclues);
        for (const auto& code : partenaire.epcis) {
            const auto epci = epcis.find(code.valeur);
            if (epci == epcis.end()) {
                anomalies_.push_back("Le partenaire « " + partenaire.nom + " » cite l'EPCI inconnu " + code.valeur +
                                     ".");
                continue;
            }
            const auto& communes = epci->second->communes;
            entry.communesEpci.insert(entry.communesEpci.end(), communes.begin(), communes.end());
        }
        sortUnique(entry.communesEpci);
        const auto number = static_cast<std::uint32_t>(index.partenaires.size());
        index.parType[static_cast<std::size_t>(partenaire.type)].push_back(number);
        index.parId.emplace(partenaire.id.valeur, number);
        index.partenaires.push_back(std::move(entry));
    }
    for (auto& [code, numbering] : numberings) tables_->territoires[code].zones = numbering.build();

    for (const auto& regle : contenu_.regles) {
        if (!regle.active) continue;
        auto& index = tables_->territoires[regle.territoire];
        RegleIndexee entry{&regle, {}};
        for (const auto& id : regle.partenairesExclus) {
            const auto number = index.parId.find(id.valeur);
            if (number != index.parId.end()) entry.partenairesExclus.push_back(number->second);
        }
        sortUnique(entry.partenairesExclus);
        index.regles.push_back(std::move(entry));
    }
    for (const auto& bailleur : contenu_.bailleurs) {
        for (const auto code : bailleur.territoires) {
            tables_->territoires[code].bailleurs.emplace(core::fold(core::trim(bailleur.nom)), bailleur.id);
        }
    }
    for (auto& [code, index] : tables_->territoires) rankByName(index);
}

Annuaire::~Annuaire() = default;

const Partenaire* Annuaire::partenaire(const PartenaireId& id) const noexcept {
    const auto place = tables_->partenaires.find(id.valeur);
    return place == tables_->partenaires.end() ? nullptr : place->second;
}

const IndexTerritoire* Annuaire::index(domain::CodeTerritoire code) const noexcept {
    const auto place = tables_->territoires.find(code);
    return place == tables_->territoires.end() ? nullptr : &place->second;
}

}  // namespace histologe::routing
