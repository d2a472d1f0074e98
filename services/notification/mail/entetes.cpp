#include "services/notification/mail/entetes.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <vector>

#include "libs/core/text.hpp"

namespace histologe::notification {
namespace {

constexpr std::size_t kMotEncodeMax = 75;
constexpr std::size_t kLigneMax = 76;
constexpr std::string_view kDebutMot = "=?UTF-8?Q?";
constexpr std::string_view kFinMot = "?=";
constexpr std::string_view kRemplacement = "\xEF\xBF\xBD";

std::size_t longueurCaractere(unsigned char premier) {
    if (premier < 0x80) return 1;
    if (premier < 0xE0) return 2;
    return premier < 0xF0 ? 3 : 4;
}

// Well-formed UTF-8 whatever comes in: each byte that does not belong becomes U+FFFD.
std::string enUtf8(std::string_view texte) {
    if (core::isUtf8(texte)) return std::string(texte);
    std::string sortie;
    for (std::size_t i = 0; i < texte.size();) {
        const std::string_view caractere = texte.substr(i, longueurCaractere(static_cast<unsigned char>(texte[i])));
        if (core::isUtf8(caractere)) {
            sortie += caractere;
            i += caractere.size();
        } else {
            sortie += kRemplacement;
            ++i;
        }
    }
    return sortie;
}

bool asciiVisible(std::string_view texte) {
    return std::all_of(texte.begin(), texte.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// One character in Q form; RFC 2047 5 (3) allows letters, digits and a few signs where a phrase may stand.
std::string enQ(std::string_view caractere) {
    const char c = caractere.front();
    if (c == ' ') return "_";
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '!' || c == '*')
        return std::string(1, c);
    std::string sortie;
    for (const char octet : caractere) {
        std::array<char, 4> hexa{};
        std::snprintf(hexa.data(), hexa.size(), "=%02X", static_cast<unsigned char>(octet));
        sortie += hexa.data();
    }
    return sortie;
}

std::string motsEncodes(std::size_t dejaSurLaLigne, std::string_view texte) {
    std::vector<std::string> mots;
    std::string mot;
    std::size_t place = std::min(kMotEncodeMax, kLigneMax - std::min(dejaSurLaLigne, kLigneMax / 2));
    for (std::size_t i = 0; i < texte.size();) {
        const std::string_view caractere = texte.substr(i, longueurCaractere(static_cast<unsigned char>(texte[i])));
        const std::string encode = enQ(caractere);
        if (kDebutMot.size() + mot.size() + encode.size() + kFinMot.size() > place && !mot.empty()) {
            mots.push_back(std::string(kDebutMot) + mot + std::string(kFinMot));
            mot.clear();
            place = kMotEncodeMax;
        }
        mot += encode;
        i += caractere.size();
    }
    mots.push_back(std::string(kDebutMot) + mot + std::string(kFinMot));
    std::string sortie;
    for (const std::string& element : mots) sortie += (sortie.empty() ? "" : "\r\n ") + element;
    return sortie;
}

// ASCII text longer than a line is left unfolded up to the 998 bytes that RFC 5322 2.1.1 allows.
constexpr std::size_t kAsciiNuMax = 900;

}  // namespace

std::string surUneLigne(std::string_view texte) {
    const std::string propre = enUtf8(texte);
    std::string sortie;
    for (std::size_t i = 0; i < propre.size();) {
        const auto octet = static_cast<unsigned char>(propre[i]);
        const std::string_view caractere = std::string_view(propre).substr(i, longueurCaractere(octet));
        // C1 controls (U+0080..U+009F), U+2028 and U+2029 break lines in some readers.
        const bool controle = octet <= 0x20 || octet == 0x7f || caractere == "\xE2\x80\xA8" ||
                              caractere == "\xE2\x80\xA9" ||
                              (octet == 0xC2 && static_cast<unsigned char>(caractere[1]) < 0xA0);
        if (!controle)
            sortie += caractere;
        else if (!sortie.empty() && sortie.back() != ' ')
            sortie += ' ';
        i += caractere.size();
    }
    while (!sortie.empty() && sortie.back() == ' ') sortie.pop_back();
    return sortie;
}

std::string valeurEncodee(std::string_view nomEntete, std::string_view texte) {
    const std::string ligne = surUneLigne(texte);
    const bool ressembleAUnMotEncode = ligne.find("=?") != std::string::npos;
    if (asciiVisible(ligne) && !ressembleAUnMotEncode && ligne.size() < kAsciiNuMax) return ligne;
    return motsEncodes(nomEntete.size() + 2, ligne);
}

std::string boite(std::string_view nomEntete, std::string_view nom, std::string_view adresse) {
    const std::string ligne = surUneLigne(nom);
    if (ligne.empty()) return std::string(adresse);
    std::string phrase;
    if (asciiVisible(ligne) && ligne.find("=?") == std::string::npos && ligne.size() < kLigneMax / 2) {
        phrase = "\"";
        for (const char c : ligne) {
            if (c == '"' || c == '\\') phrase += '\\';
            phrase += c;
        }
        phrase += '"';
    } else {
        phrase = motsEncodes(nomEntete.size() + 2, ligne);
    }
    // The address on a line of its own keeps every line with an encoded word under the limit.
    return phrase + "\r\n <" + std::string(adresse) + ">";
}

std::string dateDEntete(core::Instant instant) {
    static constexpr const char* kJours[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMois[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t secondes = std::chrono::system_clock::to_time_t(
        std::chrono::time_point_cast<std::chrono::system_clock::duration>(instant));
    std::tm utc{};
    gmtime_r(&secondes, &utc);
    std::array<char, 64> tampon{};
    std::snprintf(tampon.data(), tampon.size(), "%s, %02d %s %04d %02d:%02d:%02d +0000", kJours[utc.tm_wday],
                  utc.tm_mday, kMois[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    return tampon.data();
}

std::string majuscules(std::string_view texte) {
    std::string sortie;
    for (std::size_t i = 0; i < texte.size(); ++i) {
        const auto octet = static_cast<unsigned char>(texte[i]);
        const unsigned char suivant = i + 1 < texte.size() ? static_cast<unsigned char>(texte[i + 1]) : 0;
        if (octet >= 'a' && octet <= 'z') {
            sortie += static_cast<char>(octet - 'a' + 'A');
        } else if (octet == 0xC3 && suivant >= 0xA0 && suivant <= 0xBE && suivant != 0xB7) {
            sortie += {static_cast<char>(octet), static_cast<char>(suivant - 0x20)};
            ++i;
        } else if (octet == 0xC5 && suivant == 0x93) {  // œ
            sortie += "\xC5\x92";
            ++i;
        } else if (octet == 0xC3 && suivant == 0xBF) {  // ÿ
            sortie += "\xC5\xB8";
            ++i;
        } else {
            sortie += texte[i];
        }
    }
    return sortie;
}

std::string majusculesSansAccent(std::string_view texte) {
    return majuscules(core::fold(texte));
}

}  // namespace histologe::notification
