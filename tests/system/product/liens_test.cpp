// A draft resumed and a report followed again: the link that was asked for arrives by mail.
#include <catch2/catch.hpp>

#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

constexpr char kSample[] = "step__validation_signalement__locataire.json";

std::string mailsTo(const std::string& address, const std::string& type, const std::string& wanted) {
    return waitFor("SELECT count(*) FROM notification.courriels WHERE destinataire = '" + address + "' AND type = '" +
                       type + "' AND etat = 'ENVOYE'",
                   wanted);
}

}  // namespace

TEST_CASE("the link to go on with a draft is asked for and arrives") {
    auto payload = sample(kSample);
    payload["vos_coordonnees_occupant_email"] = "reprise@example.org";
    payload["currentStep"] = "zone_concernee";
    const auto draft = beginDraft(payload);
    REQUIRE_FALSE(draft.empty());
    const auto found = request("POST", "/signalement-draft/check", core::dumpJson(payload));
    CHECK(found.json().at("type") == "draft");
    CHECK(found.json().at("draft_uuid") != draft);
    CHECK(request("POST", "/signalement-draft/send_mail", core::dumpJson(payload)).json() ==
          core::Json{{"success", true}});
    // Where nothing was begun the answer is the same, and nothing is sent.
    payload["vos_coordonnees_occupant_email"] = "personne@example.org";
    CHECK(request("POST", "/signalement-draft/send_mail", core::dumpJson(payload)).json() ==
          core::Json{{"success", true}});
    CHECK(mailsTo("reprise@example.org", "CONTINUE_FROM_DRAFT_TO_USAGER", "1") == "1");
    CHECK(mailsTo("personne@example.org", "CONTINUE_FROM_DRAFT_TO_USAGER", "0") == "0");
}

TEST_CASE("the link to follow a report is asked for in each of three ways and arrives") {
    auto payload = sample(kSample);
    payload["vos_coordonnees_occupant_email"] = "suivi@example.org";
    const auto draft = beginDraft(payload);
    REQUIRE(submit(draft, payload).status == 200);
    const auto found = request("POST", "/signalement-draft/check", core::dumpJson(payload)).json();
    const auto uuid = found.at("signalements").at(0).at("uuid").get<std::string>();
    const auto path = "/signalement/" + uuid + "/send_mail_get_lien_suivi";
    CHECK(request("POST", path + "?profil=locataire", "", "").json() == core::Json{{"success", true}});
    CHECK(request("POST", path, R"({"profil":"locataire"})").json().at("closeModal") == true);
    const auto lost = request("POST", "/demande-lien-signalement",
                              "courriel=suivi%40example.org&adresse=88%20rue%20de%20la%20R%C3%A9publique&"
                              "codePostal=13002&commune=marseille",
                              "application/x-www-form-urlencoded");
    CHECK(lost.status == 202);
    // Asked three times within two minutes, by whatever way: one mail, or two when the clock passed an even minute.
    const auto mails = mailsTo("suivi@example.org", "SIGNALEMENT_LIEN_SUIVI_TO_USAGER", "1");
    CHECK((mails == "1" || mails == "2"));
}
