// The operator's command line and the platform's tables, as these tests need them.
#pragma once

#include <string>

#include "tests/system/product/platform.hpp"

namespace histologe::adresses {

struct Execution {
    int code = -1;
    std::string sortie;
};

// `histologe <arguments>`, with the variables of the operator, to its end.
Execution execute(const std::string& arguments);

// A file of the run folder with this content; its path.
std::string fichier(const std::string& contenu);

// First column of the first row.
std::string un(const std::string& requete);

}  // namespace histologe::adresses
