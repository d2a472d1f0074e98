#include "services/intake/store/dossiers.hpp"

namespace histologe::intake {
namespace {

const postgres::Statement kFind{"dossiers_find", "SELECT territoire, statut FROM signalements WHERE uuid = $1"};

}  // namespace

std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    return auth::dossierVise(signalement, rows[0].text(0), rows[0].view(1));
}

}  // namespace histologe::intake
