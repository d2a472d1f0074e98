#include "services/routing/store/interconnexions.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kRead{
    "interconnexions_read",
    "SELECT esabora_url, esabora_jeton, esabora_actif, idoss_url, idoss_jeton, idoss_jeton_expire_le, "
    "idoss_actif, version FROM partenaires_interconnexions WHERE partenaire = $1"};
const Statement kWrite{"interconnexions_write",
                       "INSERT INTO partenaires_interconnexions AS i (partenaire, esabora_url, esabora_jeton, "
                       "esabora_actif, idoss_url, idoss_jeton, "
                       "idoss_jeton_expire_le, idoss_actif) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT "
                       "(partenaire) DO UPDATE SET "
                       "esabora_url = EXCLUDED.esabora_url, esabora_jeton = EXCLUDED.esabora_jeton, esabora_actif = "
                       "EXCLUDED.esabora_actif, "
                       "idoss_url = EXCLUDED.idoss_url, idoss_jeton = EXCLUDED.idoss_jeton, idoss_jeton_expire_le = "
                       "EXCLUDED.idoss_jeton_expire_le, "
                       "idoss_actif = EXCLUDED.idoss_actif, version = i.version + 1"};
const Statement kSwitchOff{
    "interconnexions_switch_off",
    "UPDATE partenaires_interconnexions SET esabora_actif = esabora_actif AND $2, idoss_actif = idoss_actif AND $3, "
    "version = version + 1 WHERE partenaire = $1 AND (esabora_actif AND NOT $2 OR idoss_actif AND NOT $3)"};

}  // namespace

Interconnexion lireInterconnexion(postgres::Transaction& transaction, const std::string& partenaire) {
    const auto lignes = transaction.query(kRead, {partenaire});
    if (lignes.empty()) return {};
    const auto ligne = lignes[0];
    return {ligne.optionalText(0), ligne.optionalText(1),    ligne.flag(2), ligne.optionalText(3),
            ligne.optionalText(4), ligne.optionalInstant(5), ligne.flag(6), ligne.integer(7)};
}

void ecrireInterconnexion(postgres::Transaction& transaction, const std::string& partenaire, const Interconnexion& i) {
    transaction.query(kWrite, {partenaire, i.esaboraUrl, i.esaboraJeton, i.esaboraActif, i.idossUrl, i.idossJeton,
                               i.idossJetonExpireLe, i.idossActif});
}

void eteindreInterconnexions(postgres::Transaction& transaction, const std::string& partenaire,
                             const std::string& type) {
    transaction.send(kSwitchOff, {partenaire, peutAvoirEsabora(type), peutAvoirIdoss(type)});
}

bool peutAvoirEsabora(const std::string& type) {
    return type == "ARS" || type == "EPCI" || type == "COMMUNE_SCHS";
}

bool peutAvoirIdoss(const std::string& type) {
    return type == "COMMUNE_SCHS";
}

}  // namespace histologe::routing
