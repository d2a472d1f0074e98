#include "services/routing/store/actes_usagers.hpp"

#include "libs/core/json.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using postgres::Statement;

const Statement kLock{"actes_lock",
                      "SELECT signalement, statut, coalesce(territoire, ''), coalesce(reference, '') FROM dossiers "
                      "WHERE signalement IN (SELECT s::uuid FROM jsonb_array_elements_text($1::jsonb) s) ORDER BY "
                      "signalement FOR UPDATE"};
const Statement kPartenaires{"actes_partenaires",
                             "SELECT signalement, partenaire FROM affectations "
                             "WHERE signalement IN (SELECT s::uuid FROM jsonb_array_elements_text($1::jsonb) s) "
                             "AND statut IN ('NOUVEAU', 'EN_COURS') ORDER BY signalement, cree_le, id"};
const Statement kFollow{
    "actes_follow",
    "INSERT INTO suivis (id, signalement, categorie, auteur, description, visible_usager, cree_le) "
    "SELECT id, signalement, categorie, auteur, description, visible_usager, cree_le "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(id uuid, signalement uuid, categorie text, auteur text, "
    "description text, visible_usager boolean, cree_le timestamptz)"};
const Statement kSave{
    "actes_save",
    "UPDATE dossiers d SET statut = coalesce(lot.statut, d.statut), reference = coalesce(lot.reference, d.reference), "
    "depose_le = coalesce(lot.depose_le, d.depose_le), "
    "oriente_le = CASE WHEN lot.reference IS NULL THEN d.oriente_le END, "
    "abandon_demande = coalesce(lot.abandon, d.abandon_demande), "
    "motif_usager = CASE WHEN lot.abandon IS NULL THEN d.motif_usager ELSE lot.motif END "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement uuid, statut text, reference text, depose_le timestamptz, "
    "abandon boolean, motif text) WHERE d.signalement = lot.signalement"};

template <typename Value>
Json orNull(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

}  // namespace

std::unordered_map<std::string, DossierTouche> lockDossiersTouches(postgres::Transaction& transaction,
                                                                   const std::vector<std::string>& signalements) {
    std::unordered_map<std::string, DossierTouche> dossiers;
    const Json lot(signalements);
    const auto rows = transaction.query(kLock, {lot});
    for (const auto& row : rows) dossiers[row.text(0)] = {row.text(1), row.text(2), row.text(3), {}};
    const auto partners = transaction.query(kPartenaires, {lot});
    for (const auto& row : partners) dossiers[row.text(0)].partenaires.push_back(row.text(1));
    return dossiers;
}

void insertSuivisDePersonnes(postgres::Transaction& transaction, const std::vector<SuiviDePersonne>& suivis) {
    auto lot = Json::array();
    for (const auto& one : suivis) {
        lot.push_back({{"id", one.id},
                       {"signalement", one.signalement},
                       {"categorie", one.categorie},
                       {"auteur", one.auteur},
                       {"description", one.description},
                       {"visible_usager", one.visibleUsager},
                       {"cree_le", core::toRfc3339(one.creeLe)}});
    }
    transaction.send(kFollow, {lot});
}

void saveEtatsTouches(postgres::Transaction& transaction, const std::vector<EtatTouche>& etats) {
    auto lot = Json::array();
    for (const auto& one : etats) {
        lot.push_back({{"signalement", one.signalement},
                       {"statut", orNull(one.statut)},
                       {"reference", orNull(one.reference)},
                       {"depose_le", one.deposeLe ? Json(core::toRfc3339(*one.deposeLe)) : Json(nullptr)},
                       {"abandon", orNull(one.abandonDemande)},
                       {"motif", orNull(one.motifUsager)}});
    }
    transaction.send(kSave, {lot});
}

}  // namespace histologe::routing
