#include "tools/environment/sql.hpp"

#include <stdexcept>

#include <libpq-fe.h>

namespace histologe::environment {
namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string withTimeout(const std::string& url) {
    return url + (url.find('?') == std::string::npos ? "?" : "&") + "connect_timeout=5";
}

}  // namespace

struct Sql::Connection {
    explicit Connection(const std::string& url) : raw(PQconnectdb(withTimeout(url).c_str())) {}
    ~Connection() { PQfinish(raw); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    PGconn* raw;
};

Sql::Sql(const std::string& url) : connection_(std::make_unique<Connection>(url)) {
    if (PQstatus(connection_->raw) != CONNECTION_OK) {
        throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_->raw));
    }
    PQsetNoticeProcessor(
        connection_->raw, [](void*, const char*) {}, nullptr);
}

Sql::~Sql() = default;
Sql::Sql(Sql&&) noexcept = default;
Sql& Sql::operator=(Sql&&) noexcept = default;

std::vector<Sql::Row> Sql::rows(const std::string& statement, const std::vector<std::string>& parameters) {
    std::vector<const char*> values;
    for (const auto& parameter : parameters) {
        values.push_back(parameter.c_str());
    }
    const Result result(PQexecParams(connection_->raw, statement.c_str(), static_cast<int>(values.size()), nullptr,
                                     values.data(), nullptr, nullptr, 0),
                        PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_->raw));
    }
    std::vector<Row> rows;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        auto& fields = rows.emplace_back();
        for (int column = 0; column < PQnfields(result.get()); ++column) {
            if (PQgetisnull(result.get(), row, column) != 0) {
                fields.emplace_back();
            } else {
                fields.emplace_back(PQgetvalue(result.get(), row, column));
            }
        }
    }
    return rows;
}

void Sql::run(const std::string& statements) {
    const Result result(PQexec(connection_->raw, statements.c_str()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY) {
        throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_->raw));
    }
}

bool isServing(const std::string& url) {
    return PQping(withTimeout(url).c_str()) == PQPING_OK;
}

}  // namespace histologe::environment
