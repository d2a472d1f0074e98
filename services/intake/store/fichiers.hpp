// The table of received files.
#pragma once

#include <string>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct Fichier {
    std::string cle;  // `2026/11/photo-cuisine-<hex>.jpg`: the place in storage and the name that answers carry
    std::string titre;
    std::string typeMime;
    std::int64_t octets = 0;
    core::Instant recuLe{};
};

void insertFichier(postgres::Connection& session, const Fichier& fichier);

}  // namespace histologe::intake
