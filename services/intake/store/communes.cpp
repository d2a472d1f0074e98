#include "services/intake/store/communes.hpp"

#include <algorithm>

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kSave{"communes_save",
                      "INSERT INTO communes_lots (version, lot, lots, contenu) SELECT (l->>'version')::bigint, "
                      "(l->>'lot')::int, (l->>'lots')::int, l FROM jsonb_array_elements($1::jsonb) l "
                      "ON CONFLICT (version, lot) DO NOTHING"};
const Statement kVersion{"communes_version",
                         "SELECT coalesce(max(version), 0) FROM (SELECT version FROM communes_lots "
                         "GROUP BY version, lots HAVING count(*) = lots) entieres"};
const Statement kDropOlder{"communes_drop_older", "DELETE FROM communes_lots WHERE version < $1"};
const Statement kLots{"communes_lots", "SELECT contenu FROM communes_lots WHERE version = $1 ORDER BY lot"};
// Rare and over the whole table, as mergers are: the commune is the end of the key.
const Statement kRekey{"communes_rekey",
                       "UPDATE signalements s SET cle_adresse = left(s.cle_adresse, -5) || f.nouveau "
                       "FROM jsonb_to_recordset($1::jsonb) AS f(ancien text, nouveau text) "
                       "WHERE right(s.cle_adresse, 6) = '|' || f.ancien"};
const Statement kRekeyDrafts{"communes_rekey_drafts",
                             "UPDATE saisies s SET cle_adresse = left(s.cle_adresse, -5) || f.nouveau "
                             "FROM jsonb_to_recordset($1::jsonb) AS f(ancien text, nouveau text) "
                             "WHERE right(s.cle_adresse, 6) = '|' || f.ancien"};

std::string champCsv(const std::string& texte) {
    std::string champ = texte;
    std::replace_if(
        champ.begin(), champ.end(), [](char c) { return c == '\n' || c == '\r' || c == '"'; }, ' ');
    return champ;
}

domain::Communes lire(const postgres::Result& lots) {
    std::string csv = "code_postal,code_insee,nom\n";
    std::vector<domain::Fusion> fusions;
    for (const auto& row : lots) {
        const auto lot = row.json(0);
        for (const auto& une : lot.at("communes")) {
            csv += une.at(0).get<std::string>() + "," + une.at(1).get<std::string>() + "," +
                   champCsv(une.at(2).get<std::string>()) + "\n";
        }
        for (const auto& une : lot.at("fusions")) {
            const auto ancien = domain::CodeInsee::parse(une.at(0).get<std::string>());
            const auto nouveau = domain::CodeInsee::parse(une.at(1).get<std::string>());
            if (ancien && nouveau) fusions.push_back({*ancien, *nouveau, une.at(2).get<std::string>()});
        }
    }
    return domain::Communes::fromCsv(csv).withFusions(fusions);
}

core::Json fusionsDe(const postgres::Result& lots, const domain::Communes& communes) {
    auto liste = core::Json::array();
    for (const auto& row : lots) {
        const auto lot = row.json(0);
        for (const auto& une : lot.at("fusions")) {
            const auto ancien = domain::CodeInsee::parse(une.at(0).get<std::string>());
            if (!ancien || communes.actuelle(*ancien) == *ancien) continue;
            liste.push_back({{"ancien", ancien->view()}, {"nouveau", communes.actuelle(*ancien).view()}});
        }
    }
    return liste;
}

}  // namespace

void saveLotsDeCommunes(postgres::Transaction& transaction, const std::vector<const core::Json*>& lots) {
    auto liste = core::Json::array();
    for (const auto* lot : lots) liste.push_back(*lot);
    transaction.send(kSave, {liste});
    const auto entiere = transaction.query(kVersion)[0].integer(0);
    if (entiere == 0) return;
    transaction.send(kDropOlder, {static_cast<long long>(entiere)});
    const bool vientDeLEtre =
        std::any_of(lots.begin(), lots.end(), [&](const auto* lot) { return lot->at("version") == entiere; });
    if (!vientDeLEtre) return;
    const auto rows = transaction.query(kLots, {static_cast<long long>(entiere)});
    const auto fusions = fusionsDe(rows, lire(rows));
    if (fusions.empty()) return;
    transaction.send(kRekey, {fusions});
    transaction.send(kRekeyDrafts, {fusions});
}

std::int64_t versionDesCommunes(postgres::Connection& session) {
    return session.run(kVersion)[0].integer(0);
}

domain::Communes lireCommunes(postgres::Connection& session, std::int64_t version) {
    return lire(session.run(kLots, {static_cast<long long>(version)}));
}

}  // namespace histologe::intake
