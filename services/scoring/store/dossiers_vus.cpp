#include "services/scoring/store/dossiers_vus.hpp"

#include "libs/domain/vocabulaire/dossiers.hpp"

namespace histologe::scoring {
namespace {

const postgres::Statement kSave{
    "dossiers_vus_save",
    "INSERT INTO dossiers_vus AS connu (signalement, territoire, statut, statut_le, partenaires) "
    "VALUES ($1::uuid, $2, $3, CASE WHEN $3::text IS NOT NULL THEN $4::timestamptz END, "
    "CASE WHEN $5::text IS NULL THEN '{}'::text[] ELSE ARRAY[$5::text] END) "
    "ON CONFLICT (signalement) DO UPDATE SET "
    "territoire = coalesce(excluded.territoire, connu.territoire), "
    "statut = CASE WHEN excluded.statut IS NOT NULL AND (connu.statut_le IS NULL OR connu.statut_le <= "
    "excluded.statut_le) THEN excluded.statut ELSE connu.statut END, "
    "statut_le = greatest(connu.statut_le, excluded.statut_le), "
    "partenaires = connu.partenaires || (SELECT coalesce(array_agg(p), '{}') FROM unnest(excluded.partenaires) AS p "
    "WHERE p <> ALL(connu.partenaires))"};

const postgres::Statement kFind{"dossiers_vus_find",
                                "SELECT territoire, statut, to_json(partenaires), signalement FROM dossiers_vus "
                                "WHERE signalement = $1::uuid"};

}  // namespace

void saveVues(postgres::Transaction& transaction, const std::vector<VueDossier>& vues) {
    for (const auto& vue : vues) {
        transaction.send(kSave, {vue.signalement, vue.territoire, vue.statut, vue.le, vue.partenaire});
    }
}

std::optional<auth::DossierVise> findVue(postgres::Connection& connection, const std::string& signalement) {
    const auto result = connection.run(kFind, {signalement});
    if (result.empty()) return std::nullopt;
    const auto row = result[0];
    auth::DossierVise dossier;
    dossier.signalement = row.text(3);
    dossier.territoire = row.optionalText(0).value_or("");
    dossier.statut = domain::parseName<domain::StatutDossier>(row.optionalText(1).value_or(""))
                         .value_or(domain::StatutDossier::Nouveau);
    dossier.partenaires = row.json(2).get<std::vector<std::string>>();
    return dossier;
}

}  // namespace histologe::scoring
