#include "services/statistics/store/releves.hpp"

#include "libs/core/json.hpp"
#include "services/statistics/domain/chiffres_publics.hpp"

namespace histologe::statistics {
namespace {

using postgres::Statement;

// The figures of one answer agree with one another because they are read from one snapshot.
const Statement kOneSnapshot{"releves_snapshot", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"};
const Statement kYear{"releves_year",
                      "SELECT extract(year FROM $1::timestamptz AT TIME ZONE "
                      "COALESCE((SELECT fuseau FROM territoires WHERE code = $2), 'Europe/Paris'))::int"};
const Statement kTerritoires{"releves_territoires", "SELECT code, nom, actif FROM territoires ORDER BY code"};
const Statement kNational{"releves_national",
                          "SELECT territoire, statut, importe, motif, sum(nombre)::bigint FROM compteurs_dossiers "
                          "GROUP BY 1, 2, 3, 4 HAVING sum(nombre) <> 0"};
const Statement kDossiers{"releves_dossiers",
                          "SELECT '', extract(year FROM mois)::int, extract(month FROM mois)::int, statut, motif, "
                          "sum(nombre)::bigint FROM compteurs_dossiers WHERE NOT importe "
                          "GROUP BY mois, statut, motif HAVING sum(nombre) <> 0"};
const Statement kDossiersOf{"releves_dossiers_of",
                            "SELECT territoire, extract(year FROM mois)::int, extract(month FROM mois)::int, statut, "
                            "motif, sum(nombre)::bigint FROM compteurs_dossiers WHERE NOT importe "
                            "AND territoire IN (SELECT jsonb_array_elements_text($1::jsonb)) "
                            "GROUP BY territoire, mois, statut, motif HAVING sum(nombre) <> 0"};
const Statement kDesordres{"releves_desordres",
                           "SELECT annee, zone, critere, retenu, sum(nombre)::bigint FROM compteurs_desordres "
                           "GROUP BY 1, 2, 3, 4 HAVING sum(nombre) <> 0"};
const Statement kDesordresOf{"releves_desordres_of",
                             "SELECT annee, zone, critere, retenu, sum(nombre)::bigint FROM compteurs_desordres "
                             "WHERE territoire = $1 GROUP BY 1, 2, 3, 4 HAVING sum(nombre) <> 0"};

// In a transaction that reads one snapshot.
int currentYear(postgres::Transaction& transaction, const std::string& territoire, core::Instant now) {
    return static_cast<int>(transaction.query(kYear, {now, territoire})[0].integer(0));
}

std::vector<Effectif> readEffectifs(const postgres::Result& rows) {
    std::vector<Effectif> effectifs;
    effectifs.reserve(static_cast<std::size_t>(rows.size()));
    for (const auto& row : rows) {
        const Mois mois{static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
        effectifs.push_back({row.text(0), mois, row.text(3), row.text(4), row.integer(5)});
    }
    return effectifs;
}

std::vector<EffectifDesordres> readDesordres(const postgres::Result& rows) {
    std::vector<EffectifDesordres> desordres;
    desordres.reserve(static_cast<std::size_t>(rows.size()));
    for (const auto& row : rows) {
        desordres.push_back({static_cast<int>(row.integer(0)), row.text(1), row.text(2), row.flag(3), row.integer(4)});
    }
    return desordres;
}

}  // namespace

Releve lirePays(postgres::Connection& session, core::Instant now) {
    Releve releve;
    postgres::Transaction transaction(session);
    transaction.send(kOneSnapshot);
    releve.anneeCourante = currentYear(transaction, "", now);
    const auto territoires = transaction.query(kTerritoires);
    for (const auto& row : territoires) releve.territoires.push_back({row.text(0), row.text(1), row.flag(2)});
    const auto nationaux = transaction.query(kNational);
    for (const auto& row : nationaux) {
        releve.nationaux.push_back({row.text(0), row.text(1), row.flag(2), row.text(3), row.integer(4)});
    }
    releve.effectifs = readEffectifs(transaction.query(kDossiers));
    releve.desordres = readDesordres(transaction.query(kDesordres));
    transaction.commit();
    return releve;
}

Releve lireTerritoire(postgres::Connection& session, const std::string& code, core::Instant now) {
    Releve releve;
    releve.selection = code;
    postgres::Transaction transaction(session);
    transaction.send(kOneSnapshot);
    releve.anneeCourante = currentYear(transaction, code, now);
    releve.effectifs = readEffectifs(transaction.query(kDossiersOf, {core::Json(territoiresDeLaSerie(code))}));
    releve.desordres = readDesordres(transaction.query(kDesordresOf, {code}));
    transaction.commit();
    return releve;
}

}  // namespace histologe::statistics
