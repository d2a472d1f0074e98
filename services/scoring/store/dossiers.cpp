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
const Statement kPartenaires{"affectations_dites",
                             "INSERT INTO affectations_dites AS d (signalement, partenaire, retiree, dit_le) "
                             "SELECT signalement, partenaire, retiree, dit_le FROM jsonb_to_recordset($1::jsonb) "
                             "AS lot(signalement uuid, partenaire text, retiree boolean, dit_le timestamptz) "
                             "ORDER BY 1, 2 ON CONFLICT (signalement, partenaire) DO UPDATE SET "
                             "retiree = EXCLUDED.retiree, dit_le = EXCLUDED.dit_le WHERE d.dit_le <= EXCLUDED.dit_le"};
const Statement kFind{"dossiers_find",
                      "SELECT d.territoire, d.statut, p.partenaire FROM dossiers d "
                      "LEFT JOIN dossiers_partenaires p ON p.signalement = d.signalement WHERE d.signalement = $1"};

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
    std::map<std::pair<std::string, std::string>, const PartenaireDit*> latest;
    for (const auto& one : partenaires) {
        auto& place = latest[{one.signalement, one.partenaire}];
        if (place == nullptr || place->le <= one.le) place = &one;
    }
    auto lot = core::Json::array();
    for (const auto& [key, one] : latest) {
        lot.push_back({{"signalement", one->signalement},
                       {"partenaire", one->partenaire},
                       {"retiree", one->retiree},
                       {"dit_le", core::toRfc3339(one->le)}});
    }
    transaction.send(kPartenaires, {lot});
}

std::optional<auth::DossierVise> findDossier(postgres::Connection& session, const std::string& signalement) {
    const auto rows = session.run(kFind, {signalement});
    if (rows.empty()) return std::nullopt;
    auto dossier = auth::dossierVise(signalement, rows[0].text(0), rows[0].view(1));
    if (!dossier) return std::nullopt;
    for (const auto& row : rows) {
        if (!row.isNull(2)) dossier->partenaires.push_back(row.text(2));
    }
    return dossier;
}

}  // namespace histologe::scoring
