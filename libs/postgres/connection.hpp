// One PostgreSQL session: named prepared statements, sent in pipeline mode so that a transaction of several statements
// costs one round trip.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/result.hpp"
#include "libs/postgres/text_columns.hpp"

struct pg_conn;

namespace histologe::postgres {

// What PostgreSQL refused. Kind Unavailable when the session is lost, or when the same work may succeed if it is done
// again (deadlock, serialisation, server shutting down); Internal otherwise. what() names the state and what of the
// database it is about, never a value: it may be logged.
class SqlError : public core::Error {
  public:
    SqlError(std::string sqlState, const std::string& forLog, std::string serverMessage = {});
    // Five characters of the SQL standard, "08006" for a lost session.
    [[nodiscard]] const std::string& sqlState() const noexcept { return sqlState_; }
    // The server's own words, which may quote data: for operators' tools, where the data are theirs.
    [[nodiscard]] const std::string& serverMessage() const noexcept { return serverMessage_; }
    [[nodiscard]] bool isTransient() const noexcept { return kind() == core::ErrorKind::Unavailable; }
    [[nodiscard]] bool isUniqueViolation() const noexcept { return sqlState_ == "23505"; }

  private:
    std::string sqlState_;
    std::string serverMessage_;
};

// A statement. Its name, unique in a service, identifies the prepared form on each session; empty for a single use.
struct Statement {
    const char* name;
    const char* sql;
    // True for one without a name or that is given a list as JSON. It is planned anew each time, for the tables as they are: a plan
    // kept from when a table was small would read the whole of it for ever. Any other is prepared once.
    [[nodiscard]] bool takesList() const;
};

// One bound value, sent as text (a TextColumn as bytes); std::nullopt is NULL. It only looks at a text that it is given: it lives for the call
// that it is made for, no longer.
class Parameter {
  public:
    Parameter(std::nullopt_t) : isNull_(true) {}                                     // NOLINT: implicit by design
    Parameter(const std::string& value) : seen_(value.c_str()) {}                    // NOLINT
    Parameter(std::string_view value) : Parameter(Owned{std::string(value)}) {}      // NOLINT
    Parameter(const char* value) : seen_(value) {}                                   // NOLINT
    Parameter(bool value) : seen_(value ? "t" : "f") {}                              // NOLINT
    Parameter(int value) : Parameter(Owned{std::to_string(value)}) {}                // NOLINT
    Parameter(long value) : Parameter(Owned{std::to_string(value)}) {}               // NOLINT
    Parameter(long long value) : Parameter(Owned{std::to_string(value)}) {}          // NOLINT
    Parameter(unsigned long value) : Parameter(Owned{std::to_string(value)}) {}      // NOLINT
    Parameter(double value);                                                         // NOLINT
    Parameter(core::Instant value) : Parameter(Owned{core::toRfc3339(value)}) {}     // NOLINT
    Parameter(const core::Json& value) : Parameter(Owned{core::dumpJson(value)}) {}  // NOLINT
    // A list is an array of PostgreSQL; the statement says of what (`$1::uuid[]`).
    Parameter(const std::vector<std::string>& values);                               // NOLINT
    Parameter(const std::vector<long long>& values);                                 // NOLINT
    Parameter(const TextColumn& column) : seen_(column.bytes().data()), binarySize_(static_cast<int>(column.bytes().size())) {}  // NOLINT
    template <typename Value>
    Parameter(const std::optional<Value>& value) : Parameter(std::nullopt) {         // NOLINT
        if (value) *this = Parameter(*value);
    }
    // Null for NULL. A text ends with a zero byte; binary values have their size.
    [[nodiscard]] const char* data() const { return isNull_ ? nullptr : isOwned_ ? owned_.c_str() : seen_; }
    [[nodiscard]] bool isBinary() const { return binarySize_ > 0; }
    [[nodiscard]] int binarySize() const { return binarySize_; }

  private:
    struct Owned {
        std::string text;
    };
    Parameter(Owned owned) : owned_(std::move(owned.text)), isOwned_(true) {}  // NOLINT

    std::string owned_;
    const char* seen_ = nullptr;
    int binarySize_ = 0;
    bool isOwned_ = false;
    bool isNull_ = false;
};

// A session. Not for two threads at once. After an SqlError whose session is lost, isAlive() is false and the object is
// only good to be destroyed.
class Connection {
  public:
    // Connects within `timeout` and makes `schema` the search path. Throws SqlError (08006) when it cannot.
    Connection(const std::string& url, const std::string& schema,
               std::chrono::seconds timeout = std::chrono::seconds(5));
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] bool isAlive() const;
    // Alive, and the server has said nothing since the last answer: what it says unasked is mostly its farewell. Costs one
    // system call and no round trip; to be asked between two uses only.
    [[nodiscard]] bool isQuiet() const;

    // Runs one prepared statement outside any explicit transaction and returns what it answered.
    Result run(const Statement& statement, const std::vector<Parameter>& parameters = {});

    // Runs SQL text of any number of statements (migrations, administration); answers are dropped.
    void runScript(const std::string& sql);

  private:
    friend class Transaction;

    // Pipeline of a transaction: send() queues, collect() reads every answer queued so far, in order, and collectLast()
    // returns the last one.
    void send(const Statement& statement, const std::vector<Parameter>& parameters);
    void sendControl(const char* command);
    std::vector<Result> collect();
    Result collectLast();
    [[nodiscard]] bool isPrepared(const Statement& statement) const;
    [[noreturn]] void fail(const pg_result* result);
    [[noreturn]] void lost();

    pg_conn* connection_ = nullptr;
    bool lost_ = false;
    std::unordered_set<std::string> prepared_;
    // What each answer still to come is for: the name of a statement being prepared, or nothing for one that runs.
    std::vector<const char*> awaited_;
};

// Work that is committed as a whole or not at all: rolled back on destruction unless commit() returned.
//
//   Transaction transaction(connection);
//   transaction.send(kInsertSignalement, {id, payload});   // queued, not waited for
//   const auto row = transaction.query(kNextNumber, {zip});  // waited for
//   transaction.commit();                                  // one round trip with what was queued
class Transaction {
  public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    // Queues a statement whose answer does not matter; its failure is thrown by the next query() or commit().
    void send(const Statement& statement, const std::vector<Parameter>& parameters = {});
    // Runs a statement, after those queued, and returns its answer.
    Result query(const Statement& statement, const std::vector<Parameter>& parameters = {});
    // Runs a statement once for each list of parameters, after those queued, all in one round trip; their answers, in order.
    std::vector<Result> queryEach(const Statement& statement, const std::vector<std::vector<Parameter>>& parameters);
    // Durable when it returns. Throws SqlError (25P02) when a statement had failed before, whoever caught it: nothing of
    // the transaction then remains.
    void commit();

  private:
    Connection& connection_;
    bool open_ = true;
};

}  // namespace histologe::postgres
