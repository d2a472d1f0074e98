#include "services/routing/store/communes.hpp"

#include <algorithm>

namespace histologe::routing {
namespace {

using core::Json;
using postgres::Statement;

constexpr std::size_t kParLot = 1000;

// Changes that are no changes are not made: only what differs is counted, and written.
const Statement kCommunes{
    "communes_replace",
    "WITH lot AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS l(p text, i text, n text, r int)), "
    "partis AS (DELETE FROM communes c WHERE NOT EXISTS (SELECT 1 FROM lot WHERE lot.p = c.code_postal "
    "AND lot.i = c.code_insee) RETURNING 1), "
    "ecrits AS (INSERT INTO communes (code_postal, code_insee, nom, rang) SELECT p, i, n, r FROM lot "
    "ON CONFLICT (code_postal, code_insee) DO UPDATE SET nom = EXCLUDED.nom, rang = EXCLUDED.rang "
    "WHERE communes.nom <> EXCLUDED.nom RETURNING xmax = 0 AS neuf) "
    "SELECT (SELECT count(*) FROM ecrits WHERE neuf), (SELECT count(*) FROM ecrits WHERE NOT neuf), "
    "(SELECT count(*) FROM partis)"};
const Statement kFusions{
    "communes_merge",
    "WITH lot AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS l(a text, d text, n text)), "
    "ecrits AS (INSERT INTO communes_fusionnees (ancien, nouveau, nom) SELECT a, d, n FROM lot "
    "ON CONFLICT (ancien) DO UPDATE SET nouveau = EXCLUDED.nouveau, nom = EXCLUDED.nom "
    "WHERE communes_fusionnees.nouveau <> EXCLUDED.nouveau OR communes_fusionnees.nom <> EXCLUDED.nom "
    "RETURNING xmax = 0 AS neuf) "
    "SELECT (SELECT count(*) FROM ecrits WHERE neuf), (SELECT count(*) FROM ecrits WHERE NOT neuf), 0::bigint"};
const Statement kEpcis{
    "epcis_replace",
    "WITH lot AS (SELECT e->>'code' AS code, e AS contenu, rang FROM jsonb_array_elements($1::jsonb) "
    "WITH ORDINALITY AS l(e, rang)), "
    "partis AS (UPDATE epcis SET contenu = jsonb_set(contenu, '{communes}', '[]') WHERE id NOT IN "
    "(SELECT code FROM lot) AND contenu->'communes' <> '[]' RETURNING 1), "
    "ecrits AS (INSERT INTO epcis (id, contenu) SELECT code, contenu FROM lot ORDER BY rang "
    "ON CONFLICT (id) DO UPDATE SET contenu = EXCLUDED.contenu WHERE epcis.contenu <> EXCLUDED.contenu "
    "RETURNING xmax = 0 AS neuf) "
    "SELECT (SELECT count(*) FROM ecrits WHERE neuf), (SELECT count(*) FROM ecrits WHERE NOT neuf), "
    "(SELECT count(*) FROM partis)"};
const Statement kRename{"communes_rename",
                        "WITH faits AS (UPDATE communes c SET nom = lot.n FROM jsonb_to_recordset($1::jsonb) "
                        "AS lot(i text, n text) WHERE c.code_insee = lot.i AND c.nom <> lot.n RETURNING c.code_insee) "
                        "SELECT count(DISTINCT code_insee) FROM faits"};
const Statement kLock{"communes_lock", "SELECT version FROM annuaire_version FOR UPDATE"};
const Statement kBump{"communes_bump", "UPDATE annuaire_version SET version = version + 1 RETURNING version"};
const Statement kAny{"communes_any", "SELECT EXISTS (SELECT 1 FROM communes)"};
const Statement kAll{"communes_all", "SELECT code_postal, code_insee, nom FROM communes ORDER BY rang, code_postal"};
const Statement kCsv{"communes_csv",
                     "SELECT string_agg(code_postal || ',' || code_insee || ',\"' || replace(nom, '\"', '\"\"') || '\"', E'\\n' "
                     "ORDER BY rang, code_postal) FROM communes"};
const Statement kAllFusions{"communes_all_merged",
                            "SELECT ancien, nouveau, nom FROM communes_fusionnees ORDER BY ancien"};

Ecart ecartDe(const postgres::Result& rows, std::size_t combien) {
    Ecart ecart;
    ecart.ajoutes = static_cast<std::size_t>(rows[0].integer(0));
    ecart.modifies = static_cast<std::size_t>(rows[0].integer(1));
    ecart.retires = static_cast<std::size_t>(rows[0].integer(2));
    ecart.inchanges = combien - ecart.ajoutes - ecart.modifies;
    return ecart;
}

}  // namespace

Ecart remplacerCommunes(postgres::Transaction& transaction, const std::vector<LigneCommune>& lignes) {
    auto lot = Json::array();
    int rang = 0;
    for (const auto& ligne : lignes) {
        lot.push_back({{"p", ligne.codePostal}, {"i", ligne.codeInsee}, {"n", ligne.nom}, {"r", rang++}});
    }
    return ecartDe(transaction.query(kCommunes, {lot}), lignes.size());
}

Ecart ajouterFusions(postgres::Transaction& transaction, const std::vector<domain::Fusion>& fusions) {
    auto lot = Json::array();
    for (const auto& fusion : fusions) {
        lot.push_back({{"a", fusion.ancien.view()}, {"d", fusion.nouveau.view()}, {"n", fusion.nom}});
    }
    return ecartDe(transaction.query(kFusions, {lot}), fusions.size());
}

Ecart remplacerEpcis(postgres::Transaction& transaction, const Json& epcis) {
    return ecartDe(transaction.query(kEpcis, {epcis}), epcis.size());
}

std::vector<domain::Fusion> loadFusions(postgres::Connection& session) {
    std::vector<domain::Fusion> fusions;
    const auto rows = session.run(kAllFusions);
    for (const auto& row : rows) {
        const auto ancien = domain::CodeInsee::parse(row.view(0));
        const auto nouveau = domain::CodeInsee::parse(row.view(1));
        if (ancien && nouveau) fusions.push_back({*ancien, *nouveau, row.text(2)});
    }
    return fusions;
}

std::string communesEnCsv(postgres::Connection& session) {
    const auto lignes = session.run(kCsv)[0].optionalText(0);
    return lignes ? "code_postal,code_insee,nom\n" + *lignes + "\n" : std::string();
}

std::size_t renommerCommunes(postgres::Transaction& transaction, const std::vector<domain::Fusion>& noms) {
    auto lot = Json::array();
    for (const auto& une : noms) lot.push_back({{"i", une.nouveau.view()}, {"n", une.nom}});
    return static_cast<std::size_t>(transaction.query(kRename, {lot})[0].integer(0));
}

void verrouillerAnnuaire(postgres::Transaction& transaction) {
    transaction.query(kLock);
}

std::int64_t avancerVersion(postgres::Transaction& transaction) {
    return transaction.query(kBump)[0].integer(0);
}

bool aDesCommunes(postgres::Transaction& transaction) {
    return transaction.query(kAny)[0].flag(0);
}

std::vector<Json> lotsDeCommunes(postgres::Transaction& transaction, std::int64_t version) {
    std::vector<Json> communes;
    std::vector<Json> fusions;
    const auto rows = transaction.query(kAll);
    for (const auto& row : rows) communes.push_back({row.text(0), row.text(1), row.text(2)});
    const auto merged = transaction.query(kAllFusions);
    for (const auto& row : merged) fusions.push_back({row.text(0), row.text(1), row.text(2)});

    const auto parts = std::max<std::size_t>(1, (std::max(communes.size(), fusions.size()) + kParLot - 1) / kParLot);
    std::vector<Json> lots;
    const auto part = [](const std::vector<Json>& all, std::size_t number) {
        auto some = Json::array();
        for (auto i = number * kParLot; i < std::min(all.size(), (number + 1) * kParLot); ++i) some.push_back(all[i]);
        return some;
    };
    for (std::size_t number = 0; number < parts; ++number) {
        lots.push_back({{"version", version},
                        {"lot", number},
                        {"lots", parts},
                        {"communes", part(communes, number)},
                        {"fusions", part(fusions, number)}});
    }
    return lots;
}

}  // namespace histologe::routing
