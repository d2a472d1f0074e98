#include "libs/http/schema_texts.hpp"

#include <cmath>

#include <fmt/format.h>

namespace histologe::http::texts {
namespace {

// More choices than that would drown the message.
constexpr std::size_t kShownValues = 20;

std::string counted(std::size_t count, const char* one, const char* several) {
    return fmt::format("{} {}", count, count > 1 ? several : one);
}

// `12`, `0,5`: the French decimal separator.
std::string shown(double number) {
    auto text = fmt::format("{:.12g}", number);
    if (const auto point = text.find('.'); point != std::string::npos) text[point] = ',';
    return text;
}

}  // namespace

std::string required() {
    return "Ce champ est obligatoire.";
}

std::string requiredWith(const std::string& other) {
    return fmt::format("Ce champ est obligatoire quand « {} » est rempli.", other);
}

std::string wrongType(std::uint8_t expected) {
    std::vector<std::string> names;
    if ((expected & kString) != 0) names.emplace_back("un texte");
    if ((expected & kNumber) != 0) {
        names.emplace_back("un nombre");
    } else if ((expected & kInteger) != 0) {
        names.emplace_back("un nombre entier");
    }
    if ((expected & kBoolean) != 0) names.emplace_back("vrai ou faux");
    if ((expected & kArray) != 0) names.emplace_back("une liste");
    if ((expected & kObject) != 0) names.emplace_back("un objet");
    if (names.empty()) return "Ce champ doit rester vide.";
    return fmt::format("La valeur attendue est {}.", fmt::join(names, ", ou "));
}

std::string notAmong(const std::vector<core::Json>& values) {
    std::vector<std::string> names;
    for (const auto& value : values) {
        if (names.size() == kShownValues) {
            names.emplace_back("…");
            break;
        }
        names.push_back(value.is_string() ? value.get<std::string>() : core::dumpJson(value));
    }
    if (names.size() == 1) return fmt::format("La seule valeur possible est : {}.", names.front());
    return fmt::format("Cette valeur n'est pas proposée. Choisissez parmi : {}.", fmt::join(names, ", "));
}

std::string tooShort(std::size_t smallest) {
    if (smallest == 1) return "Ce champ ne peut pas être vide.";
    return fmt::format("Ce texte est trop court : il faut au moins {}.", counted(smallest, "caractère", "caractères"));
}

std::string tooLong(std::size_t largest) {
    return fmt::format("Ce texte est trop long : {} au plus.", counted(largest, "caractère", "caractères"));
}

std::string wrongPattern() {
    return "Cette valeur n'a pas la forme attendue.";
}

std::string wrongFormat(SchemaFormat format) {
    switch (format) {
        case SchemaFormat::Date:
            return "Cette date n'existe pas ou n'est pas écrite sous la forme AAAA-MM-JJ.";
        case SchemaFormat::DateTime:
            return "Cette date avec heure n'est pas écrite sous la forme AAAA-MM-JJTHH:MM:SSZ.";
        case SchemaFormat::Time:
            return "Cette heure n'est pas écrite sous la forme HH:MM.";
        case SchemaFormat::Email:
            return "Cette adresse de courriel est incorrecte. Exemple : prenom.nom@exemple.fr.";
        case SchemaFormat::Uuid:
            return "Cet identifiant n'a pas la forme attendue.";
        case SchemaFormat::Uri:
            return "Cette adresse web est incorrecte.";
        case SchemaFormat::Int32:
        case SchemaFormat::Int64:
            return "Ce nombre est trop grand.";
        case SchemaFormat::None:
            return wrongPattern();
    }
    return wrongPattern();
}

std::string tooSmall(double bound, bool isExcluded) {
    return isExcluded ? fmt::format("Ce nombre doit être plus grand que {}.", shown(bound))
                      : fmt::format("Ce nombre est trop petit : {} au moins.", shown(bound));
}

std::string tooLarge(double bound, bool isExcluded) {
    return isExcluded ? fmt::format("Ce nombre doit être plus petit que {}.", shown(bound))
                      : fmt::format("Ce nombre est trop grand : {} au plus.", shown(bound));
}

std::string notMultiple(double step) {
    return fmt::format("Ce nombre doit être un multiple de {}.", shown(step));
}

std::string tooFewItems(std::size_t smallest) {
    return fmt::format("Cette liste est trop courte : il faut au moins {}.", counted(smallest, "élément", "éléments"));
}

std::string tooManyItems(std::size_t largest) {
    return fmt::format("Cette liste est trop longue : {} au plus.", counted(largest, "élément", "éléments"));
}

std::string repeatedItem() {
    return "Cette liste contient deux fois le même élément.";
}
std::string missingItem() {
    return "Il manque un élément à cette liste.";
}

std::string tooFewFields(std::size_t smallest) {
    return fmt::format("Il faut remplir au moins {}.", counted(smallest, "champ", "champs"));
}

std::string tooManyFields(std::size_t largest) {
    return fmt::format("Il y a trop de champs : {} au plus.", counted(largest, "champ", "champs"));
}

std::string unknownField() {
    return "Ce champ n'existe pas.";
}
std::string unknownShape() {
    return "Cette valeur ne correspond à aucune des formes possibles.";
}
std::string forbidden() {
    return "Cette valeur n'est pas permise.";
}

}  // namespace histologe::http::texts
