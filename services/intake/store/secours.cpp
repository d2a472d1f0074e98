#include "services/intake/store/secours.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kInsert{
    "secours_insert",
    "INSERT INTO services_secours (uuid, slug, nom, territoire, courriel, telephone, cree_par, cree_le) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (nom) DO NOTHING RETURNING 1"};
const Statement kFind{"secours_find",
                      "SELECT uuid, slug, nom, territoire, courriel, telephone, actif FROM services_secours "
                      "WHERE uuid = $2 AND slug = $1 AND actif"};
const Statement kAll{"secours_all",
                     "SELECT uuid, slug, nom, territoire, courriel, telephone, actif FROM services_secours "
                     "ORDER BY territoire, nom LIMIT 1000"};
const Statement kClose{"secours_close",
                       "UPDATE services_secours SET actif = false WHERE uuid = $1 AND actif RETURNING 1"};

ServiceSecours read(const postgres::Row& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.flag(6)};
}

}  // namespace

bool insertServiceSecours(postgres::Connection& session, const ServiceSecours& s, const std::string& compte,
                          core::Instant now) {
    return !session.run(kInsert, {s.uuid, s.slug, s.nom, s.territoire, s.courriel, s.telephone, compte, now}).empty();
}

std::optional<ServiceSecours> findServiceSecours(postgres::Connection& session, const std::string& slug,
                                                 const std::string& uuid) {
    const auto rows = session.run(kFind, {slug, uuid});
    return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

std::vector<ServiceSecours> allServicesSecours(postgres::Connection& session) {
    std::vector<ServiceSecours> all;
    const auto rows = session.run(kAll);
    for (const auto& row : rows) all.push_back(read(row));
    return all;
}

bool closeServiceSecours(postgres::Connection& session, const std::string& uuid) {
    return !session.run(kClose, {uuid}).empty();
}

}  // namespace histologe::intake
