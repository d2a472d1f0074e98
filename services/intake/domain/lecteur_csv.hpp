// Reading CSV as it comes: any size, any cut between two blocks, one row at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::intake {

// A row, with the line of the file on which it begins (the first line is 1; a quoted field may span several).
struct LigneCsv {
    std::size_t ligne = 0;
    std::vector<std::string> champs;  // blanks around an unquoted field are no part of it
};

// The bounds of what is read: beyond them the file is refused, whatever it is.
inline constexpr std::size_t kChampCsvMax = 100'000;  // bytes of a field
inline constexpr std::size_t kColonnesCsvMax = 1000;

// Strict: a quote inside an unquoted field, text after a closing quote, a quoted field that the file's end cuts, bytes
// that are not UTF-8 and the NUL character are errors. Lines end in LF, CRLF or CR (line feeds are what is counted);
// empty lines are skipped, as is a byte order mark at the start. The separator is the one of `;`, `,` and tab that
// occurs most in the first line.
class LecteurCsv {
  public:
    explicit LecteurCsv(std::function<void(LigneCsv&&)> ligne);
    ~LecteurCsv();
    LecteurCsv(const LecteurCsv&) = delete;
    LecteurCsv& operator=(const LecteurCsv&) = delete;

    // Takes the next bytes; rows are handed over as soon as they are whole. Throws core::Error (InvalidInput,
    // `csv_illisible`) naming the line. What the callback throws comes out too. After a throw the reader is only good
    // to be destroyed.
    void lire(std::string_view octets);
    // The end of the file: hands over the last row if its line is not ended.
    void finir();

  private:
    struct Etat;
    std::unique_ptr<Etat> etat_;
};

}  // namespace histologe::intake
