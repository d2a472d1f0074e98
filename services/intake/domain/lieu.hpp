// What the shared territory rules say of a dwelling's place, in the terms of a draft.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "services/intake/domain/validation.hpp"

namespace histologe::intake {

// Whether the pair is known and the service open there; texts that are no codes are an unknown commune. (Reference of
// intake, 1.7 and 3.2.)
SituationDuLieu situationDuLieu(const domain::Territoires& territoires, const domain::Communes& communes,
                                std::string_view codePostal, std::string_view codeInsee);

// The INSEE code under which an address is kept: that of the arrondissement for a whole city, that of today for a merged
// commune; a text that is no code as it came.
std::string inseeActuel(const domain::Communes& communes, std::string_view codePostal, std::string_view codeInsee);

// The key of the territoire of a draft's address; empty when there is none.
std::optional<std::string> territoireDe(const domain::Territoires& territoires, const domain::Communes& communes,
                                        std::string_view codePostal, std::string_view codeInsee);

}  // namespace histologe::intake
