// Many rows for one statement: their values column by column, each column a `text[]`.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::postgres {

// One column in PostgreSQL's binary form of a `text[]`: a long text is copied as it is, where the textual form would quote
// each of its characters and have the server unquote them.
class TextColumn {
  public:
    TextColumn();
    void add(std::optional<std::string_view> value);  // nothing is NULL
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
    std::int32_t count_ = 0;
};

// The statement takes `$1::text[]` and so on, and casts what is not text, NULL included:
//
//   INSERT INTO essais (cle, contenu) SELECT cle::int, contenu::json FROM unnest($1::text[], $2::text[]) AS lot(cle, contenu)
//
//   TextColumns rows(2);
//   rows.add({"1", "{}"});
//   rows.add({"2", std::nullopt});
//   transaction.send(kInsert, rows.parameters());
class TextColumns {
  public:
    explicit TextColumns(std::size_t columns) : columns_(columns) {}
    // A value for each column.
    void add(std::initializer_list<std::optional<std::string_view>> row);
    [[nodiscard]] bool empty() const { return isEmpty_; }
    // They look at these columns, and live no longer.
    [[nodiscard]] std::vector<class Parameter> parameters() const;

  private:
    std::vector<TextColumn> columns_;
    bool isEmpty_ = true;
};

}  // namespace histologe::postgres
