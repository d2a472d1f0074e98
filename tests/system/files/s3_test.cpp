// The S3 storage against a real server, and intake upon it.
#include "tests/system/files/bench.hpp"
#include "tests/system/files/s3_server.hpp"

using namespace histologe;
using namespace histologe::filestest;

TEST_CASE("objects go to S3 and come back; a lost server is an error, not a wait") {
    S3Server server;
    files::S3Store store(server.settings());
    const std::string content = std::string("\0\1\2", 3) + std::string(3 * 1024 * 1024, 'x');
    {
        auto abandoned = store.begin("2026/11/a.bin");
        abandoned->write("la moitié");
    }
    CHECK_THROWS_AS(store.read("2026/11/a.bin"), std::runtime_error);
    auto upload = store.begin("2026/11/a.bin");
    upload->write(std::string_view(content).substr(0, 1000));
    upload->write(std::string_view(content).substr(1000));
    upload->commit();
    CHECK(store.read("2026/11/a.bin") == content);
    store.remove("2026/11/a.bin");
    CHECK_THROWS_AS(store.read("2026/11/a.bin"), std::runtime_error);
    CHECK_NOTHROW(store.remove("2026/11/a.bin"));
    CHECK_THROWS_AS(store.begin("../a"), std::invalid_argument);

    server.stop();
    auto lost = store.begin("2026/11/c.bin");
    lost->write("x");
    CHECK_THROWS_AS(lost->commit(), std::runtime_error);
}

TEST_CASE("D-69: without its storage intake answers 503 to what needs it, and does all else") {
    S3Server server;
    const auto place = server.settings();
    const auto other = otherPlatform({{"HISTOLOGE_INTAKE_S3_ENDPOINT", place.endpoint},
                                      {"HISTOLOGE_INTAKE_S3_BUCKET", place.bucket},
                                      {"HISTOLOGE_INTAKE_S3_ACCESS_KEY", place.accessKey},
                                      {"HISTOLOGE_INTAKE_S3_SECRET_KEY", place.secretKey},
                                      {"HISTOLOGE_INTAKE_ANTIVIRUS", "none"}});
    environment::Sql rows(other->superuserUrl());
    const auto count = [&] { return rows.rows("SELECT count(*) FROM intake.fichiers")[0][0].value_or(""); };
    const auto port = other->servicePort("intake");

    const auto kept = uploadTo(other->uploadPort(), "signalement[photos]", "cuisine.jpg", photograph(".jpg", 640, 480));
    REQUIRE(kept.status == 200);
    const auto key = kept.json().at("file").get<std::string>();
    REQUIRE(eventually([&] {
        return rows.rows("SELECT etat FROM intake.fichiers WHERE cle = $1", {key})[0][0] == "DISPONIBLE";
    }));
    auth::Claims claims;
    claims.role = auth::Role::ResponsableTerritoire;
    claims.territoires = {"13"};
    claims.scopes = {"fichiers:read"};
    const auto list = "/signalements/" + signalementIn(rows, {key}) + "/fichiers";
    const auto token = other->token(claims);
    const auto link = requestTo(port, "GET", list, token).json().at("fichiers")[0].at("liens").at("vignette").get<std::string>();
    CHECK(requestTo(port, "GET", link).status == 200);

    server.stop();
    const auto refused = uploadTo(other->uploadPort(), "signalement[documents]", "note.txt", "Du texte.\n");
    CHECK(refused.status == 503);
    CHECK(refused.json().at("error") == "Nous n'avons pas pu garder ce fichier. Réessayez dans un instant.");
    CHECK(refused.headers.count("Retry-After") == 1);
    CHECK(count() == "1");
    CHECK(requestTo(port, "GET", link).status == 503);
    CHECK(requestTo(port, "GET", list, token).status == 200);
    CHECK(requestTo(port, "GET", "/checkterritory?cp=13001").status == 200);
}
