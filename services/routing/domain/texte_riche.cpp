#include "services/routing/domain/texte_riche.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "libs/core/text.hpp"

namespace histologe::routing {
namespace {

constexpr std::pair<std::string_view, std::string_view> kElements[] = {
    {"p", "p"},           {"br", "br"}, {"strong", "strong"}, {"b", "strong"}, {"em", "em"}, {"i", "em"},
    {"u", "u"},           {"ul", "ul"}, {"ol", "ol"},         {"li", "li"},    {"a", "a"},   {"blockquote", "blockquote"},
    {"div", "p"},         {"h1", "p"},  {"h2", "p"},          {"h3", "p"},     {"h4", "p"},  {"h5", "p"},
    {"h6", "p"}};
constexpr std::array<std::string_view, 11> kMuets = {"script", "style",  "template", "iframe", "object", "noscript",
                                                     "svg",    "math",   "textarea", "title",  "select"};
constexpr std::pair<std::string_view, std::string_view> kEntites[] = {
    {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xc2\xa0"}, {"eacute", "é"},
    {"egrave", "è"}, {"agrave", "à"}, {"ccedil", "ç"}, {"ecirc", "ê"}, {"rsquo", "’"}, {"laquo", "«"}, {"raquo", "»"}};
constexpr std::size_t kProfondeurMax = 32;

bool estLettre(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool estChiffre(char c) { return c >= '0' && c <= '9'; }
bool estBlanc(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string enMinuscules(std::string_view texte) {
    std::string petit(texte);
    for (char& c : petit) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return petit;
}

void ajouterPoint(std::string& vers, std::uint32_t point) {
    if (point < 0x80) {
        vers += static_cast<char>(point);
    } else if (point < 0x800) {
        vers += static_cast<char>(0xc0 | (point >> 6));
        vers += static_cast<char>(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        vers += static_cast<char>(0xe0 | (point >> 12));
        vers += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
        vers += static_cast<char>(0x80 | (point & 0x3f));
    } else {
        vers += static_cast<char>(0xf0 | (point >> 18));
        vers += static_cast<char>(0x80 | ((point >> 12) & 0x3f));
        vers += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
        vers += static_cast<char>(0x80 | (point & 0x3f));
    }
}

// The text of an entity at the head of `reste` (which begins with `&`), and its length; empty when it is none.
std::optional<std::pair<std::string, std::size_t>> entite(std::string_view reste) {
    const auto fin = reste.substr(0, 12).find(';');
    if (fin == std::string_view::npos || fin < 2) return std::nullopt;
    const auto nom = reste.substr(1, fin - 1);
    for (const auto& [connu, texte] : kEntites) {
        if (nom == connu) return std::pair{std::string(texte), fin + 1};
    }
    if (nom[0] != '#') return std::nullopt;
    const bool hexa = nom.size() > 1 && (nom[1] == 'x' || nom[1] == 'X');
    const auto chiffres = nom.substr(hexa ? 2 : 1);
    if (chiffres.empty() || chiffres.size() > 7) return std::nullopt;
    std::uint32_t point = 0;
    for (const char c : chiffres) {
        const char petit = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        if (!estChiffre(petit) && !(hexa && petit >= 'a' && petit <= 'f')) return std::nullopt;
        point = point * (hexa ? 16 : 10) + static_cast<std::uint32_t>(estChiffre(petit) ? petit - '0' : petit - 'a' + 10);
    }
    const bool permis = point == '\n' || point == '\t' || (point >= 0x20 && point != 0x7f && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff));
    std::string texte;
    if (permis) ajouterPoint(texte, point);
    return std::pair{texte, fin + 1};
}

std::string lire(std::string_view texte) {
    std::string lu;
    for (std::size_t i = 0; i < texte.size();) {
        if (texte[i] == '&') {
            if (const auto trouvee = entite(texte.substr(i))) {
                lu += trouvee->first;
                i += trouvee->second;
                continue;
            }
        }
        lu += texte[i++];
    }
    return lu;
}

struct Balise {
    std::string nom;  // lower case; empty for a comment, a doctype…
    bool fermante = false;
    std::string href;
    std::size_t longueur = 0;
};

// The tag at the head of `reste` (which begins with `<`); empty when this is no tag but a sign.
std::optional<Balise> balise(std::string_view reste) {
    Balise lue;
    if (reste.substr(0, 4) == "<!--") {
        const auto fin = reste.find("-->", 4);
        lue.longueur = fin == std::string_view::npos ? reste.size() : fin + 3;
        return lue;
    }
    std::size_t i = 1;
    if (i < reste.size() && (reste[i] == '!' || reste[i] == '?')) {
        const auto fin = reste.find('>');
        lue.longueur = fin == std::string_view::npos ? reste.size() : fin + 1;
        return lue;
    }
    if (i < reste.size() && reste[i] == '/') {
        lue.fermante = true;
        ++i;
    }
    if (i >= reste.size() || !estLettre(reste[i])) return std::nullopt;
    const auto debut = i;
    while (i < reste.size() && !estBlanc(reste[i]) && reste[i] != '>' && reste[i] != '/') ++i;
    lue.nom = enMinuscules(reste.substr(debut, i - debut));
    while (i < reste.size() && reste[i] != '>') {
        if (estBlanc(reste[i]) || reste[i] == '/') {
            ++i;
            continue;
        }
        const auto debutNom = i;
        while (i < reste.size() && !estBlanc(reste[i]) && reste[i] != '=' && reste[i] != '>' && reste[i] != '/') ++i;
        if (i == debutNom) ++i;
        const auto nom = enMinuscules(reste.substr(debutNom, i - debutNom));
        while (i < reste.size() && estBlanc(reste[i])) ++i;
        if (i >= reste.size() || reste[i] != '=') continue;
        ++i;
        while (i < reste.size() && estBlanc(reste[i])) ++i;
        std::string_view valeur;
        if (i < reste.size() && (reste[i] == '"' || reste[i] == '\'')) {
            const auto fin = reste.find(reste[i], i + 1);
            const auto ou = fin == std::string_view::npos ? reste.size() : fin;
            valeur = reste.substr(i + 1, ou - i - 1);
            i = std::min(reste.size(), ou + 1);
        } else {
            const auto ou = i;
            while (i < reste.size() && !estBlanc(reste[i]) && reste[i] != '>') ++i;
            valeur = reste.substr(ou, i - ou);
        }
        if (nom == "href" && lue.href.empty()) lue.href = lire(valeur);
    }
    lue.longueur = std::min(reste.size(), i + 1);
    return lue;
}

std::string adressePermise(const std::string& href) {
    const auto nette = std::string(core::trim(href));
    const auto petite = enMinuscules(nette);
    const bool schema = petite.starts_with("https://") || petite.starts_with("http://") || petite.starts_with("mailto:");
    const bool propre = std::none_of(nette.begin(), nette.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
    return schema && propre && nette.size() <= 2000 ? nette : std::string();
}

std::string_view permis(std::string_view nom) {
    for (const auto& [de, vers] : kElements) {
        if (de == nom) return vers;
    }
    return {};
}

bool estMuet(std::string_view nom) { return std::find(kMuets.begin(), kMuets.end(), nom) != kMuets.end(); }

// Where the element that begins before `i` ends: after its closing tag, or at the end.
std::size_t finDuMuet(std::string_view html, std::size_t i, const std::string& nom) {
    const auto petit = enMinuscules(html.substr(i));
    const auto trouve = petit.find("</" + nom);
    if (trouve == std::string::npos) return html.size();
    const auto fin = html.find('>', i + trouve);
    return fin == std::string_view::npos ? html.size() : fin + 1;
}

class Assainisseur {
  public:
    std::string faire(std::string_view html) {
        for (std::size_t i = 0; i < html.size();) {
            if (html[i] != '<') {
                const auto fin = std::min(html.find('<', i), html.size());
                sortie_ += core::escapeHtml(lire(html.substr(i, fin - i)));
                i = fin;
                continue;
            }
            const auto lue = balise(html.substr(i));
            if (!lue) {
                sortie_ += "&lt;";
                ++i;
                continue;
            }
            i += lue->longueur;
            if (!lue->fermante && estMuet(lue->nom)) {
                i = finDuMuet(html, i, lue->nom);
            } else if (lue->fermante) {
                fermer(permis(lue->nom));
            } else {
                ouvrir(permis(lue->nom), lue->href);
            }
        }
        while (!ouverts_.empty()) fermerDernier();
        return std::move(sortie_);
    }

  private:
    void ouvrir(std::string_view nom, const std::string& href) {
        if (nom.empty() || ouverts_.size() >= kProfondeurMax) return;
        if (nom == "br") {
            sortie_ += "<br>";
            return;
        }
        if (nom == "a") {
            const auto adresse = adressePermise(href);
            if (adresse.empty() || estOuvert("a")) return;
            sortie_ += "<a href=\"" + core::escapeHtml(adresse) + "\" rel=\"noopener noreferrer nofollow\">";
        } else {
            sortie_ += "<" + std::string(nom) + ">";
        }
        ouverts_.emplace_back(nom);
    }

    void fermer(std::string_view nom) {
        if (nom.empty() || !estOuvert(nom)) return;
        while (ouverts_.back() != nom) fermerDernier();
        fermerDernier();
    }

    [[nodiscard]] bool estOuvert(std::string_view nom) const {
        return std::find(ouverts_.begin(), ouverts_.end(), nom) != ouverts_.end();
    }

    void fermerDernier() {
        sortie_ += "</" + ouverts_.back() + ">";
        ouverts_.pop_back();
    }

    std::string sortie_;
    std::vector<std::string> ouverts_;
};

}  // namespace

std::string assainir(std::string_view html) { return Assainisseur().faire(html); }

std::string motsSeuls(std::string_view html) {
    const auto propre = assainir(html);
    std::string mots;
    for (std::size_t i = 0; i < propre.size();) {
        if (propre[i] != '<') {
            const auto fin = std::min(propre.find('<', i), propre.size());
            mots += lire(std::string_view(propre).substr(i, fin - i));
            i = fin;
            continue;
        }
        const auto lue = balise(std::string_view(propre).substr(i));
        i += lue ? lue->longueur : 1;
        if (!lue) continue;
        const bool coupe = lue->nom == "br" || (lue->fermante && (lue->nom == "p" || lue->nom == "li" || lue->nom == "blockquote"));
        if (coupe && !mots.empty() && mots.back() != '\n') mots += '\n';
    }
    return std::string(core::trim(mots));
}

}  // namespace histologe::routing
