// Photos and documents, from the upload to the signalement that names them.
#include <catch2/catch.hpp>

#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

const std::string kPng("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde", 33);

}  // namespace

TEST_CASE("a photo is kept under a name of ours and belongs to the report that names it") {
    const auto sent = upload("signalement[photos]", "photo de la cuisine é.exe", kPng + std::string(2000, 'x'));
    REQUIRE(sent.status == 200);
    const auto answer = sent.json();
    CHECK(answer.at("titre") == "photo de la cuisine é.png");
    const auto key = answer.at("file").get<std::string>();
    CHECK(key.find("photo-de-la-cuisine-e-") != std::string::npos);
    CHECK(key.ends_with(".png"));

    auto payload = sample("step__validation_signalement__locataire.json");
    payload["desordres_logement_nuisibles_details_photos_upload"] = core::Json::array({answer});
    REQUIRE(submit(beginDraft(payload), payload).status == 200);
    environment::Sql sql(platform().superuserUrl());
    const auto row = sql.rows("SELECT signalement IS NOT NULL, type, desordre FROM intake.fichiers WHERE cle = $1", {key})[0];
    CHECK(row[0] == "t");
    CHECK(row[1] == "PHOTO_SITUATION");
    CHECK(row[2] == "desordres_logement_nuisibles");

    // Somebody else's report cannot take it over.
    const auto taken = sql.rows("SELECT signalement FROM intake.fichiers WHERE cle = $1", {key})[0][0];
    REQUIRE(submit(beginDraft(payload), payload).status == 200);
    CHECK(sql.rows("SELECT signalement FROM intake.fichiers WHERE cle = $1", {key})[0][0] == taken);
}

TEST_CASE("what is no photo, empty, or too large is refused with a reason") {
    const auto script = upload("signalement[photos]", "photo.jpg", "#!/bin/sh\nrm -rf /\n");
    CHECK(script.status == 400);
    CHECK(script.isProblem());
    CHECK(script.json().at("error").is_string());
    CHECK(upload("signalement[documents]", "note.txt", "Le toit fuit depuis l'hiver.\n").status == 200);
    CHECK(upload("signalement[documents]", "inconnu.bin", std::string("\0\1\2\3\4\5\6\7", 8) + std::string(500, '\x9f')).status == 400);
    CHECK(upload("signalement[photos]", "vide.png", "").status == 400);
    const auto large = upload("signalement[photos]", "grande.png", kPng + std::string(11 * 1024 * 1024, 'x'));
    CHECK(large.status == 413);
    CHECK(large.isProblem());
    CHECK(upload("signalement[photos]", "limite.png", kPng + std::string(10 * 1024 * 1024 - kPng.size(), 'x')).status == 200);
    CHECK(request("POST", "/signalement/handle", "{}").status == 400);
    CHECK(request("POST", "/signalement/handle", "--x\r\nContent-Disp", "multipart/form-data; boundary=x").status == 400);
}
