#include "services/routing/store/acces_comptes.hpp"

#include <algorithm>

#include "libs/auth/secrets.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kOutdate{"liens_outdate",
                         "UPDATE comptes_liens SET expire_le = $2 WHERE compte = $1 AND utilise_le IS NULL AND expire_le > $2"};
const Statement kLink{"liens_insert",
                      "INSERT INTO comptes_liens (empreinte, compte, usage, expire_le) VALUES ($1, $2, $3, $4)"};
const Statement kFindLink{"liens_find",
                          "SELECT compte, usage = 'ACTIVATION', utilise_le IS NOT NULL, expire_le <= $2 "
                          "FROM comptes_liens WHERE empreinte = $1 FOR UPDATE"};
const Statement kUseLink{"liens_use", "UPDATE comptes_liens SET utilise_le = $2 WHERE empreinte = $1"};
const Statement kDropCodes{"codes_drop", "DELETE FROM comptes_codes WHERE compte = $1"};
const Statement kCode{"codes_insert",
                      "INSERT INTO comptes_codes (empreinte, compte, code, longue, expire_le) VALUES ($1, $2, $3, $4, $5)"};
const Statement kTryCode{"codes_try",
                         "UPDATE comptes_codes SET essais = essais + 1 WHERE empreinte = $1 AND expire_le > $3 "
                         "AND essais < $4 RETURNING compte, code = $2, longue"};
const Statement kUseCode{"codes_use", "DELETE FROM comptes_codes WHERE empreinte = $1"};
const Statement kCount{"echecs_count",
                       "INSERT INTO connexions_echecs AS e (cle, debut, nombre) SELECT c, $2, 1 FROM unnest($1::text[]) c "
                       "ON CONFLICT (cle) DO UPDATE SET "
                       "nombre = CASE WHEN e.debut <= $3 THEN 1 ELSE least(e.nombre + 1, 1000000) END, "
                       "debut = CASE WHEN e.debut <= $3 THEN $2 ELSE e.debut END RETURNING cle, nombre, debut"};
const Statement kGiveBack{"echecs_give_back",
                          "UPDATE connexions_echecs SET nombre = CASE WHEN cle = $2 THEN 0 ELSE greatest(nombre - 1, 0) END "
                          "WHERE cle IN (SELECT cle FROM connexions_echecs WHERE cle = ANY($1::text[]) ORDER BY cle "
                          "FOR UPDATE)"};

// In one order for everybody, so that two never wait for each other.
std::vector<std::string> cles(const std::vector<Frein>& freins) {
    std::vector<std::string> toutes;
    for (const auto& frein : freins) toutes.push_back(auth::fingerprint(frein.cle));
    std::sort(toutes.begin(), toutes.end());
    return toutes;
}

}  // namespace

void perimerLiens(postgres::Transaction& transaction, const std::string& compte, core::Instant now) {
    transaction.send(kOutdate, {compte, now});
}

void insererLien(postgres::Transaction& transaction, const std::string& empreinte, const std::string& compte,
                 UsageLien usage, core::Instant expireLe) {
    transaction.send(kLink,
                     {empreinte, compte, usage == UsageLien::Activation ? "ACTIVATION" : "REINITIALISATION", expireLe});
}

std::optional<LienTrouve> trouverLien(postgres::Transaction& transaction, const std::string& empreinte,
                                      core::Instant now) {
    const auto lignes = transaction.query(kFindLink, {empreinte, now});
    if (lignes.empty()) return std::nullopt;
    return LienTrouve{lignes[0].text(0), lignes[0].flag(1) ? UsageLien::Activation : UsageLien::Reinitialisation,
                      lignes[0].flag(2), lignes[0].flag(3)};
}

void utiliserLien(postgres::Transaction& transaction, const std::string& empreinte, core::Instant now) {
    transaction.send(kUseLink, {empreinte, now});
}

void oublierCodes(postgres::Transaction& transaction, const std::string& compte) {
    transaction.send(kDropCodes, {compte});
}

void insererCode(postgres::Transaction& transaction, const NouveauCode& code) {
    oublierCodes(transaction, code.compte);
    transaction.send(kCode, {code.demande, code.compte, code.code, code.longue, code.expireLe});
}

std::optional<CodeEssaye> essayerCode(postgres::Transaction& transaction, const std::string& demande,
                                      const std::string& code, int essaisPermis, core::Instant now) {
    const auto lignes = transaction.query(kTryCode, {demande, code, now, essaisPermis});
    if (lignes.empty()) return std::nullopt;
    CodeEssaye essai{lignes[0].text(0), lignes[0].flag(1), lignes[0].flag(2)};
    if (essai.juste) transaction.send(kUseCode, {demande});
    return essai;
}

int compterEssai(postgres::Connection& session, const std::vector<Frein>& freins, core::Instant now) {
    const auto lignes = session.run(kCount, {cles(freins), now, now - kFenetreEssais});
    int attente = 0;
    for (const auto& ligne : lignes) {
        const auto frein = std::find_if(freins.begin(), freins.end(), [&](const Frein& un) {
            return auth::fingerprint(un.cle) == ligne.view(0);
        });
        if (frein == freins.end() || ligne.integer(1) <= frein->limite) continue;
        const auto reste = std::chrono::ceil<std::chrono::seconds>(ligne.instant(2) + kFenetreEssais - now);
        attente = std::max(attente, static_cast<int>(std::max<long long>(1, reste.count())));
    }
    return attente;
}

void rendreEssai(postgres::Connection& session, const std::vector<Frein>& freins, const std::string& oubliee) {
    session.run(kGiveBack, {cles(freins), auth::fingerprint(oubliee)});
}

}  // namespace histologe::routing
