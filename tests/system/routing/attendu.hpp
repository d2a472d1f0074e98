// The filters said a second time, on what the dossiers are, by nothing that the lists use.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/system/routing/monde.hpp"

namespace histologe::routing::test {

struct Filtre {
    std::string nom;
    Requete requete;
    std::function<bool(const Modele&, const auth::Principal&)> convient;
};

// Each filter with each of its values.
const std::vector<Filtre>& filtres();

// The same definitions, for tabs: what waits in a dossier. `nom` is the filter's.
bool attend(const std::string& nom, const Modele& modele, const auth::Principal& qui);

// What the list of a reader is made of, before any filter; imported dossiers only when they are asked for.
bool estListe(const Modele& modele, const auth::Principal& qui, bool avecImportes);

// The uuids that the reader must get for these filters together.
std::set<std::string> attendus(const auth::Principal& qui, const std::vector<const Filtre*>& ensemble);

}  // namespace histologe::routing::test
