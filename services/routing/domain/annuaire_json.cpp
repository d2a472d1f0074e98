#include "services/routing/domain/annuaire_json.hpp"

#include <stdexcept>

#include "libs/core/error.hpp"

namespace histologe::routing {
namespace {

using core::Json;

// One entry that cannot be read; becomes a violation with the path of the entry.
struct Refus : std::runtime_error {
    Refus(std::string where, const std::string& why) : std::runtime_error(why), champ(std::move(where)) {}
    std::string champ;
};

const Json& field(const Json& object, const char* name) {
    const auto place = object.find(name);
    if (!object.is_object() || place == object.end()) throw Refus(name, "Ce champ est obligatoire.");
    return *place;
}

std::string text(const Json& object, const char* name) {
    const auto& value = field(object, name);
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) throw Refus(name, "Un texte est attendu.");
    return value.get<std::string>();
}

// Absent and null mean none.
std::optional<std::string> optionalText(const Json& object, const char* name) {
    if (!object.contains(name) || object.at(name).is_null()) return std::nullopt;
    return text(object, name);
}

bool flag(const Json& object, const char* name, bool otherwise) {
    if (!object.contains(name)) return otherwise;
    if (!object.at(name).is_boolean()) throw Refus(name, "Vrai ou faux est attendu.");
    return object.at(name).get<bool>();
}

// Absent and null mean empty.
std::vector<std::string> texts(const Json& object, const char* name) {
    std::vector<std::string> list;
    if (!object.contains(name) || object.at(name).is_null()) return list;
    const auto& values = object.at(name);
    if (!values.is_array()) throw Refus(name, "Une liste est attendue.");
    for (const auto& value : values) {
        if (!value.is_string()) throw Refus(name, "Une liste de textes est attendue.");
        list.push_back(value.get<std::string>());
    }
    return list;
}

template <typename Enum>
Enum term(const Json& object, const char* name) {
    const auto value = domain::parseNameOrLabel<Enum>(text(object, name));
    if (!value) throw Refus(name, "Cette valeur est inconnue : " + text(object, name) + ".");
    return *value;
}

template <typename Enum>
Enum termOr(const Json& object, const char* name, Enum otherwise) {
    return object.contains(name) ? term<Enum>(object, name) : otherwise;
}

template <typename Id>
std::vector<Id> ids(const Json& object, const char* name) {
    std::vector<Id> list;
    for (auto& value : texts(object, name)) list.push_back(Id{std::move(value)});
    return list;
}

domain::CodeTerritoire territoireOf(const char* name, const std::string& code) {
    const auto territoire = domain::CodeTerritoire::parse(code);
    if (!territoire) throw Refus(name, "Ce code de territoire est mal formé : " + code + ".");
    return *territoire;
}

// Strict, unlike parseListeInsee: a file is corrected, not guessed at.
std::vector<domain::CodeInsee> communes(const Json& object, const char* name) {
    std::vector<domain::CodeInsee> list;
    for (const auto& code : texts(object, name)) {
        const auto insee = domain::CodeInsee::parse(code);
        if (!insee) throw Refus(name, "Ce code INSEE est mal formé : " + code + ".");
        list.push_back(*insee);
    }
    return list;
}

std::optional<std::vector<domain::CodeInsee>> communesOrNone(const Json& object, const char* name) {
    auto list = communes(object, name);
    return list.empty() ? std::nullopt : std::optional(std::move(list));
}

domain::Qualifications qualifications(const Json& object, const char* name) {
    domain::Qualifications set;
    for (const auto& value : texts(object, name)) {
        const auto qualification = domain::parseNameOrLabel<domain::Qualification>(value);
        if (!qualification) throw Refus(name, "Cette qualification est inconnue : " + value + ".");
        set.insert(*qualification);
    }
    return set;
}

void read(const Json& json, Partenaire& partenaire) {
    partenaire.id.valeur = text(json, "id");
    partenaire.nom = text(json, "nom");
    partenaire.type = term<domain::TypePartenaire>(json, "type");
    partenaire.territoire = territoireOf("territoire", text(json, "territoire"));
    partenaire.archive = flag(json, "archive", false);
    partenaire.communes = communesOrNone(json, "communes");
    partenaire.zones = ids<ZoneId>(json, "zones");
    partenaire.zonesExclues = ids<ZoneId>(json, "zonesExclues");
    partenaire.epcis = ids<CodeEpci>(json, "epcis");
    if (auto bailleur = optionalText(json, "bailleur")) partenaire.bailleur = BailleurId{std::move(*bailleur)};
    partenaire.competences = qualifications(json, "competences");
}

void read(const Json& json, Zone& zone) {
    zone.id.valeur = text(json, "id");
    zone.territoire = territoireOf("territoire", text(json, "territoire"));
    zone.nom = text(json, "nom");
    zone.type = term<domain::TypeZone>(json, "type");
    zone.wkt = text(json, "wkt");
}

void read(const Json& json, Epci& epci) {
    epci.code.valeur = text(json, "code");
    epci.nom = text(json, "nom");
    epci.communes = communes(json, "communes");
}

void read(const Json& json, Bailleur& bailleur) {
    bailleur.id.valeur = text(json, "id");
    bailleur.nom = text(json, "nom");
    for (const auto& code : texts(json, "territoires"))
        bailleur.territoires.push_back(territoireOf("territoires", code));
    if (json.contains("raisonSociale") && json.at("raisonSociale").is_string()) bailleur.raisonSociale = json.at("raisonSociale").get<std::string>();
}

void read(const Json& json, Regle& regle) {
    regle.id.valeur = text(json, "id");
    regle.territoire = territoireOf("territoire", text(json, "territoire"));
    regle.active = flag(json, "active", true);
    regle.typePartenaire = term<domain::TypePartenaire>(json, "typePartenaire");
    regle.profil = termOr(json, "profil", ProfilVise::Tous);
    regle.communesIncluses = communesOrNone(json, "communesIncluses");
    regle.communesExclues = communes(json, "communesExclues");
    regle.partenairesExclus = ids<PartenaireId>(json, "partenairesExclus");
    regle.parc = termOr(json, "parc", ParcVise::Tous);
    regle.allocataire = termOr(json, "allocataire", AllocataireVise::Tous);
    regle.procedures = qualifications(json, "procedures");
}

template <typename Entry, typename Refused>
void readAll(const Json& document, const char* name, std::vector<Entry>& entries, const Refused& refused) {
    if (!document.contains(name)) return;
    if (!document.at(name).is_array()) {
        refused(std::string(name), "liste_attendue", document.at(name), Refus("", "Une liste est attendue."));
        return;
    }
    std::size_t place = 0;
    for (const auto& json : document.at(name)) {
        try {
            read(json, entries.emplace_back());
        } catch (const Refus& refus) {
            entries.pop_back();
            refused(std::string(name) + "." + std::to_string(place) + "." + refus.champ, "valeur_invalide", json, refus);
        }
        ++place;
    }
}

template <typename Refused>
ContenuAnnuaire readLists(const Json& document, const Refused& refused) {
    ContenuAnnuaire contenu;
    readAll(document, "partenaires", contenu.partenaires, refused);
    readAll(document, "zones", contenu.zones, refused);
    readAll(document, "epcis", contenu.epcis, refused);
    readAll(document, "bailleurs", contenu.bailleurs, refused);
    readAll(document, "regles", contenu.regles, refused);
    return contenu;
}

}  // namespace

ContenuAnnuaire readAnnuaire(const Json& document) {
    ContenuAnnuaire contenu;
    std::vector<core::Violation> violations;
    if (!document.is_object()) violations.push_back({"", "objet_attendu", "Un objet est attendu."});
    if (violations.empty()) {
        contenu = readLists(document, [&](std::string champ, const char* code, const Json&, const Refus& refus) {
            violations.push_back({std::move(champ), code, refus.what()});
        });
    }
    if (!violations.empty()) {
        throw core::Error(core::ErrorKind::InvalidInput, "annuaire_illisible", "L'annuaire contient des erreurs.",
                          std::move(violations));
    }
    return contenu;
}

ContenuAnnuaire readAnnuaire(const Json& document, std::vector<EntreeIllisible>& illisibles) {
    return readLists(document, [&](const std::string& ou, const char*, const Json& entree, const Refus& refus) {
        std::string id;
        for (const auto* cle : {"id", "code"}) {
            if (entree.is_object() && entree.contains(cle) && entree.at(cle).is_string()) id = entree.at(cle).get<std::string>();
        }
        illisibles.push_back({ou.substr(0, ou.find('.')), std::move(id), refus.champ, refus.what()});
    });
}

}  // namespace histologe::routing
