#include "tests/system/adresses/commande.hpp"

#include <cstdlib>
#include <fstream>

#include <sys/wait.h>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"

namespace histologe::adresses {

Execution execute(const std::string& arguments) {
    auto& platform = product::platform();
    platform.writeOperatorFile();
    const auto dossier = platform.settings().runFolder.string();
    const auto journal = dossier + "/commande.log";
    const auto commande = "bash -c \"set -a; . '" + dossier + "/operator.env'; '" + HISTOLOGE_BINARY_DIR +
                          "/bin/histologe' " + arguments + "\" > '" + journal + "' 2>&1";
    const int fin = std::system(commande.c_str());  // NOLINT: a test's own words
    return {WIFEXITED(fin) ? WEXITSTATUS(fin) : -1, core::readFile(journal)};
}

std::string fichier(const std::string& contenu) {
    const auto chemin = (product::platform().settings().runFolder / ("table-" + core::randomHex(6) + ".csv")).string();
    std::ofstream(chemin, std::ios::binary) << contenu;
    return chemin;
}

std::string un(const std::string& requete) {
    const auto lignes = environment::Sql(product::platform().superuserUrl()).rows(requete);
    return lignes.empty() ? std::string() : lignes[0][0].value_or("");
}

}  // namespace histologe::adresses
