#include "tools/golden_runner/auto_affectation_vectors.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/localisation.hpp"
#include "services/routing/domain/predicats.hpp"

namespace histologe::golden {
namespace {

using core::Json;
using namespace histologe::routing;

// Null and absent are the same in these files.
const Json& at(const Json& object, const char* name) {
    static const Json none;
    const auto place = object.find(name);
    return place == object.end() ? none : *place;
}

std::optional<std::string> text(const Json& object, const char* name) {
    const auto& value = at(object, name);
    if (value.is_null()) return std::nullopt;
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<std::string> texts(const Json& object, const char* name) {
    std::vector<std::string> list;
    for (const auto& value : at(object, name)) {
        list.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
    return list;
}

template <typename Enum>
Enum term(const Json& object, const char* name) {
    const auto value = domain::parseNameOrLabel<Enum>(text(object, name).value_or(""));
    if (!value) throw std::runtime_error(std::string("unknown ") + name + ": " + at(object, name).dump());
    return *value;
}

domain::CodeTerritoire territoire(const Json& object) {
    const auto code = domain::CodeTerritoire::parse(text(object, "territory").value_or(""));
    if (!code) throw std::runtime_error("bad territory: " + at(object, "territory").dump());
    return *code;
}

std::optional<domain::CodeInsee> insee(const Json& object) {
    return domain::CodeInsee::parse(text(object, "insee").value_or(""));
}

domain::Qualifications qualifications(const std::vector<std::string>& names) {
    domain::Qualifications set;
    for (const auto& name : names) {
        const auto value = domain::parseNameOrLabel<domain::Qualification>(name);
        if (!value) throw std::runtime_error("unknown qualification: " + name);
        set.insert(*value);
    }
    return set;
}

template <typename Id>
std::vector<Id> ids(const Json& object, const char* name) {
    std::vector<Id> list;
    for (auto& value : texts(object, name)) list.push_back(Id{std::move(value)});
    return list;
}

Partenaire partenaire(const Json& json) {
    Partenaire read;
    read.id.valeur = text(json, "id").value();
    read.nom = text(json, "name").value();
    read.type = term<domain::TypePartenaire>(json, "type");
    if (text(json, "territory")) read.territoire = territoire(json);
    read.archive = at(json, "is_archive") == true;
    read.communes = parseListeInsee(texts(json, "insee"));
    read.zones = ids<ZoneId>(json, "zones");
    read.zonesExclues = ids<ZoneId>(json, "excluded_zones");
    read.epcis = ids<CodeEpci>(json, "epcis");
    if (auto bailleur = text(json, "bailleur")) read.bailleur = BailleurId{*bailleur};
    read.competences = qualifications(texts(json, "competence"));
    return read;
}

// The parts of a rule that predicate vectors also come with, each alone.
void readCommunes(const Json& json, Regle& regle) {
    regle.communesIncluses = parseListeInsee(text(json, "inseeToInclude").value_or(""));
    regle.communesExclues = parseListeInsee(texts(json, "inseeToExclude")).value_or(std::vector<domain::CodeInsee>{});
}

Regle regle(const Json& json) {
    Regle read;
    read.id.valeur = text(json, "id").value();
    read.territoire = territoire(json);
    read.active = at(json, "status") == "ACTIVE";
    read.typePartenaire = term<domain::TypePartenaire>(json, "partnerType");
    read.profil = term<ProfilVise>(json, "profileDeclarant");
    readCommunes(json, read);
    read.partenairesExclus = ids<PartenaireId>(json, "partnerToExclude");
    read.parc = term<ParcVise>(json, "parc");
    read.allocataire = term<AllocataireVise>(json, "allocataire");
    read.procedures = qualifications(texts(json, "proceduresSuspectees"));
    return read;
}

// Rules and partners in the order of their numbers, which is that of their creation.
std::vector<Json> byId(const Json& list) {
    std::vector<Json> sorted(list.begin(), list.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const Json& left, const Json& right) {
        return at(left, "id").is_number() && at(right, "id").is_number() && at(left, "id") < at(right, "id");
    });
    return sorted;
}

ContenuAnnuaire contenu(const Json& partenaires, const Json& regles, const Json& geographie) {
    ContenuAnnuaire read;
    for (const auto& json : byId(partenaires)) read.partenaires.push_back(partenaire(json));
    for (const auto& json : byId(regles)) read.regles.push_back(regle(json));
    for (const auto& json : at(geographie, "zones")) {
        read.zones.push_back({ZoneId{text(json, "name").value()}, territoire(json), text(json, "name").value(),
                              domain::TypeZone::Autre, text(json, "wkt").value()});
    }
    for (const auto& json : at(geographie, "epcis")) {
        read.epcis.push_back({CodeEpci{text(json, "code").value()}, text(json, "name").value_or(""),
                              parseListeInsee(texts(json, "insee_codes")).value_or(std::vector<domain::CodeInsee>{})});
    }
    return read;
}

DossierAAffecter dossier(const Json& json, const Json& dejaAffectes, const ContenuAnnuaire& annuaire) {
    DossierAAffecter read;
    read.territoire = territoire(json);
    read.codeInsee = insee(json);
    const auto& geoloc = at(json, "geoloc");
    if (at(geoloc, "lng").is_number() && at(geoloc, "lat").is_number()) {
        read.position = Position{geoloc.at("lng").get<double>(), geoloc.at("lat").get<double>()};
    }
    if (at(json, "is_logement_social").is_boolean()) read.logementSocial = json.at("is_logement_social").get<bool>();
    read.allocataire = parseAllocataire(text(json, "is_allocataire"));
    if (text(json, "profile_declarant")) read.profil = term<domain::ProfilDeclarant>(json, "profile_declarant");
    if (auto bailleur = text(json, "bailleur")) read.bailleur = BailleurId{*bailleur};
    std::vector<QualificationEvaluee> evaluation;
    for (const auto& row : at(json, "qualifications")) {
        evaluation.push_back({term<domain::Qualification>(row, "qualification"),
                              domain::parseName<domain::StatutQualification>(text(row, "status").value_or(""))});
    }
    read.qualifications = qualificationsActives(evaluation);
    for (const auto& name : dejaAffectes) {
        for (const auto& one : annuaire.partenaires) {
            if (one.nom == name) read.dejaAffectes.push_back(one.id);
        }
    }
    return read;
}

Json names(const Annuaire& annuaire, const std::vector<PartenaireId>& partenaires) {
    Json list = Json::array();
    for (const auto& id : partenaires) list.push_back(annuaire.partenaire(id)->nom);
    return list;
}

Json sorted(Json list) {
    std::sort(list.begin(), list.end());
    return list;
}

class Runner {
  public:
    explicit Runner(std::vector<VectorOutcome>& outcomes) : outcomes_(outcomes) {}

    void run(std::string id, Json expected, const std::function<Json()>& actual) {
        VectorOutcome outcome{std::move(id), std::move(expected), nullptr, {}};
        for (const auto& decision : autoAffectationDecisions()) {
            if (decision.id != outcome.id || decision.original != outcome.expected) continue;
            outcome.expected = decision.decided;
            outcome.decision = decision.reason;
        }
        try {
            outcome.actual = actual();
        } catch (const std::exception& error) {
            outcome.actual = std::string("error: ") + error.what();
        }
        outcomes_.push_back(std::move(outcome));
    }

  private:
    std::vector<VectorOutcome>& outcomes_;
};

void runWorld(const Json& file, Runner& runner) {
    const auto& world = at(file, "world");
    std::unique_ptr<Annuaire> built;
    std::string unreadable;
    try {
        built = std::make_unique<Annuaire>(contenu(at(world, "partners"), at(world, "rules"), world));
    } catch (const std::exception& error) {
        unreadable = error.what();
    }
    const auto annuaire = [&]() -> const Annuaire& {
        if (!built) throw std::runtime_error("unreadable world: " + unreadable);
        return *built;
    };
    for (const auto& json : at(file, "cases")) {
        const Json expected{{"partners", sorted(at(json, "expected_partners"))},
                            {"status", at(json, "expected_status_after")}};
        runner.run("case:" + text(json, "id").value_or(""), expected, [&] {
            const auto mode = at(json, "simulation") == true ? ModeAffectation::Simulation : ModeAffectation::Reelle;
            const auto read = dossier(at(json, "signalement"), at(json, "already_affected"), annuaire().contenu());
            const auto affectes = affecter(annuaire(), read, mode);
            const auto statut = domain::nameOf(statutApres(domain::StatutDossier::Nouveau, affectes));
            return Json{{"partners", sorted(names(annuaire(), affectes))}, {"status", statut}};
        });
    }
    for (const auto& json : at(file, "localization_cases")) {
        runner.run("localisation:" + text(json, "reference").value_or(""), sorted(at(json, "expected_partners")), [&] {
            const auto read = dossier(json, at(json, "already_affected"), annuaire().contenu());
            return sorted(names(annuaire(), localiser(annuaire(), read, ModeAffectation::Reelle)));
        });
    }
}

void runDerived(const Json& file, Runner& runner) {
    for (const auto& json : at(file, "derived_cases")) {
        runner.run("derived:" + text(json, "id").value_or(""), at(json, "expected_partners"), [&] {
            const Annuaire annuaire(contenu(at(json, "partners"), at(json, "rules"), at(file, "derived_world")));
            const auto mode = at(json, "simulation") == true ? ModeAffectation::Simulation : ModeAffectation::Reelle;
            return names(
                annuaire,
                affecter(annuaire, dossier(at(json, "signalement"), at(json, "already_affected"), annuaire.contenu()),
                         mode));
        });
    }
}

std::optional<BailleurId> bailleur(const Json& json, const char* name) {
    auto value = text(json, name);
    return value ? std::optional(BailleurId{std::move(*value)}) : std::nullopt;
}

bool predicate(const std::string& name, const Json& json) {
    if (name == "allocataire") {
        return allocataireConvient(term<AllocataireVise>(json, "rule"), parseAllocataire(text(json, "is_allocataire")));
    }
    if (name == "parc") {
        const auto& social = at(json, "is_logement_social");
        return parcConvient(term<ParcVise>(json, "rule"),
                            social.is_boolean() ? std::optional(social.get<bool>()) : std::nullopt);
    }
    if (name == "profileDeclarant") {
        const auto profil = domain::parseName<domain::ProfilDeclarant>(text(json, "profile").value_or(""));
        return profilConvient(term<ProfilVise>(json, "rule"), profil);
    }
    if (name == "codeInsee") {
        Regle read;
        readCommunes(json, read);
        return codeInseeConvient(read, insee(json));
    }
    if (name == "partnerExclude") {
        Regle read;
        read.partenairesExclus = ids<PartenaireId>(json, "partnerToExclude");
        return partenaireConvient(read, PartenaireId{text(json, "partner_id").value()});
    }
    if (name == "procedureSuspectee") {
        return procedureConvient(qualifications(texts(json, "rule")), qualifications(texts(json, "qualifications")));
    }
    if (name == "partnerType") {
        Partenaire read;
        read.type = term<domain::TypePartenaire>(json, "partner_type");
        read.bailleur = bailleur(json, "partner_bailleur");
        return typePartenaireConvient(term<domain::TypePartenaire>(json, "rule"), read,
                                      bailleur(json, "signalement_bailleur"));
    }
    throw std::runtime_error("unknown predicate: " + name);
}

void runPredicates(const Json& file, Runner& runner) {
    for (const auto& [name, vectors] : at(file, "predicate_vectors").items()) {
        std::size_t place = 0;
        for (const auto& json : vectors) {
            auto id = "predicate:" + name;
            id += ":" + std::to_string(place++);
            runner.run(std::move(id), at(json, "expected"),
                       [&, predicateName = name] { return predicate(predicateName, json); });
        }
    }
}

}  // namespace

std::vector<VectorOutcome> runAutoAffectationVectors(const Json& file) {
    std::vector<VectorOutcome> outcomes;
    Runner runner(outcomes);
    runWorld(file, runner);
    runDerived(file, runner);
    runPredicates(file, runner);
    return outcomes;
}

}  // namespace histologe::golden
