#include "services/intake/store/imports.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kBegin{"imports_begin",
                       "INSERT INTO imports (territoire, empreinte, ligne, commence_le) VALUES ($1, $2, 0, $3) "
                       "ON CONFLICT (territoire, empreinte) DO UPDATE SET ligne = imports.ligne "
                       "RETURNING ligne, importes, fini_le IS NOT NULL"};
const Statement kAdvance{
    "imports_advance",
    "UPDATE imports SET ligne = $3, importes = $4, fini_le = CASE WHEN $5 THEN $6::timestamptz END "
    "WHERE territoire = $1 AND empreinte = $2"};
const Statement kTaken{"imports_taken",
                       "SELECT s.annee, s.numero FROM unnest($2::int[], $3::int[]) AS lot(annee, numero) "
                       "JOIN signalements s ON s.territoire = $1 AND s.annee = lot.annee AND s.numero = lot.numero "
                       "WHERE s.source <> 'IMPORT'"};
const Statement kLock{"imports_lock",
                      "SELECT uuid, version, statut, contenu, source = 'IMPORT' FROM signalements WHERE territoire = $1 AND annee = $2 "
                      "AND numero = $3 FOR UPDATE"};

}  // namespace

AvancementDImport commencerImport(postgres::Connection& session, const std::string& territoire,
                                  const std::string& empreinte, core::Instant now) {
    const auto rows = session.run(kBegin, {territoire, empreinte, now});
    return {static_cast<std::size_t>(rows[0].integer(0)), static_cast<std::size_t>(rows[0].integer(1)),
            rows[0].flag(2)};
}

void avancerImport(postgres::Transaction& transaction, const std::string& territoire, const std::string& empreinte,
                   const AvancementDImport& avancement, core::Instant now) {
    transaction.send(kAdvance, {territoire, empreinte, avancement.ligne, avancement.importes, avancement.fini, now});
}

std::set<Numero> numerosPris(postgres::Connection& session, const std::string& territoire,
                             const std::vector<Numero>& numeros) {
    std::vector<long long> annees;
    std::vector<long long> nombres;
    for (const auto& [annee, numero] : numeros) {
        annees.push_back(annee);
        nombres.push_back(numero);
    }
    std::set<Numero> pris;
    const auto rows = session.run(kTaken, {territoire, annees, nombres});
    for (const auto& row : rows) pris.emplace(static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)));
    return pris;
}

std::optional<SignalementConnu> lockConnu(postgres::Transaction& transaction, const std::string& territoire,
                                          Numero numero) {
    const auto rows = transaction.query(kLock, {territoire, numero.first, numero.second});
    if (rows.empty()) return std::nullopt;
    return SignalementConnu{rows[0].text(0), rows[0].integer(1), rows[0].text(2), rows[0].json(3), rows[0].flag(4)};
}

}  // namespace histologe::intake
