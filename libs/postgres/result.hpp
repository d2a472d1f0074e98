// Rows as PostgreSQL answered them, read by column position into typed values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"

struct pg_result;

namespace histologe::postgres {

class Result;

// One row of a Result, which must outlive it. Reading NULL through a reader that does not return an optional, or text
// that is not of the asked type, throws core::Error (Internal): the query and its reader disagree.
class Row {
  public:
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::string_view view(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] bool flag(int column) const;
    [[nodiscard]] core::Instant instant(int column) const;
    [[nodiscard]] core::Json json(int column) const;
    [[nodiscard]] std::optional<std::string> optionalText(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] std::optional<double> optionalReal(int column) const;
    [[nodiscard]] std::optional<bool> optionalFlag(int column) const;
    [[nodiscard]] std::optional<core::Instant> optionalInstant(int column) const;

  private:
    friend class Result;
    Row(const pg_result* result, int row) : result_(result), row_(row) {}
    const pg_result* result_;
    int row_;
};

// What one statement answered. Movable, not copyable.
class Result {
  public:
    Result() = default;
    explicit Result(pg_result* owned);

    [[nodiscard]] int size() const;
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] Row operator[](int row) const { return Row(result_.get(), row); }
    // What the server says that it did: `COMMIT`, `INSERT 0 3`.
    [[nodiscard]] std::string_view command() const;
    // Number of rows that an INSERT, UPDATE or DELETE touched.
    [[nodiscard]] std::int64_t affected() const;

    class Iterator {
      public:
        Iterator(const Result* result, int row) : result_(result), row_(row) {}
        Row operator*() const { return (*result_)[row_]; }
        Iterator& operator++() { ++row_; return *this; }
        bool operator!=(const Iterator& other) const { return row_ != other.row_; }

      private:
        const Result* result_;
        int row_;
    };
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size()}; }

  private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace histologe::postgres
