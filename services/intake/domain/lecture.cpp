#include "services/intake/domain/lecture.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "libs/core/text.hpp"

namespace histologe::intake {
namespace {

constexpr bool estChiffre(char c) noexcept {
    return c >= '0' && c <= '9';
}

// `longueur` digits at `debut`, as a number; -1 when one of them is not a digit.
int chiffres(std::string_view texte, std::size_t debut, std::size_t longueur) noexcept {
    int valeur = 0;
    for (std::size_t i = debut; i < debut + longueur; ++i) {
        if (!estChiffre(texte[i])) return -1;
        valeur = valeur * 10 + (texte[i] - '0');
    }
    return valeur;
}

}  // namespace

std::optional<double> nombreDe(std::string_view texte) noexcept {
    texte = core::trim(texte);
    if (!texte.empty() && texte.front() == '+') {
        texte.remove_prefix(1);
        if (!texte.empty() && texte.front() == '-') return std::nullopt;
    }
    bool unChiffre = false;
    for (std::size_t i = 0; i < texte.size(); ++i) {
        const char c = texte[i];
        // from_chars also reads `inf` and `nan`; a second sign belongs to an exponent only.
        if (estChiffre(c)) {
            unChiffre = true;
        } else if (c == '-') {
            if (i != 0 && texte[i - 1] != 'e' && texte[i - 1] != 'E') return std::nullopt;
        } else if (c == '+') {
            if (i == 0 || (texte[i - 1] != 'e' && texte[i - 1] != 'E')) return std::nullopt;
        } else if (c != '.' && c != 'e' && c != 'E') {
            return std::nullopt;
        }
    }
    if (!unChiffre) return std::nullopt;
    double valeur = 0;
    const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), valeur);
    if (erreur != std::errc() || fin != texte.data() + texte.size() || !std::isfinite(valeur)) return std::nullopt;
    return valeur;
}

std::string texteDe(double nombre) {
    std::array<char, 64> tampon{};
    // Past 2^53 a double no longer tells units apart; such a text is refused by the bounds anyway.
    if (nombre == std::floor(nombre) && std::abs(nombre) < 9e15) {
        const auto fin =
            std::to_chars(tampon.data(), tampon.data() + tampon.size(), static_cast<long long>(nombre)).ptr;
        return {tampon.data(), fin};
    }
    const auto fin = std::to_chars(tampon.data(), tampon.data() + tampon.size(), nombre).ptr;
    return {tampon.data(), fin};
}

std::optional<int> entierDe(std::string_view texte) noexcept {
    int valeur = 0;
    int lus = 0;
    for (const char c : texte) {
        if (!estChiffre(c)) continue;
        if (++lus > 9) break;
        valeur = valeur * 10 + (c - '0');
    }
    return lus == 0 ? std::nullopt : std::optional<int>(valeur);
}

std::optional<double> montantDe(std::string_view texte) {
    std::string reste;
    for (const char c : texte) {
        if (estChiffre(c) || c == '.') reste.push_back(c);
    }
    return nombreDe(reste);
}

std::optional<std::chrono::sys_days> jourDe(std::string_view texte) noexcept {
    if (texte.size() != 10 || texte[4] != '-' || texte[7] != '-') return std::nullopt;
    const int annee = chiffres(texte, 0, 4);
    const int mois = chiffres(texte, 5, 2);
    const int jour = chiffres(texte, 8, 2);
    if (annee < 0 || mois < 0 || jour < 0) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(annee), std::chrono::month(static_cast<unsigned>(mois)),
                                           std::chrono::day(static_cast<unsigned>(jour)));
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date);
}

std::optional<std::chrono::sys_days> moisDe(std::string_view texte) noexcept {
    if (texte.size() != 7 || texte[2] != '/') return std::nullopt;
    const int mois = chiffres(texte, 0, 2);
    const int annee = chiffres(texte, 3, 4);
    if (mois < 1 || mois > 12 || annee < 1900 || annee > 2099) return std::nullopt;
    return std::chrono::sys_days(std::chrono::year(annee) / static_cast<unsigned>(mois) / 1);
}

std::string texteDe(std::chrono::sys_days jour) {
    const std::chrono::year_month_day date(jour);
    std::string texte = "0000-00-00";
    const auto pose = [&texte](std::size_t fin, unsigned valeur, int longueur) {
        for (int i = 0; i < longueur; ++i, valeur /= 10)
            texte[fin - static_cast<std::size_t>(i)] = static_cast<char>('0' + valeur % 10);
    };
    pose(3, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    pose(6, static_cast<unsigned>(date.month()), 2);
    pose(9, static_cast<unsigned>(date.day()), 2);
    return texte;
}

Mesure mesurer(std::string_view texte) noexcept {
    Mesure mesure;
    for (const char c : texte) {
        const auto octet = static_cast<unsigned char>(c);
        if ((octet & 0xc0) != 0x80) ++mesure.caracteres;
        if (octet >= 0x20 && octet != 0x7f) continue;
        if (octet == '\n' || octet == '\r') {
            mesure.sautsDeLigne = true;
        } else if (octet != '\t') {
            mesure.interdits = true;
        }
    }
    return mesure;
}

}  // namespace histologe::intake
