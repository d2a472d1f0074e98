#include "services/routing/store/etiquettes.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kLock{"etiquettes_lock", "SELECT 1 FROM dossiers WHERE signalement = $1 FOR NO KEY UPDATE"};
const Statement kOfDossier{"etiquettes_of_dossier",
                           "SELECT e.id, e.contenu->>'libelle', e.archive_le IS NOT NULL FROM dossiers_etiquettes d "
                           "JOIN etiquettes e ON e.id = d.etiquette WHERE d.signalement = $1 "
                           "ORDER BY lower(public.unaccent(e.contenu->>'libelle')), e.id"};
const Statement kTakeAway{"etiquettes_take_away",
                          "DELETE FROM dossiers_etiquettes WHERE signalement = $1 AND etiquette <> ALL($2::text[])"};
const Statement kGive{"etiquettes_give",
                      "INSERT INTO dossiers_etiquettes (signalement, etiquette, posee_par, posee_le) "
                      "SELECT $1, id, $3, $4 FROM unnest($2::text[]) AS id ON CONFLICT DO NOTHING"};

}  // namespace

void verrouillerEtiquettes(postgres::Transaction& transaction, const std::string& signalement) {
    transaction.query(kLock, {signalement});
}

std::vector<EtiquetteDeDossier> etiquettesDuDossier(postgres::Transaction& transaction,
                                                    const std::string& signalement) {
    std::vector<EtiquetteDeDossier> etiquettes;
    const auto lignes = transaction.query(kOfDossier, {signalement});
    for (const auto& ligne : lignes) etiquettes.push_back({ligne.text(0), ligne.text(1), ligne.flag(2)});
    return etiquettes;
}

void remplacerEtiquettes(postgres::Transaction& transaction, const std::string& signalement,
                         const std::vector<std::string>& ids, const std::string& auteur, core::Instant now) {
    transaction.send(kTakeAway, {signalement, ids});
    transaction.send(kGive, {signalement, ids, auteur, now});
}

}  // namespace histologe::routing
