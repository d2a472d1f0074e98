#include "services/intake/store/fiches.hpp"

#include <map>

#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/store/dossiers.hpp"
#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using postgres::Statement;

// The answers of a signalement that was never changed are those of its draft.
#define HISTOLOGE_FICHE                                                                                          \
    "SELECT s.uuid, s.statut, s.annee, s.numero, s.numero_injonction, s.source, s.importe, "                       \
    "s.version, s.cree_le, s.modifie_le, s.territoire, s.contenu, s.reponses, "                        \
    "CASE WHEN s.reponses IS NULL THEN (SELECT b.charge FROM brouillons b WHERE b.uuid = s.brouillon) END, "     \
    "(SELECT json_agg(json_build_array(p.partenaire, p.statut)) FROM dossiers_partenaires p "                    \
    "WHERE p.signalement = s.uuid) FROM signalements s WHERE s.uuid = $1"
const Statement kFind{"fiches_find", HISTOLOGE_FICHE};
const Statement kLock{"fiches_lock", HISTOLOGE_FICHE " FOR UPDATE OF s"};
#undef HISTOLOGE_FICHE

const Statement kSave{
    "fiches_save",
    "UPDATE signalements SET version = $2, contenu = $3, reponses = $4, cle_adresse = $5, "
    "courriel_occupant = $6, courriel_declarant = $7, nom_occupant = $8, modifie_le = $9, rnb_id = $10 "
    "WHERE uuid = $1"};
const Statement kInsertModification{"modifications_insert",
                                    "INSERT INTO modifications (signalement, version, section, compte, role, "
                                    "changements, le) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
const Statement kModifications{"modifications_of",
                               "SELECT version, section, compte, role, changements, le FROM modifications "
                               "WHERE signalement = $1 AND ($2::bigint IS NULL OR version < $2) "
                               "ORDER BY version DESC LIMIT $3"};
const Statement kAffectations{"affectations_dites",
                              "INSERT INTO affectations_dites AS d (signalement, partenaire, statut, dit_le) "
                              "SELECT signalement, partenaire, statut, dit_le FROM jsonb_to_recordset($1::jsonb) "
                              "AS lot(signalement uuid, partenaire text, statut text, dit_le timestamptz) ORDER BY 1, 2 "
                              "ON CONFLICT (signalement, partenaire) DO UPDATE SET statut = EXCLUDED.statut, "
                              "dit_le = EXCLUDED.dit_le WHERE d.dit_le <= EXCLUDED.dit_le"};

std::optional<FicheGardee> read(const postgres::Result& rows) {
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    FicheGardee gardee;
    gardee.uuid = row.text(0);
    gardee.statut = row.text(1);
    gardee.reference = lireReference(row, 1);
    gardee.source = row.text(5);
    gardee.importe = row.flag(6);
    gardee.version = row.integer(7);
    gardee.creeLe = row.instant(8);
    gardee.modifieLe = row.optionalInstant(9);
    gardee.fiche.contenu = row.json(11);
    if (!row.isNull(12)) {
        gardee.fiche.reponses = row.json(12);
    } else if (!row.isNull(13)) {
        gardee.fiche.reponses = reponsesPourEvaluation(row.json(13));
    }
    // A status that this version does not know is shown to nobody.
    auto dossier = auth::dossierVise(gardee.uuid, row.text(10), gardee.statut);
    if (!dossier) return std::nullopt;
    addPartenaires(*dossier, row, 14);
    gardee.dossier = std::move(*dossier);
    return gardee;
}

std::string folded(const Json& contenu, const char* chemin) {
    return core::fold(texteEn(contenu, chemin).value_or(""));
}

}  // namespace

std::optional<FicheGardee> findFiche(postgres::Connection& session, const std::string& uuid) {
    return read(session.run(kFind, {uuid}));
}

std::optional<FicheGardee> lockFiche(postgres::Transaction& transaction, const std::string& uuid) {
    return read(transaction.query(kLock, {uuid}));
}

void saveFiche(postgres::Transaction& transaction, const FicheGardee& gardee, core::Instant now) {
    const auto& contenu = gardee.fiche.contenu;
    transaction.send(kSave, {gardee.uuid, gardee.version + 1, contenu, gardee.fiche.reponses, cleAdresseDe(contenu),
                             folded(contenu, "/occupant/courriel"), folded(contenu, "/declarant/courriel"),
                             folded(contenu, "/occupant/nom"), now, texteEn(contenu, "/adresse/rnbId")});
}

void insertModification(postgres::Transaction& transaction, const std::string& signalement,
                        const ModificationGardee& one) {
    transaction.send(kInsertModification,
                     {signalement, one.version, one.section, one.compte, one.role, one.changements, one.le});
}

std::vector<ModificationGardee> findModifications(postgres::Connection& session, const std::string& signalement,
                                                  std::optional<long long> avant, long long limite) {
    std::vector<ModificationGardee> all;
    const auto rows = session.run(kModifications, {signalement, avant, limite});
    for (const auto& row : rows) {
        all.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.json(4), row.instant(5)});
    }
    return all;
}

Json enJson(const std::vector<Changement>& changements) {
    Json liste = Json::array();
    const auto ou = [](const std::optional<std::string>& texte) { return texte ? Json(*texte) : Json(nullptr); };
    for (const auto& one : changements) {
        liste.push_back({{"champ", one.champ}, {"avant", ou(one.avant)}, {"apres", ou(one.apres)}});
    }
    return liste;
}

void saveAffectations(postgres::Transaction& transaction, const std::vector<AffectationDite>& affectations) {
    std::map<std::pair<std::string, std::string>, const AffectationDite*> last;
    for (const auto& one : affectations) last[{one.signalement, one.partenaire}] = &one;
    Json lot = Json::array();
    for (const auto& [key, one] : last) {
        lot.push_back({{"signalement", one->signalement},
                       {"partenaire", one->partenaire},
                       {"statut", one->statut},
                       {"dit_le", core::toRfc3339(one->ditLe)}});
    }
    transaction.send(kAffectations, {lot});
}

}  // namespace histologe::intake
