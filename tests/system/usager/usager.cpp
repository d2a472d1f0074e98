#include "tests/system/usager/usager.hpp"

#include <algorithm>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"

namespace histologe::usager {

using core::Json;

Dossier declare(const std::function<void(Json&)>& change) {
    Dossier dossier;
    const auto name = core::randomHex(6);
    dossier.courriel = "marin-" + name + "@example.org";
    dossier.bailleur = "bailleur-" + name + "@example.org";
    auto payload = product::sample("step__validation_signalement__locataire.json");
    payload["vos_coordonnees_occupant_email"] = dossier.courriel;
    payload["coordonnees_bailleur_email"] = dossier.bailleur;
    if (change) change(payload);
    const auto draft = product::beginDraft(payload);
    REQUIRE_FALSE(draft.empty());
    const auto answer = product::submit(draft, payload);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    const auto link = answer.json().at("lienSuivi").get<std::string>();
    dossier.code = link.substr(link.rfind('/') + 1);
    dossier.uuid = one("SELECT uuid FROM intake.signalements WHERE code_suivi = '" + dossier.code + "'");
    REQUIRE(waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'", "ACTIVE") ==
            "ACTIVE");
    return dossier;
}

std::string one(const std::string& query) {
    const auto rows = environment::Sql(product::platform().superuserUrl()).rows(query);
    return rows.empty() ? std::string() : rows[0][0].value_or("");
}

Json login(const Dossier& dossier, const Json& changes) {
    Json body = {{"code", dossier.code}, {"initialePrenom", "M"}, {"initialeNom", "F"}, {"codePostal", "13002"}};
    body.update(changes);
    return body;
}

Answer enter(const Json& body) {
    return product::request("POST", "/espace-usager/acces", core::dumpJson(body));
}

std::string token(const Dossier& dossier, const Json& changes) {
    const auto answer = enter(login(dossier, changes));
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json().at("jeton").get<std::string>();
}

Answer ask(const std::string& token, const std::string& method, const std::string& path, const Json& body,
           Headers headers) {
    if (!token.empty()) headers.emplace_back("Authorization", "Bearer " + token);
    return product::request(method, path, body.is_null() ? "" : core::dumpJson(body),
                            body.is_null() ? "" : "application/json", headers);
}

void setStatut(const Dossier& dossier, const std::string& statut) {
    one("UPDATE intake.signalements SET statut = '" + statut + "', ferme_le = CASE WHEN '" + statut +
        "' = 'CLOSED' THEN now() ELSE ferme_le END WHERE uuid = '" + dossier.uuid + "'");
    one("UPDATE routing.dossiers SET statut = '" + statut + "' WHERE signalement = '" + dossier.uuid + "'");
}

Json becomeInjonction(const Dossier& dossier) {
    static int number = 5000;
    const std::string code = "7KQM-2XHA-PB4D-9TZC";
    setStatut(dossier, "INJONCTION_BAILLEUR");
    one("UPDATE intake.signalements SET numero = NULL, numero_injonction = " + std::to_string(++number) +
        ", code_bailleur = '" + code + "' WHERE uuid = '" + dossier.uuid + "'");
    one("DELETE FROM routing.affectations WHERE signalement = '" + dossier.uuid + "'");
    return {{"reference", "INJ-" + std::to_string(number)}, {"code", code}};
}

std::vector<Answer> atOnce(std::size_t count, const std::function<Answer(std::size_t)>& request) {
    std::vector<Answer> answers(count);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&, i] { answers[i] = request(i); });
    for (auto& thread : threads) thread.join();
    return answers;
}

std::size_t countOf(const std::vector<Answer>& answers, int status) {
    return static_cast<std::size_t>(
        std::count_if(answers.begin(), answers.end(), [&](const Answer& answer) { return answer.status == status; }));
}

std::string mails(const Dossier& dossier, const std::string& type, const std::string& address,
                  const std::string& wanted) {
    return waitFor("SELECT count(*) FROM notification.courriels WHERE signalement = '" + dossier.uuid +
                       "' AND type = '" + type + "' AND destinataire = '" + address + "'",
                   wanted);
}

std::string suivis(const Dossier& dossier, const std::string& category, const std::string& wanted) {
    return waitFor("SELECT count(*) FROM routing.suivis WHERE signalement = '" + dossier.uuid + "' AND categorie = '" +
                       category + "'",
                   wanted);
}

}  // namespace histologe::usager
