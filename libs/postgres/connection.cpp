#include "libs/postgres/connection.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <charconv>

namespace histologe::postgres {
namespace {

bool isTransientState(std::string_view state) {
    return state.starts_with("08") || state.starts_with("57P") || state.starts_with("53") || state == "40001" ||
           state == "40P01" || state == "55P03";
}

// The server ends the session after an error of this severity; libpq may notice it much later.
bool endsSession(const pg_result* result) {
    const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity != nullptr && (std::string_view(severity) == "FATAL" || std::string_view(severity) == "PANIC");
}

// What a refusal is about, in names alone. Data exceptions (22) and broken constraints (23) quote values in their words.
std::string nameRefused(const pg_result* result) {
    const auto field = [result](int which) {
        const char* text = PQresultErrorField(result, which);
        return std::string(text == nullptr ? "" : text);
    };
    const auto state = field(PG_DIAG_SQLSTATE);
    if (!state.starts_with("22") && !state.starts_with("23")) return field(PG_DIAG_MESSAGE_PRIMARY);
    std::string names;
    for (const int which : {PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME, PG_DIAG_CONSTRAINT_NAME, PG_DIAG_SOURCE_FUNCTION}) {
        const auto name = field(which);
        if (!name.empty()) names += (names.empty() ? "" : " ") + name;
    }
    return names;
}

}  // namespace

SqlError::SqlError(std::string sqlState, const std::string& forLog, std::string serverMessage)
    : core::Error(isTransientState(sqlState) ? core::ErrorKind::Unavailable : core::ErrorKind::Internal,
                  isTransientState(sqlState) ? "base_indisponible" : "erreur_interne",
                  isTransientState(sqlState) ? "Le service est momentanément indisponible. Réessayez dans un instant."
                                             : "Une erreur est survenue de notre côté.",
                  {}, sqlState + " " + forLog),
      sqlState_(std::move(sqlState)),
      serverMessage_(serverMessage.empty() ? forLog : std::move(serverMessage)) {}

bool Statement::takesList() const {
    const std::string_view text(sql);
    return *name == '\0' || text.find("_to_recordset(") != std::string_view::npos || text.find("_array_elements") != std::string_view::npos;
}

Parameter::Parameter(double value) {
    char text[32];
    *this = Owned{std::string(text, std::to_chars(text, text + sizeof text, value).ptr)};
}

Parameter::Parameter(const std::vector<std::string>& values) {
    std::string array = "{";
    for (const auto& value : values) {
        if (array.size() > 1) array += ',';
        array += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') array += '\\';
            array += c;
        }
        array += '"';
    }
    *this = Owned{array + "}"};
}

Parameter::Parameter(const std::vector<long long>& values) {
    std::string array = "{";
    for (const auto value : values) {
        if (array.size() > 1) array += ',';
        array += std::to_string(value);
    }
    *this = Owned{array + "}"};
}

Connection::Connection(const std::string& url, const std::string& schema, std::chrono::seconds timeout) {
    const auto limit = std::to_string(timeout.count());
    // A server that vanishes without a word is noticed within some fifteen seconds, not after the hours of the kernel.
    const char* names[] = {"dbname", "connect_timeout", "application_name", "keepalives_idle", "keepalives_interval",
                           "keepalives_count", "tcp_user_timeout", nullptr};
    const char* values[] = {url.c_str(), limit.c_str(), "histologe", "5", "3", "3", "15000", nullptr};
    connection_ = PQconnectdbParams(names, values, 1);
    if (PQstatus(connection_) != CONNECTION_OK) {
        const std::string why = PQerrorMessage(connection_);
        PQfinish(connection_);
        throw SqlError("08006", why);
    }
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
    char* quoted = PQescapeIdentifier(connection_, schema.data(), schema.size());
    // Statements are short: compiling one, as the planner may choose for a large estimate, costs more than it saves.
    const std::string search = std::string("SET timezone TO 'UTC'; SET jit TO off; SET search_path TO ") + quoted;
    PQfreemem(quoted);
    try {
        runScript(search);
    } catch (...) {
        PQfinish(connection_);
        throw;
    }
}

Connection::~Connection() { PQfinish(connection_); }

bool Connection::isAlive() const { return !lost_ && PQstatus(connection_) == CONNECTION_OK; }

bool Connection::isQuiet() const {
    pollfd watched{PQsocket(connection_), POLLIN, 0};
    return isAlive() && poll(&watched, 1, 0) == 0;
}

void Connection::lost() {
    lost_ = true;
    throw SqlError("08006", PQerrorMessage(connection_));
}

void Connection::fail(const pg_result* result) {
    if (!isAlive() || endsSession(result)) lost();
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    throw SqlError(state != nullptr ? state : "08006", nameRefused(result), PQresultErrorMessage(result));
}

void Connection::runScript(const std::string& sql) {
    // Several statements in one text are only possible outside pipeline mode.
    if (PQpipelineStatus(connection_) != PQ_PIPELINE_OFF && PQexitPipelineMode(connection_) != 1) lost();
    pg_result* raw = PQexec(connection_, sql.c_str());
    const Result result(raw);
    const auto status = PQresultStatus(raw);
    // Whatever the text came to, the session goes on as before.
    if (PQenterPipelineMode(connection_) != 1) lost();
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) fail(raw);
}

bool Connection::isPrepared(const Statement& statement) const {
    if (prepared_.contains(statement.name)) return true;
    for (const char* name : awaited_) {
        if (name != nullptr && std::string_view(name) == statement.name) return true;
    }
    return false;
}

void Connection::send(const Statement& statement, const std::vector<Parameter>& parameters) {
    const bool isKept = !statement.takesList();
    if (isKept && !isPrepared(statement)) {
        if (PQsendPrepare(connection_, statement.name, statement.sql, 0, nullptr) != 1) lost();
        awaited_.push_back(statement.name);
    }
    std::vector<const char*> values;
    std::vector<int> sizes;
    std::vector<int> formats;
    for (const auto& parameter : parameters) {
        values.push_back(parameter.data());
        sizes.push_back(parameter.binarySize());
        formats.push_back(parameter.isBinary() ? 1 : 0);
    }
    const auto count = static_cast<int>(values.size());
    const int sent = isKept ? PQsendQueryPrepared(connection_, statement.name, count, values.data(), sizes.data(),
                                                  formats.data(), 0)
                            : PQsendQueryParams(connection_, statement.sql, count, nullptr, values.data(), sizes.data(),
                                                formats.data(), 0);
    if (sent != 1) lost();
    awaited_.push_back(nullptr);
}

void Connection::sendControl(const char* command) {
    if (PQsendQueryParams(connection_, command, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1) lost();
    awaited_.push_back(nullptr);
}

std::vector<Result> Connection::collect() {
    if (PQpipelineSync(connection_) != 1) lost();
    std::vector<Result> answers;
    Result failure;
    pg_result* failed = nullptr;
    std::size_t answered = 0;
    bool wasEnd = false;
    while (true) {
        pg_result* raw = PQgetResult(connection_);
        if (raw == nullptr) {  // the end of one statement's answers; two in a row when nothing more will come
            if (!isAlive() || (wasEnd && PQconsumeInput(connection_) != 1)) lost();
            wasEnd = true;
            continue;
        }
        wasEnd = false;
        Result owned(raw);
        const auto status = PQresultStatus(raw);
        if (status == PGRES_PIPELINE_SYNC) break;
        if (endsSession(raw) || answered >= awaited_.size()) lost();
        const char* preparing = awaited_[answered++];
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
            if (preparing != nullptr) prepared_.insert(preparing);
            if (preparing == nullptr) answers.push_back(std::move(owned));
        } else if (status != PGRES_PIPELINE_ABORTED && failed == nullptr) {
            failed = raw;
            failure = std::move(owned);
            if (!isAlive()) lost();
        }
    }
    awaited_.clear();
    if (failed != nullptr) fail(failed);
    return answers;
}

Result Connection::collectLast() {
    auto answers = collect();
    return answers.empty() ? Result() : std::move(answers.back());
}

Result Connection::run(const Statement& statement, const std::vector<Parameter>& parameters) {
    send(statement, parameters);
    return collectLast();
}

Transaction::Transaction(Connection& connection) : connection_(connection) { connection_.sendControl("BEGIN"); }

Transaction::~Transaction() {
    if (!open_ || !connection_.isAlive()) return;
    try {
        connection_.sendControl("ROLLBACK");
        connection_.collect();
    } catch (const SqlError&) {  // what was queued before had failed already, or the session is lost: nothing to undo
        try {
            if (connection_.isAlive()) {
                connection_.sendControl("ROLLBACK");
                connection_.collect();
            }
        } catch (const SqlError&) {
            return;
        }
    }
}

void Transaction::send(const Statement& statement, const std::vector<Parameter>& parameters) {
    connection_.send(statement, parameters);
}

Result Transaction::query(const Statement& statement, const std::vector<Parameter>& parameters) {
    connection_.send(statement, parameters);
    return connection_.collectLast();
}

std::vector<Result> Transaction::queryEach(const Statement& statement,
                                           const std::vector<std::vector<Parameter>>& parameters) {
    for (const auto& one : parameters) connection_.send(statement, one);
    auto answers = connection_.collect();
    // Those of what was queued before come first.
    answers.erase(answers.begin(), answers.end() - static_cast<std::ptrdiff_t>(parameters.size()));
    return answers;
}

void Transaction::commit() {
    connection_.sendControl("COMMIT");
    const auto answer = connection_.collectLast();
    open_ = false;
    // A transaction in which a statement failed ends all the same, with a rollback that is no error to the server.
    if (answer.command() != "COMMIT") throw SqlError("25P02", "the transaction had failed and was rolled back");
}

}  // namespace histologe::postgres
