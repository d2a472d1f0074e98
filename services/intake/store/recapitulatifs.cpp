#include "services/intake/store/recapitulatifs.hpp"

#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kDemander{"recapitulatifs_demander",
                          "INSERT INTO recapitulatifs (signalement, service, prochain_essai) VALUES ($1, $2, $3)"};
const Statement kBailler{
    "recapitulatifs_bailler",
    "WITH due AS (SELECT signalement FROM recapitulatifs WHERE etat = 'A_FAIRE' AND prochain_essai <= $1::timestamptz "
    "ORDER BY prochain_essai LIMIT 1 FOR UPDATE SKIP LOCKED) "
    "UPDATE recapitulatifs r SET bail = $2, prochain_essai = $3::timestamptz FROM due "
    "JOIN signalements s ON s.uuid = due.signalement, services_secours p "
    "WHERE r.signalement = due.signalement AND p.uuid = r.service "
    "RETURNING r.signalement, r.essais, s.statut, s.annee, s.numero, s.numero_injonction, s.territoire, p.uuid, p.slug, "
    "p.nom, p.courriel, s.contenu, s.reponses, s.cree_le, "
    "(SELECT count(*) FROM fichiers f WHERE f.signalement = s.uuid AND f.etat <> 'SUPPRIME')"};
const Statement kNoter{"recapitulatifs_noter",
                       "UPDATE recapitulatifs SET etat = 'FAIT', bail = NULL, cle = $3, fait_le = $4 "
                       "WHERE signalement = $1 AND bail = $2"};
const Statement kRendre{"recapitulatifs_rendre",
                        "UPDATE recapitulatifs SET bail = NULL, essais = essais + 1, prochain_essai = $3 "
                        "WHERE signalement = $1 AND bail = $2"};
const Statement kFind{"recapitulatifs_find",
                      "SELECT coalesce(cle, '') FROM recapitulatifs WHERE signalement = $1 AND service = $2"};

}  // namespace

void demanderRecapitulatif(postgres::Transaction& transaction, const std::string& signalement, const std::string& service,
                           core::Instant now) {
    transaction.send(kDemander, {signalement, service, now});
}

std::optional<RecapitulatifAFaire> baillerRecapitulatif(postgres::Connection& session, const std::string& bail,
                                                        core::Instant now, core::Instant jusquA) {
    const auto rows = session.run(kBailler, {now, bail, jusquA});
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    RecapitulatifAFaire due;
    due.signalement = row.text(0);
    due.bail = bail;
    due.essais = static_cast<int>(row.integer(1));
    due.reference = lireReference(row, 2);
    due.territoire = row.text(6);
    due.service.uuid = row.text(7);
    due.service.slug = row.text(8);
    due.service.nom = row.text(9);
    due.service.courriel = row.text(10);
    due.contenu = row.json(11);
    due.reponses = row.isNull(12) ? core::Json::object() : row.json(12);
    due.deposeLe = row.instant(13);
    due.fichiers = static_cast<int>(row.integer(14));
    return due;
}

bool noterRecapitulatif(postgres::Transaction& transaction, const RecapitulatifAFaire& fait, const std::string& cle,
                        core::Instant now) {
    return transaction.query(kNoter, {fait.signalement, fait.bail, cle, now}).affected() == 1;
}

void rendreRecapitulatif(postgres::Connection& session, const RecapitulatifAFaire& rendu, core::Instant prochainEssai) {
    session.run(kRendre, {rendu.signalement, rendu.bail, prochainEssai});
}

std::optional<std::string> findRecapitulatif(postgres::Connection& session, const std::string& signalement,
                                             const std::string& service) {
    const auto rows = session.run(kFind, {signalement, service});
    return rows.empty() ? std::nullopt : std::optional(rows[0].text(0));
}

}  // namespace histologe::intake
