#include "services/intake/store/localisations.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kDemander{
    "localisations_demander",
    "INSERT INTO localisations AS l (signalement, cle_adresse, rnb_declare, depuis, prochain_essai) "
    "SELECT uuid, cle_adresse, rnb_id, $2, $2 FROM signalements WHERE uuid = ANY($1::uuid[]) ORDER BY uuid "
    "ON CONFLICT (signalement) DO UPDATE SET etat = 'A_CHERCHER', cle_adresse = EXCLUDED.cle_adresse, "
    "rnb_declare = EXCLUDED.rnb_declare, depuis = EXCLUDED.depuis, essais = 0, prochain_essai = "
    "EXCLUDED.prochain_essai, "
    // What was found of another address is nothing of this one.
    "bail = NULL, erreur = NULL, trouvee = NULL, ban_id = NULL, rnb_id = NULL, cherchee_le = NULL "
    "WHERE l.cle_adresse <> EXCLUDED.cle_adresse OR l.rnb_declare IS DISTINCT FROM EXCLUDED.rnb_declare"};
const Statement kBailler{"localisations_bailler",
                         "WITH due AS (SELECT signalement FROM localisations WHERE etat = 'A_CHERCHER' AND "
                         "prochain_essai <= $1::timestamptz "
                         "ORDER BY prochain_essai DESC LIMIT 1 FOR UPDATE SKIP LOCKED) "
                         "UPDATE localisations l SET bail = $2, prochain_essai = $3::timestamptz FROM due "
                         "JOIN signalements s ON s.uuid = due.signalement WHERE l.signalement = due.signalement "
                         "RETURNING l.signalement, l.essais, l.trouvee, s.territoire, s.contenu->'adresse'"};
const Statement kTrouvee{"localisations_trouvee",
                         "UPDATE localisations SET etat = $3, bail = NULL, essais = $4, prochain_essai = "
                         "coalesce($5::timestamptz, prochain_essai), "
                         "erreur = nullif($6, ''), trouvee = $7, ban_id = $8, rnb_id = $9, cherchee_le = $10 "
                         // An answer about an address that was corrected meanwhile is nobody's.
                         "WHERE signalement = $1 AND bail = $2 AND EXISTS (SELECT 1 FROM signalements s WHERE s.uuid = "
                         "$1 AND s.cle_adresse = localisations.cle_adresse)"};
const Statement kRendre{"localisations_rendre",
                        "UPDATE localisations SET bail = NULL, essais = $3, prochain_essai = $4, erreur = $5 "
                        "WHERE signalement = $1 AND bail = $2"};
const Statement kAttente{"localisations_attente",
                         "SELECT count(*), min(depuis) FROM localisations WHERE etat = 'A_CHERCHER'"};
const Statement kFind{"localisations_find",
                      "SELECT coalesce(l.etat, ''), l.trouvee, l.cherchee_le, s.contenu->'adresse' FROM signalements s "
                      "LEFT JOIN localisations l ON l.signalement = s.uuid WHERE s.uuid = $1"};

std::optional<LocalisationGardee> lire(const postgres::Result& rows) {
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return LocalisationGardee{row.text(0), row.isNull(1) ? core::Json(nullptr) : row.json(1), row.optionalInstant(2),
                              row.isNull(3) ? core::Json(nullptr) : row.json(3)};
}

}  // namespace

void demanderLocalisations(postgres::Transaction& transaction, const std::vector<std::string>& signalements,
                           core::Instant now) {
    transaction.send(kDemander, {signalements, now});
}

std::optional<LocalisationBaillee> baillerLocalisation(postgres::Connection& session, const std::string& bail,
                                                       core::Instant now, core::Instant jusquA) {
    const auto rows = session.run(kBailler, {now, bail, jusquA});
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return LocalisationBaillee{row.text(0),
                               bail,
                               static_cast<int>(row.integer(1)),
                               row.isNull(2) ? core::Json(nullptr) : row.json(2),
                               row.text(3),
                               row.isNull(4) ? core::Json(nullptr) : row.json(4)};
}

bool noterLocalisation(postgres::Transaction& transaction, const LocalisationBaillee& baillee,
                       const FinDeRecherche& fin, core::Instant now) {
    if (!fin.trouvee) {
        return transaction
                   .query(kRendre,
                          {baillee.signalement, baillee.bail, fin.essais, fin.prochainEssai.value_or(now), fin.erreur})
                   .affected() == 1;
    }
    const auto& trouvee = *fin.trouvee;
    const auto banId = trouvee.banId == kSansBan ? std::nullopt : std::optional(trouvee.banId);
    return transaction
               .query(kTrouvee, {baillee.signalement, baillee.bail, fin.prochainEssai ? "A_CHERCHER" : "CHERCHEE",
                                 fin.essais, fin.prochainEssai, fin.erreur, enJson(trouvee), banId, trouvee.rnbId, now})
               .affected() == 1;
}

AttenteDeLocalisation compterALocaliser(postgres::Connection& session) {
    const auto rows = session.run(kAttente);
    return {rows[0].integer(0), rows[0].optionalInstant(1)};
}

std::optional<LocalisationGardee> findLocalisation(postgres::Connection& session, const std::string& signalement) {
    return lire(session.run(kFind, {signalement}));
}

std::optional<LocalisationGardee> findLocalisation(postgres::Transaction& transaction, const std::string& signalement) {
    return lire(transaction.query(kFind, {signalement}));
}

}  // namespace histologe::intake
