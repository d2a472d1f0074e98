// The kinds of vectors of a scoring file, each against the function that serves it.
#include <algorithm>
#include <functional>
#include <map>

#include "libs/core/error.hpp"
#include "tools/golden_runner/compare.hpp"
#include "tools/golden_runner/kinds.hpp"
#include "tools/golden_runner/scoring_inputs.hpp"

namespace histologe::golden {
namespace {

using core::Json;
using desordres::Catalogue;
using desordres::Regles;

Json treatment(const Catalogue& catalogue, const Json& input, Regles) {
    const auto critere = catalogue.findCritere(input.at("critere").get<std::string>());
    if (!critere) return {{"precisions", nullptr}};
    return {{"precisions",
             slugsAnswer(catalogue, desordres::precisionsOfCritere(catalogue, *critere, input.at("payload")))}};
}

Json composition(const Catalogue& catalogue, const Json& input, Regles regles) {
    auto precisions = precisionsOfVector(catalogue, input);
    if (scoring::usesPrecisions(input.value("creation_source", ""))) {
        desordres::updateComposition(catalogue, faitsOfVector(catalogue, input), precisions, regles);
    }
    return {{"precisions", slugsAnswer(catalogue, precisions)}};
}

Json suroccupation(const Catalogue& catalogue, const Json& input, Regles) {
    const Json asked{{"type_composition",
                      {{"composition_logement_nb_pieces", input.at("nb_pieces")},
                       {"logement_social_allocation", input.at("allocation")}}},
                     {"superficie", input.at("superficie")},
                     {"nb_occupants", input.at("nb_occupants")}};
    const auto precision = desordres::suroccupationOf(catalogue, faitsOfVector(catalogue, asked));
    return {{"suroccupation", precision.has_value()},
            {"slug", precision ? Json(catalogue.precision(*precision).slug) : Json(nullptr)}};
}

Json score(const Catalogue& catalogue, const Json& input, Regles) {
    const auto faits = faitsOfVector(catalogue, input);
    Json answer;
    putScore(
        desordres::scoreOf(catalogue, precisionsOfVector(catalogue, input), faits.enfants == desordres::Reponse::Oui),
        answer);
    return answer;
}

Json qualifications(const Catalogue& catalogue, const Json& input, Regles regles) {
    const auto lignes = scoring::updateQualifications(
        catalogue, precisionsOfVector(catalogue, input), faitsOfVector(catalogue, input),
        input.at("forced_score").get<double>(), existingOfVector(catalogue, input), regles);
    return {{"qualifications", lignesAnswer(catalogue, lignes)}};
}

Json reevaluated(const Catalogue& catalogue, const scoring::Evaluation& evaluation, bool withPrecisions) {
    Json answer{{"qualifications", lignesAnswer(catalogue, evaluation.qualifications)}};
    putScore(evaluation.score, answer);
    if (withPrecisions) answer["precisions"] = slugsAnswer(catalogue, evaluation.precisions);
    return answer;
}

Json scoreAndQualifications(const Catalogue& catalogue, const Json& input, Regles regles) {
    scoring::Modification nothing;
    nothing.suroccupation = false;
    return reevaluated(
        catalogue,
        scoring::reevaluate(catalogue, precisionsOfVector(catalogue, input), faitsOfVector(catalogue, input), nothing,
                            existingOfVector(catalogue, input), regles),
        false);
}

Json recompute(const Catalogue& catalogue, const Json& input, Regles regles) {
    if (!scoring::usesPrecisions(input.value("creation_source", ""))) {
        auto answer = premiereGeneration(catalogue, input, regles);
        answer["precisions"] = input.at("precisions");  // they are nothing to a report of the first generation
        return answer;
    }
    auto faits = faitsOfVector(catalogue, input);
    faits.foyerConnu = input.contains("situation_foyer") && input.at("situation_foyer").is_object();
    scoring::Modification modification;
    if (!input.value("remove", true)) modification.retrait = desordres::Retrait::Interdit;
    return reevaluated(catalogue,
                       scoring::reevaluate(catalogue, precisionsOfVector(catalogue, input), faits, modification,
                                           existingOfVector(catalogue, input), regles),
                       true);
}

Json ndeStatut(const Catalogue&, const Json& input, Regles) {
    return {
        {"status", domain::nameOf(scoring::ndeStatut(ndeDetailsOfVector(input.at("details")), superficieOfVector(input),
                                                     input.at("has_desordres").get<bool>()))}};
}

Json visitConclusions(const Catalogue& catalogue, const Json& input, Regles regles) {
    auto lignes = existingOfVector(catalogue, input);
    std::vector<std::string_view> conclusions;
    for (const auto& procedure : input.at("procedures"))
        conclusions.emplace_back(procedure.get_ref<const std::string&>());
    scoring::addConclusions(conclusions, lignes, regles);
    return {{"qualifications", lignesAnswer(catalogue, lignes)}};
}

Json payload(const Catalogue& catalogue, const Json& input, Regles regles) {
    const auto evaluation = scoring::evaluate(catalogue, input.at("payload"), regles);
    if (!evaluation.declares()) return {{"created", false}};
    auto answer = reevaluated(catalogue, evaluation, true);
    answer["created"] = true;
    answer["criteres"] = Json::array();
    for (const auto critere : evaluation.criteres) answer["criteres"].push_back(catalogue.critere(critere).slug);
    return answer;
}

using Run = std::function<Json(const Catalogue&, const Json&, Regles)>;

const std::map<std::string, Run>& runs() {
    static const std::map<std::string, Run> kRuns{
        {"treatment", treatment},
        {"composition", composition},
        {"suroccupation", suroccupation},
        {"score_v2", score},
        {"qualifications_v2", qualifications},
        {"score_and_qualifications_v2", scoreAndQualifications},
        {"recompute_v2", recompute},
        {"nde_status", ndeStatut},
        {"visit_conclusions", visitConclusions},
        {"payload_v2", payload},
        {"qualifications_v1", premiereGeneration},
        {"score_and_qualifications_v1", premiereGeneration},
    };
    return kRuns;
}

// Where the service of reference fails, ours answers. What it must answer: as if the question that leads nowhere had
// not been answered, or as if nothing were said where a part of the report is missing.
void checkInsteadOfFailure(const Catalogue& catalogue, const Json& vector, const Run& run, Report& report) {
    const auto id = vector.at("id").get<std::string>();
    auto input = vector.at("input");
    const auto answer = run(catalogue, input, Regles::Corrigees);
    if (vector.at("kind") == "payload_v2") {
        auto& answers = input.at("payload");
        for (auto it = answers.begin(); it != answers.end();) {
            const bool leadsNowhere =
                it.key().ends_with("_details_fuite") && it.value() != "oui" && it.value() != "non";
            it = leadsNowhere ? answers.erase(it) : std::next(it);
        }
    } else {
        input["assurance_contactee"] = nullptr;
    }
    const auto expected = run(catalogue, input, Regles::Corrigees);
    if (sameAnswer(expected, answer)) {
        report.pass();
        report.note(id, "the service of reference fails here (" +
                            vector.at("expected").at("exception").get<std::string>() +
                            "), ours answers as if the question had not been asked");
    } else {
        report.fail(id, expected, answer);
    }
}

// The reference marks by null an answer for which it has no précision; we have none either, and no null.
Json withoutNulls(Json expected) {
    if (const auto list = expected.find("precisions"); list != expected.end() && list->is_array()) {
        list->erase(std::remove(list->begin(), list->end(), Json(nullptr)), list->end());
    }
    return expected;
}

// The reference takes an unknown diagnosis of lead for a negative one; ours keeps the two apart in the reading itself.
Json asTheReference(Json answer, const std::string& kind, const Json& input) {
    if (kind != "treatment" && kind != "payload_v2") return answer;
    const auto& payload = input.at("payload");
    const auto diagnosis = payload.find("desordres_logement_securite_plomb_details_diagnostique");
    if (diagnosis == payload.end() || *diagnosis != "nsp") return answer;
    const auto rename = [](Json& slugs) {
        for (auto& slug : slugs) {
            auto& text = slug.get_ref<std::string&>();
            const std::string unknown = "_diagnostique_nsp";
            if (text.ends_with(unknown))
                text.replace(text.size() - unknown.size(), unknown.size(), "_diagnostique_non");
        }
    };
    if (answer.contains("precisions")) rename(answer["precisions"]);
    if (answer.contains("qualifications")) {
        for (auto& ligne : answer["qualifications"]) rename(ligne["precisions"]);
    }
    return answer;
}

// Which decision (number of the quirk in the reference of scoring, 8) makes our answer another one.
std::string decisionBehind(const std::string& kind, const Json& expected, const Json& actual) {
    if (kind == "treatment") return "8: an unknown diagnosis of lead stays unknown";
    if (kind == "composition") return "6: what no longer holds of the dwelling goes, siblings included";
    if (kind == "visit_conclusions") return "9: what a visit finds of salete is a finding";
    if (kind.ends_with("_v1")) return "9: what a visit found stays beside the suspicion";
    if (expected.contains("precisions") && !sameAnswer(expected.at("precisions"), actual.at("precisions"))) {
        return kind == "recompute_v2" ? "6: one rule of overcrowding at a time"
                                      : "8: an unknown diagnosis of lead stays unknown";
    }
    return "2, 5, 10: suspicions follow the précisions and the certificate as they are said today";
}

void check(const Catalogue& catalogue, const Json& vector, Report& report) {
    const auto kind = vector.at("kind").get<std::string>();
    const auto& input = vector.at("input");
    const auto id = vector.at("id").get<std::string>();
    const auto run = runs().find(kind);
    if (run == runs().end()) {
        report.fail(id, "unknown kind " + kind);
        return;
    }
    try {
        if (vector.at("expected").contains("exception")) {
            checkInsteadOfFailure(catalogue, vector, run->second, report);
            return;
        }
        const auto expected = withoutNulls(vector.at("expected"));
        const auto actual = run->second(catalogue, input, Regles::Corrigees);
        if (sameAnswer(expected, actual)) {
            report.pass();
        } else if (sameAnswer(expected,
                              asTheReference(run->second(catalogue, input, Regles::Reference), kind, input))) {
            report.pass();
            report.change(id, decisionBehind(kind, expected, actual), actual);
        } else {
            report.fail(id, expected, actual);
        }
    } catch (const core::Error& error) {
        report.fail(id, error.what());
    } catch (const Json::exception& error) {
        report.fail(id, error.what());
    }
}

}  // namespace

void runScoring(const Json& file, Report& report) {
    const auto catalogue = desordres::loadShippedCatalogue();
    for (const auto& vector : file.at("vectors")) check(catalogue, vector, report);
}

}  // namespace histologe::golden
