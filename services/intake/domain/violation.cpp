#include "services/intake/domain/violation.hpp"

#include <array>

#include "services/intake/domain/regles.hpp"

namespace histologe::intake {
namespace {

constexpr std::string_view kLibelle = "{{ label }}";
constexpr std::string_view kLimite = "{{ limit }}";
constexpr std::size_t kValeurMax = 80;

struct Texte {
    std::string_view code;
    std::string_view modele;
    std::string_view urn;  // the identifier by which the front's framework names the rule; ours where it has none
};

// In the order of Manquement.
constexpr std::array<Texte, 21> kTextes = {{
    {"obligatoire", "{{ label }} : merci de répondre à cette question.",
     "urn:uuid:c1051bb4-d103-4f74-8988-acbcafc7fdc3"},
    {"trop_long", "{{ label }} : {{ limit }} caractères au plus.", "urn:uuid:d94b19cc-114f-4f44-9cc4-4138e80a87b9"},
    {"choix_inconnu", "{{ label }} : choisissez une des réponses proposées.",
     "urn:uuid:8e179f1b-97aa-4560-a02f-2a8b42e49df7"},
    {"code_postal_invalide", "{{ label }} : cinq chiffres sont attendus.",
     "urn:uuid:de1e3db3-5ed4-4941-aae4-59f3667cc3a3"},
    {"code_insee_invalide", "{{ label }} : ce code de commune n'existe pas.",
     "urn:uuid:de1e3db3-5ed4-4941-aae4-59f3667cc3a3"},
    {"courriel_invalide", "{{ label }} : vérifiez cette adresse de courriel.",
     "urn:uuid:bd79c0ab-ddba-46cc-a703-a7a4b08de310"},
    {"telephone_invalide", "{{ label }} : vérifiez ce numéro de téléphone.",
     "urn:histologe:violation:telephone_invalide"},
    {"type_invalide", "{{ label }} : cette réponse n'est pas lisible.",
     "urn:uuid:ba785a8c-82cb-4283-967c-3cf342181b40"},
    {"nombre_attendu", "{{ label }} : un nombre est attendu.", "urn:uuid:ba785a8c-82cb-4283-967c-3cf342181b40"},
    {"trop_petit", "{{ label }} : ce nombre est trop petit.", "urn:uuid:778b7ae0-84d3-481a-9dec-35fdb64b1d78"},
    {"trop_grand", "{{ label }} : ce nombre est trop grand (limite : {{ limit }}).",
     "urn:uuid:079d7420-2d13-460c-8756-de810eeb37d2"},
    {"date_invalide", "{{ label }} : vérifiez cette date.", "urn:uuid:1a9da513-2640-4f84-9b6a-4d99dcddc628"},
    {"date_trop_ancienne", "{{ label }} : cette date est trop ancienne.",
     "urn:uuid:778b7ae0-84d3-481a-9dec-35fdb64b1d78"},
    {"date_non_passee", "{{ label }} : indiquez une date passée.", "urn:histologe:violation:date_non_passee"},
    {"annee_invalide", "{{ label }} : une année de quatre chiffres est attendue.",
     "urn:uuid:1a9da513-2640-4f84-9b6a-4d99dcddc628"},
    {"caractere_interdit", "{{ label }} : cette réponse contient un caractère qui ne peut pas être enregistré.",
     "urn:histologe:violation:caractere_interdit"},
    {"territoire_ferme", "{{ label }} : le service n'est pas encore ouvert dans cette commune.",
     "urn:histologe:violation:territoire_ferme"},
    {"commune_incoherente", "{{ label }} : ce code postal ne correspond pas à la commune.",
     "urn:histologe:violation:commune_incoherente"},
    {"enfants_trop_nombreux", "{{ label }} : il ne peut pas dépasser le nombre de personnes du logement.",
     "urn:histologe:violation:enfants_trop_nombreux"},
    {"consentement_requis", "{{ label }} : merci de cocher cette case pour envoyer le signalement.",
     "urn:histologe:violation:consentement_requis"},
    {"televersement_invalide", "{{ label }} : ce fichier n'a pas été reconnu. Merci de l'envoyer à nouveau.",
     "urn:histologe:violation:televersement_invalide"},
}};
static_assert(kTextes.size() == static_cast<std::size_t>(Manquement::TeleversementInvalide) + 1);

const Texte& texteDuManquement(Manquement manquement) noexcept {
    return kTextes[static_cast<std::size_t>(manquement)];
}

void remplacer(std::string& texte, std::string_view quoi, std::string_view par) {
    if (const std::size_t at = texte.find(quoi); at != std::string::npos) texte.replace(at, quoi.size(), par);
}

// The first characters of a text, never cutting one in two; control characters are shown as blanks.
std::string debutDe(std::string_view texte) {
    std::size_t fin = 0;
    std::size_t caracteres = 0;
    while (fin < texte.size() && caracteres < kValeurMax) {
        ++fin;
        while (fin < texte.size() && (static_cast<unsigned char>(texte[fin]) & 0xc0) == 0x80) ++fin;
        ++caracteres;
    }
    std::string debut(texte.substr(0, fin));
    for (char& c : debut) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return debut;
}

}  // namespace

std::string_view codeDe(Manquement manquement) noexcept {
    return texteDuManquement(manquement).code;
}

std::string Violation::message() const {
    std::string texte(texteDuManquement(manquement).modele);
    remplacer(texte, kLimite, limite);
    remplacer(texte, kLibelle, libelle);
    return texte;
}

Violation violationSur(Champ champ, Manquement manquement, std::optional<std::string_view> valeur, std::string limite) {
    return {std::string(proprieteDe(champ)), std::string(libelleDe(champ)), manquement, std::move(limite),
            valeur ? std::optional(debutDe(*valeur)) : std::nullopt};
}

std::vector<core::Violation> enViolations(const std::vector<Violation>& violations) {
    std::vector<core::Violation> toutes;
    toutes.reserve(violations.size());
    for (const Violation& violation : violations) {
        toutes.push_back({violation.propriete, std::string(codeDe(violation.manquement)), violation.message()});
    }
    return toutes;
}

core::Json enReponseDuFormulaire(const std::vector<Violation>& violations) {
    core::Json liste = core::Json::array();
    std::string detail;
    for (const Violation& violation : violations) {
        const Texte& texte = texteDuManquement(violation.manquement);
        core::Json parametres = {{"{{ label }}", violation.libelle},
                                 {"{{ value }}", violation.valeur ? '"' + *violation.valeur + '"' : "null"}};
        if (!violation.limite.empty()) parametres["{{ limit }}"] = violation.limite;
        const std::string message = violation.message();
        if (!detail.empty()) detail += '\n';
        detail += violation.propriete + ": " + message;
        liste.push_back({{"propertyPath", violation.propriete},
                         {"title", message},
                         {"template", texte.modele},
                         {"parameters", std::move(parametres)},
                         {"type", texte.urn}});
    }
    return {{"type", "https://symfony.com/errors/validation"},
            {"title", "Validation Failed"},
            {"detail", std::move(detail)},
            {"violations", std::move(liste)}};
}

}  // namespace histologe::intake
