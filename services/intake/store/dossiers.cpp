#include "services/intake/store/dossiers.hpp"

namespace histologe::intake {
namespace {

const postgres::Statement kFind{
    "dossiers_find",
    "SELECT s.territoire, s.statut, (SELECT json_agg(json_build_array(p.partenaire, p.statut)) "
    "FROM dossiers_partenaires p WHERE p.signalement = s.uuid) FROM signalements s WHERE s.uuid = $1"};

}  // namespace

std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    auto dossier = auth::dossierVise(signalement, rows[0].text(0), rows[0].view(1));
    if (dossier) addPartenaires(*dossier, rows[0], 2);
    return dossier;
}

void addPartenaires(auth::DossierVise& dossier, const postgres::Row& row, int column) {
    if (row.isNull(column)) return;
    const auto partenaires = row.json(column);
    for (const auto& one : partenaires) {
        dossier.partenaires.push_back(one.at(0).get<std::string>());
        if (one.at(1) == "EN_COURS") dossier.partenairesEnCours.push_back(dossier.partenaires.back());
    }
}

}  // namespace histologe::intake
