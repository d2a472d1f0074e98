#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {
namespace {

const postgres::Statement kInsert{"fichiers_insert",
                                  "INSERT INTO fichiers (cle, titre, type_mime, octets, recu_le) "
                                  "VALUES ($1, $2, $3, $4, $5)"};

}  // namespace

void insertFichier(postgres::Connection& session, const Fichier& fichier) {
    session.run(kInsert, {fichier.cle, fichier.titre, fichier.typeMime, fichier.octets, fichier.recuLe});
}

}  // namespace histologe::intake
