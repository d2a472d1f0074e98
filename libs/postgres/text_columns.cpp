#include "libs/postgres/text_columns.hpp"

#include <stdexcept>

#include "libs/postgres/connection.hpp"

namespace histologe::postgres {
namespace {

constexpr std::int32_t kTextOid = 25;
constexpr std::size_t kCountPlace = 12;

// Four bytes, the greatest first, as the protocol has every integer.
void write(std::string& bytes, std::size_t at, std::int32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes[at++] = static_cast<char>(static_cast<std::uint32_t>(number) >> shift);
}

void append(std::string& bytes, std::int32_t number) {
    bytes.append(4, '\0');
    write(bytes, bytes.size() - 4, number);
}

}  // namespace

TextColumn::TextColumn() {
    // Dimensions, whether there are NULLs, the type of the elements, how many they are, the number of the first.
    for (const auto number : {1, 1, kTextOid, 0, 1}) append(bytes_, number);
}

void TextColumn::add(std::optional<std::string_view> value) {
    append(bytes_, value ? static_cast<std::int32_t>(value->size()) : -1);
    if (value) bytes_ += *value;
    write(bytes_, kCountPlace, ++count_);
}

void TextColumns::add(std::initializer_list<std::optional<std::string_view>> row) {
    if (row.size() != columns_.size()) throw std::logic_error("a row has another number of values than there are columns");
    auto column = columns_.begin();
    for (const auto& value : row) (column++)->add(value);
    isEmpty_ = false;
}

std::vector<Parameter> TextColumns::parameters() const {
    return {columns_.begin(), columns_.end()};
}

}  // namespace histologe::postgres
