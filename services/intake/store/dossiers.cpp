#include "services/intake/store/dossiers.hpp"

namespace histologe::intake {
namespace {

const postgres::Statement kFind{"dossiers_find", "SELECT territoire, statut FROM signalements WHERE uuid = $1"};

}  // namespace

std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    const auto statut = domain::parseName<domain::StatutDossier>(rows[0].text(1));
    if (!statut) return std::nullopt;
    auth::DossierVise dossier;
    dossier.signalement = signalement;
    dossier.territoire = rows[0].text(0);
    dossier.statut = *statut;
    return dossier;
}

}  // namespace histologe::intake
