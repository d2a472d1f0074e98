#include "services/scoring/store/dossiers.hpp"

#include <map>

namespace histologe::scoring {
namespace {

using postgres::Statement;

const Statement kStatuts{"dossiers_statuts",
                         "INSERT INTO dossiers (signalement, territoire, statut, statut_le) "
                         "SELECT signalement, territoire, statut, le FROM jsonb_to_recordset($1::jsonb) "
                         "AS lot(signalement uuid, territoire text, statut text, le timestamptz) ORDER BY signalement "
                         "ON CONFLICT (signalement) DO UPDATE SET territoire = EXCLUDED.territoire, "
                         "statut = EXCLUDED.statut, statut_le = EXCLUDED.statut_le "
                         "WHERE dossiers.statut_le <= EXCLUDED.statut_le"};
const Statement kPartenaires{"dossiers_partenaires",
                             "INSERT INTO dossiers_partenaires (signalement, partenaire) "
                             "SELECT signalement, partenaire FROM jsonb_to_recordset($1::jsonb) "
                             "AS lot(signalement uuid, partenaire text) ORDER BY 1, 2 ON CONFLICT DO NOTHING"};
const Statement kFind{"dossiers_find",
                      "SELECT d.territoire, d.statut, p.partenaire FROM dossiers d "
                      "LEFT JOIN dossiers_partenaires p ON p.signalement = d.signalement WHERE d.signalement = $1"};
const Statement kAcces{"acces_insert",
                       "INSERT INTO acces (signalement, compte, operation, le) VALUES ($1, $2, $3, $4)"};

}  // namespace

void saveStatuts(postgres::Transaction& transaction, const std::vector<StatutDit>& statuts) {
    std::map<std::string, const StatutDit*> latest;
    for (const auto& one : statuts) {
        auto& place = latest[one.signalement];
        if (place == nullptr || place->le <= one.le) place = &one;
    }
    auto lot = core::Json::array();
    for (const auto& [signalement, one] : latest) {
        lot.push_back({{"signalement", signalement},
                       {"territoire", one->territoire},
                       {"statut", one->statut},
                       {"le", core::toRfc3339(one->le)}});
    }
    transaction.send(kStatuts, {lot});
}

void savePartenaires(postgres::Transaction& transaction, const std::vector<PartenaireDit>& partenaires) {
    auto lot = core::Json::array();
    for (const auto& one : partenaires) {
        lot.push_back({{"signalement", one.signalement}, {"partenaire", one.partenaire}});
    }
    transaction.send(kPartenaires, {lot});
}

std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    const auto statut = domain::parseName<domain::StatutDossier>(rows[0].text(1));
    if (!statut) return std::nullopt;
    auth::DossierVise dossier;
    dossier.signalement = signalement;
    dossier.territoire = rows[0].text(0);
    dossier.statut = *statut;
    for (const auto& row : rows) {
        if (!row.isNull(2)) dossier.partenaires.push_back(row.text(2));
    }
    return dossier;
}

void saveAcces(postgres::Connection& session, const std::string& signalement, const std::string& compte,
               const std::string& operation, core::Instant le) {
    session.run(kAcces, {signalement, compte, operation, le});
}

}  // namespace histologe::scoring
