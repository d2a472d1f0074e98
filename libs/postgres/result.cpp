#include "libs/postgres/result.hpp"

#include <libpq-fe.h>

#include <charconv>

#include "libs/core/error.hpp"

namespace histologe::postgres {
namespace {

core::Error mismatch(int column, std::string_view wanted) {
    return {core::ErrorKind::Internal, "erreur_interne", "Une erreur est survenue de notre côté.", {},
            "column " + std::to_string(column) + " is not " + std::string(wanted)};
}

template <typename Number>
Number number(std::string_view text, int column, std::string_view wanted) {
    Number value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size()) throw mismatch(column, wanted);
    return value;
}

}  // namespace

bool Row::isNull(int column) const { return PQgetisnull(result_, row_, column) == 1; }

std::string_view Row::view(int column) const {
    if (isNull(column)) throw mismatch(column, "a value (it is NULL)");
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t Row::integer(int column) const { return number<std::int64_t>(view(column), column, "an integer"); }
double Row::real(int column) const { return number<double>(view(column), column, "a real number"); }

bool Row::flag(int column) const {
    const auto text = view(column);
    if (text == "t") return true;
    if (text == "f") return false;
    throw mismatch(column, "a boolean");
}

core::Instant Row::instant(int column) const {
    const auto instant = core::parseInstant(view(column));
    if (!instant) throw mismatch(column, "an instant");
    return *instant;
}

core::Json Row::json(int column) const { return core::Json::parse(view(column)); }

std::optional<std::string> Row::optionalText(int column) const {
    return isNull(column) ? std::nullopt : std::optional(text(column));
}
std::optional<std::int64_t> Row::optionalInteger(int column) const {
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}
std::optional<double> Row::optionalReal(int column) const {
    return isNull(column) ? std::nullopt : std::optional(real(column));
}
std::optional<bool> Row::optionalFlag(int column) const {
    return isNull(column) ? std::nullopt : std::optional(flag(column));
}
std::optional<core::Instant> Row::optionalInstant(int column) const {
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

Result::Result(pg_result* owned) : result_(owned) {}
int Result::size() const { return PQntuples(result_.get()); }

std::string_view Result::command() const { return PQcmdStatus(result_.get()); }

std::int64_t Result::affected() const {
    const std::string_view text = PQcmdTuples(result_.get());
    return text.empty() ? 0 : number<std::int64_t>(text, 0, "a row count");
}

void Result::Clear::operator()(pg_result* result) const { PQclear(result); }

}  // namespace histologe::postgres
