#include "libs/domain/territoires/communes.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "libs/core/error.hpp"

namespace histologe::domain {
namespace {

constexpr std::string_view kHeader = "code_postal,code_insee,nom";

std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

std::string_view unquote(std::string_view name) {
    const bool quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
    return quoted ? name.substr(1, name.size() - 2) : name;
}

}  // namespace

Communes Communes::fromCsv(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (takeLine(text) != kHeader) {
        throw core::Error(core::ErrorKind::Internal, "communes_illisibles",
                          "La table des communes ne peut pas être lue.", {},
                          "the header of the communes is not " + std::string(kHeader));
    }
    Communes table;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    table.rows_.reserve(lines);
    table.names_.reserve(text.size() / 2);
    while (!text.empty()) {
        const auto line = takeLine(text);
        const auto first = line.find(',');
        const auto second = first == std::string_view::npos ? first : line.find(',', first + 1);
        if (second == std::string_view::npos) {
            ++table.skipped_;
            continue;
        }
        const auto postal = CodePostal::parse(line.substr(0, first));
        const auto insee = CodeInsee::parse(line.substr(first + 1, second - first - 1));
        const auto name = unquote(line.substr(second + 1));
        if (!postal || !insee || name.empty() || name.size() > std::numeric_limits<std::uint16_t>::max()) {
            ++table.skipped_;
            continue;
        }
        table.add(*postal, *insee, name);
    }
    table.finish();
    return table;
}

void Communes::add(CodePostal codePostal, CodeInsee codeInsee, std::string_view nom) {
    rows_.push_back(
        {codePostal, codeInsee, static_cast<std::uint16_t>(nom.size()), static_cast<std::uint32_t>(names_.size())});
    names_ += nom;
}

void Communes::finish() {
    auto& rows = rows_;
    std::stable_sort(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
        return std::tie(left.codeInsee, left.codePostal) < std::tie(right.codeInsee, right.codePostal);
    });
    const auto samePair = [](const Row& left, const Row& right) {
        return left.codeInsee == right.codeInsee && left.codePostal == right.codePostal;
    };
    const auto kept = std::unique(rows.begin(), rows.end(), samePair);
    skipped_ += static_cast<std::size_t>(rows.end() - kept);
    rows.erase(kept, rows.end());
    rows.shrink_to_fit();
    names_.shrink_to_fit();

    byPostal_.resize(rows.size());
    std::iota(byPostal_.begin(), byPostal_.end(), 0U);
    // Names were appended line after line, so offsets tell the order of the text.
    std::sort(byPostal_.begin(), byPostal_.end(), [&](std::uint32_t left, std::uint32_t right) {
        return std::tie(rows[left].codePostal, rows[left].offset) <
               std::tie(rows[right].codePostal, rows[right].offset);
    });
}

Communes Communes::withFusions(const std::vector<Fusion>& fusions) const {
    std::unordered_map<CodeInsee, CodeInsee> suivante(fusions_.begin(), fusions_.end());
    std::unordered_map<CodeInsee, std::string_view> noms;
    for (const auto& fusion : fusions) {
        suivante[fusion.ancien] = fusion.nouveau;
        noms[fusion.nouveau] = fusion.nom;
    }
    Communes table;
    for (const auto& [ancien, nouveau] : suivante) {
        auto code = nouveau;
        // No chain is longer than the list: one that is goes in a circle.
        std::size_t steps = 0;
        for (auto next = suivante.find(code); next != suivante.end() && steps <= suivante.size();
             next = suivante.find(code)) {
            code = next->second;
            ++steps;
        }
        if (steps <= suivante.size() && code != ancien) table.fusions_.emplace_back(ancien, code);
    }
    std::sort(table.fusions_.begin(), table.fusions_.end());

    auto inOrder = rows_;
    std::sort(inOrder.begin(), inOrder.end(),
              [](const Row& left, const Row& right) { return left.offset < right.offset; });
    // A row that always stood under its code wins over one that comes to stand there.
    for (const bool isMerged : {false, true}) {
        for (const auto& row : inOrder) {
            const auto commune = view(row);
            const auto code = table.actuelle(commune.codeInsee);
            if ((code != commune.codeInsee) != isMerged) continue;
            auto nom = isMerged ? nameOf(code) : commune.nom;
            if (nom.empty()) {
                const auto told = noms.find(code);
                nom = told != noms.end() && !told->second.empty() ? told->second : commune.nom;
            }
            table.add(commune.codePostal, code, nom);
        }
    }
    table.finish();
    table.skipped_ = skipped_;
    return table;
}

CodeInsee Communes::actuelle(CodeInsee code) const noexcept {
    const auto place = std::lower_bound(fusions_.begin(), fusions_.end(), code,
                                        [](const auto& fusion, CodeInsee wanted) { return fusion.first < wanted; });
    return place != fusions_.end() && place->first == code ? place->second : code;
}

Commune Communes::view(const Row& row) const noexcept {
    return {row.codePostal, row.codeInsee, std::string_view(names_).substr(row.offset, row.length)};
}

std::optional<Commune> Communes::find(CodePostal codePostal, CodeInsee codeInsee) const noexcept {
    const auto wanted = std::tie(codeInsee, codePostal);
    const auto place = std::lower_bound(rows_.begin(), rows_.end(), wanted, [](const Row& row, const auto& pair) {
        return std::tie(row.codeInsee, row.codePostal) < pair;
    });
    if (place == rows_.end() || std::tie(place->codeInsee, place->codePostal) != wanted) return std::nullopt;
    return view(*place);
}

std::vector<Commune> Communes::ofInsee(CodeInsee codeInsee) const {
    std::vector<Commune> found;
    auto place = std::lower_bound(rows_.begin(), rows_.end(), codeInsee,
                                  [](const Row& row, CodeInsee code) { return row.codeInsee < code; });
    for (; place != rows_.end() && place->codeInsee == codeInsee; ++place) found.push_back(view(*place));
    return found;
}

std::vector<Commune> Communes::ofPostal(CodePostal codePostal) const {
    std::vector<Commune> found;
    auto place = std::lower_bound(byPostal_.begin(), byPostal_.end(), codePostal,
                                  [this](std::uint32_t row, CodePostal code) { return rows_[row].codePostal < code; });
    for (; place != byPostal_.end() && rows_[*place].codePostal == codePostal; ++place)
        found.push_back(view(rows_[*place]));
    return found;
}

std::string_view Communes::nameOf(CodeInsee codeInsee) const noexcept {
    const auto place = std::lower_bound(rows_.begin(), rows_.end(), codeInsee,
                                        [](const Row& row, CodeInsee code) { return row.codeInsee < code; });
    return place != rows_.end() && place->codeInsee == codeInsee ? view(*place).nom : std::string_view{};
}

std::string_view foldArrondissement(std::string_view nom) noexcept {
    constexpr std::string_view kSuffix = " Arrondissement";
    if (!nom.ends_with(kSuffix)) return nom;
    auto rest = nom.substr(0, nom.size() - kSuffix.size());
    if (rest.ends_with("1er")) {
        rest.remove_suffix(3);
    } else if (rest.ends_with("e")) {
        rest.remove_suffix(1);
        const auto digits = rest.find_last_not_of("0123456789");
        if (digits == std::string_view::npos || digits + 1 == rest.size()) return nom;
        rest = rest.substr(0, digits + 1);
    } else {
        return nom;
    }
    if (!rest.ends_with(' ') || rest.size() == 1) return nom;
    rest.remove_suffix(1);
    return rest;
}

std::vector<std::string> expandVille(std::string_view nom) {
    std::vector<std::string> names{std::string(nom)};
    const int arrondissements = nom == "Marseille" ? 16 : nom == "Lyon" ? 9 : nom == "Paris" ? 20 : 0;
    for (int number = 1; number <= arrondissements; ++number) {
        names.push_back(std::string(nom) + " " + (number == 1 ? "1er" : std::to_string(number) + "e") +
                        " Arrondissement");
    }
    return names;
}

}  // namespace histologe::domain
