#include "tools/bench_programs/support/libpq_limit.hpp"

#include <libpq-fe.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

#include "libs/core/clock.hpp"
#include "libs/core/ids.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::bench {
namespace {

// What intake wrote for the model, ready to be written again.
struct Rows {
    std::string charge;
    std::string cleAdresse;
    std::string courriel;
    std::string nom;
    std::string contenu;
    std::string donnees;
    std::string personnel;
    std::vector<std::string> territoires;
};

Rows readModel(const std::string& url, const std::string& model) {
    environment::Sql sql(url);
    const auto row = sql.rows("SELECT b.charge, s.cle_adresse, s.courriel_occupant, s.nom_occupant, s.contenu, e.donnees, "
                              "e.personnel FROM intake.signalements s JOIN intake.brouillons b ON b.uuid = s.brouillon "
                              "JOIN intake.evenements e ON e.sujet = s.uuid::text WHERE s.uuid = $1::uuid",
                              {model})[0];
    Rows rows{*row[0], *row[1], *row[2], *row[3], *row[4], *row[5], *row[6], {}};
    for (const auto& one : sql.rows("SELECT code FROM intake.territoires")) rows.territoires.push_back(*one[0]);
    return rows;
}

constexpr const char* kUpdate =
    "UPDATE intake.brouillons SET statut = 'EN_SIGNALEMENT', etape = 'validation_signalement', charge = $2::json, "
    "modifie_le = $3::timestamptz WHERE uuid = $1::uuid AND statut = 'EN_COURS'";
constexpr const char* kInsert =
    "WITH n AS (INSERT INTO intake.numeros (territoire, annee, dernier) VALUES ($4, 2000, 1) ON CONFLICT (territoire, "
    "annee) DO UPDATE SET dernier = intake.numeros.dernier + 1 RETURNING dernier) INSERT INTO intake.signalements (uuid, "
    "brouillon, code_suivi, territoire, annee, numero, statut, cle_adresse, courriel_occupant, courriel_declarant, "
    "nom_occupant, contenu, cree_le) SELECT $1::uuid, $2::uuid, $3::uuid, $4, 2000, dernier, 'NEED_VALIDATION', $5, $6, "
    "'', $7, $8::json, $9::timestamptz FROM n";
constexpr const char* kSay =
    "WITH e AS (INSERT INTO intake.evenements (cree_le, id, type, sujet, partition, donnees, personnel) VALUES "
    "($1::timestamptz, $2::uuid, 'bench', $3, $4::int, $5::json, $6::json) RETURNING numero, cree_le) "
    "INSERT INTO intake.evenements_a_publier (numero, cree_le) SELECT numero, cree_le FROM e";

constexpr const char* kSave =
    "UPDATE intake.brouillons SET profil = $2, courriel = $3, adresse = $4, empreinte = $5, etape = $6, charge = $7::json, "
    "bailleur_prevenu_le = $8::date, modifie_le = $9::timestamptz, logement_social = $10::boolean WHERE uuid = $1::uuid AND "
    "statut = 'EN_COURS'";

struct Session {
    explicit Session(const std::string& url) : connection(PQconnectdb(url.c_str()), &PQfinish) {
        if (PQstatus(connection.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
        for (const auto& [name, text] : {std::pair{"update", kUpdate}, {"insert", kInsert}, {"say", kSay}, {"save", kSave}}) {
            PQclear(PQprepare(connection.get(), name, text, 0, nullptr));
        }
        if (PQenterPipelineMode(connection.get()) != 1) throw std::runtime_error("no pipeline mode");
    }

    void send(const char* name, const std::vector<const char*>& values) {
        PQsendQueryPrepared(connection.get(), name, static_cast<int>(values.size()), values.data(), nullptr, nullptr, 0);
    }
    void send(const char* command) {
        PQsendQueryParams(connection.get(), command, 0, nullptr, nullptr, nullptr, nullptr, 0);
    }

    // Reads all answers of the transaction; false when a statement failed.
    bool finish() {
        PQpipelineSync(connection.get());
        bool isWhole = true;
        while (true) {
            PGresult* result = PQgetResult(connection.get());
            if (result == nullptr) continue;
            const auto status = PQresultStatus(result);
            PQclear(result);
            if (status == PGRES_PIPELINE_SYNC) return isWhole;
            isWhole = isWhole && (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
        }
    }

    std::unique_ptr<PGconn, decltype(&PQfinish)> connection;
};

// Runs `commit` on each of `connections` sessions until the time is over or the `count` pieces of work are; it is given the
// number of a piece, and says whether it was committed. Pieces a second.
template <typename Commit>
double measure(const std::string& url, std::size_t count, int connections, double seconds, const Commit& commit) {
    std::atomic<std::size_t> next{0};
    std::atomic<long long> committed{0};
    std::atomic<bool> failed{false};
    const auto start = std::chrono::steady_clock::now();
    const auto end = start + std::chrono::duration<double>(seconds);
    std::vector<std::thread> threads;
    for (int t = 0; t < connections; ++t) {
        threads.emplace_back([&] {
            Session session(url);
            while (std::chrono::steady_clock::now() < end) {
                const auto at = next++;
                if (at >= count) return;
                if (!commit(session, at)) {
                    failed = true;
                    return;
                }
                ++committed;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    if (failed) throw std::runtime_error("a statement of the bare program failed");
    const auto elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return static_cast<double>(committed) / elapsed;
}

}  // namespace

double commitAlone(const std::string& url, const std::string& model, const std::vector<std::string>& drafts,
                   int connections, double seconds) {
    const auto rows = readModel(url, model);
    const core::SystemClock clock;
    return measure(url, drafts.size(), connections, seconds, [&](Session& session, std::size_t at) {
        const auto& draft = drafts[at];
        const auto now = core::toRfc3339(clock.now());
        const auto signalement = core::uuidV7(clock.now());
        const auto code = core::uuidV4();
        const auto event = core::uuidV7(clock.now());
        const auto partition = std::to_string(at % 16);
        session.send("BEGIN");
        session.send("update", {draft.c_str(), rows.charge.c_str(), now.c_str()});
        session.send("insert", {signalement.c_str(), draft.c_str(), code.c_str(),
                                rows.territoires[at % rows.territoires.size()].c_str(), rows.cleAdresse.c_str(),
                                rows.courriel.c_str(), rows.nom.c_str(), rows.contenu.c_str(), now.c_str()});
        session.send("say", {now.c_str(), event.c_str(), signalement.c_str(), partition.c_str(), rows.donnees.c_str(),
                             rows.personnel.c_str()});
        session.send("COMMIT");
        return session.finish();
    });
}

double saveAlone(const std::string& url, const std::string& model, const std::vector<std::string>& drafts,
                 int connections, double seconds) {
    environment::Sql sql(url);
    const auto row = sql.rows("SELECT profil, courriel, adresse, empreinte, etape, charge, bailleur_prevenu_le, "
                              "logement_social FROM intake.brouillons WHERE uuid = $1::uuid", {model})[0];
    const auto value = [&](std::size_t column) { return row[column] ? row[column]->c_str() : nullptr; };
    const core::SystemClock clock;
    return measure(url, drafts.size(), connections, seconds, [&](Session& session, std::size_t at) {
        const auto now = core::toRfc3339(clock.now());
        session.send("save", {drafts[at].c_str(), value(0), value(1), value(2), value(3), value(4), value(5), value(6),
                              now.c_str(), value(7)});
        return session.finish();
    });
}

}  // namespace histologe::bench
