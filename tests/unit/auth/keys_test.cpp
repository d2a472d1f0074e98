#include <fstream>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "libs/auth/base64url.hpp"
#include "libs/auth/key_files.hpp"
#include "libs/core/json.hpp"
#include "tests/unit/auth/fixture.hpp"

using namespace histologe::auth;
using namespace histologe::auth::test;
using histologe::core::Json;
using namespace std::chrono_literals;

TEST_CASE("a signing key survives its own text") {
    const auto key = SigningKey::generate("2026-11");
    const auto again = SigningKey::fromJwk(key.toJwk());
    CHECK(again.kid() == "2026-11");
    CHECK(again.sign("message") == key.sign("message"));
    const auto set = KeySet::fromJwks(keySetOf({key.toPublicJwk()}));
    REQUIRE(set.find("2026-11") != nullptr);
    CHECK(set.find("2026-11")->verifies("message", again.sign("message")));
    CHECK_FALSE(set.find("2026-11")->verifies("message!", again.sign("message")));
    CHECK(set.find("2026-12") == nullptr);
    CHECK(key.toPublicJwk().find("\"d\"") == std::string::npos);
}

// RFC 8037, appendix A: the published key and its signature.
TEST_CASE("keys and signatures are those of the standard") {
    const auto key = SigningKey::fromJwk(
        R"({"kty":"OKP","crv":"Ed25519","kid":"rfc","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                                             "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    const auto signature = key.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
    CHECK(toBase64url(signature) ==
          "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
}

TEST_CASE("what is no public key is refused with its reason") {
    const auto good = Json::parse(SigningKey::generate("k").toPublicJwk());
    const auto refuses = [](const Json& key, const std::string& reason) {
        CHECK_THROWS_WITH(KeySet::fromJwks(Json{{"keys", Json::array({key})}}.dump()), Catch::Contains(reason));
    };
    const auto with = [&](const char* name, const Json& value) {
        auto key = good;
        key[name] = value;
        return key;
    };
    refuses(with("kty", "RSA"), "not an Ed25519 key");
    refuses(with("crv", "X25519"), "not an Ed25519 key");
    refuses(with("kid", ""), "kid");
    refuses(with("kid", "a b"), "kid");
    refuses(with("x", "AAAA"), "32 bytes");
    refuses(with("x", toBase64url(std::string(32, '\0'))), "point");
    refuses(with("x", toBase64url(std::string(32, '\xff'))), "point");
    refuses(with("d", "AAAA"), "private part");
    refuses(with("roles", Json::array()), "roles");
    refuses(with("roles", Json::array({"roi"})), "roles");
    CHECK_THROWS_WITH(KeySet::fromJwks(Json{{"keys", Json::array({good, good})}}.dump()), Catch::Contains("twice"));
    CHECK_THROWS(KeySet::fromJwks("nonsense"));
    CHECK_THROWS(KeySet::fromJwks("{}"));
    CHECK(KeySet::fromJwks(R"({"keys":[]})").empty());
}

TEST_CASE("what is no signing key is refused without being shown") {
    auto key = Json::parse(SigningKey::generate("k").toJwk());
    const auto secret = key.at("d").get<std::string>();
    key["x"] = Json::parse(SigningKey::generate("l").toJwk()).at("x");
    try {
        SigningKey::fromJwk(key.dump());
        FAIL("accepted");
    } catch (const std::exception& error) {
        CHECK(std::string(error.what()).find("do not belong together") != std::string::npos);
        CHECK(std::string(error.what()).find(secret) == std::string::npos);
    }
    key.erase("d");
    CHECK_THROWS_WITH(SigningKey::fromJwk(key.dump()), Catch::Contains("`d`"));
    CHECK_THROWS_AS(SigningKey::generate("é"), std::invalid_argument);
}

TEST_CASE("a key on disk is its owner's alone and never written over") {
    const Folder folder;
    createKey("k1", folder.path / "k1.json", folder.path / "public.json");
    struct stat status {};
    REQUIRE(stat((folder.path / "k1.json").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(readSigningKey(folder.path / "k1.json").kid() == "k1");
    CHECK_THROWS_WITH(createKey("k2", folder.path / "k1.json", folder.path / "public.json"),
                      Catch::Contains("must not exist"));
    CHECK_THROWS_WITH(createKey("k1", folder.path / "other.json", folder.path / "public.json"),
                      Catch::Contains("already"));
    CHECK_THROWS_WITH(readSigningKey(folder.path / "nothing.json"), Catch::Contains("nothing.json"));
}

TEST_CASE("a rotation needs no restart") {
    const Folder folder;
    const auto publicFile = folder.path / "public.json";
    const auto first = createKey("k1", folder.path / "k1.json", publicFile);
    histologe::core::DrivenClock clock(noon());
    KeyRing ring("", publicFile, clock);
    const auto before = ring.current();
    CHECK(before->find("k1") != nullptr);
    CHECK(before->find("k2") == nullptr);
    CHECK(ring.current() == before);

    createKey("k2", folder.path / "k2.json", publicFile);
    clock.advance(1s);
    const auto both = ring.current();
    CHECK(both != before);
    CHECK(both->find("k1") != nullptr);
    CHECK(both->find("k2") != nullptr);

    // A file that is spoilt or gone takes no key away.
    std::ofstream(publicFile) << "spoilt, and of another length than before";
    clock.advance(1s);
    CHECK(ring.current() == both);
    std::filesystem::remove(publicFile);
    clock.advance(1s);
    CHECK(ring.current() == both);

    // The old key is dropped.
    std::ofstream(publicFile) << keySetOf({readSigningKey(folder.path / "k2.json").toPublicJwk()});
    clock.advance(1s);
    CHECK(ring.current()->find("k1") == nullptr);
    CHECK(ring.current()->find("k2") != nullptr);
}

TEST_CASE("keys of the configuration and of the file count together") {
    const Folder folder;
    createKey("k1", folder.path / "k1.json", folder.path / "public.json");
    const histologe::core::DrivenClock clock(noon());
    KeyRing ring(keySetOf({SigningKey::generate("k0").toPublicJwk()}), folder.path / "public.json", clock);
    CHECK(ring.current()->size() == 2);
    CHECK_THROWS_WITH(KeyRing("", folder.path / "nothing.json", clock), Catch::Contains("nothing.json"));
    CHECK_THROWS(KeyRing("nonsense", "", clock));
    CHECK(KeyRing("", "", clock).current()->empty());
}

TEST_CASE("base64url has one way of writing") {
    CHECK(toBase64url("\xfb\xff") == "-_8");
    CHECK(fromBase64url("-_8") == "\xfb\xff");
    CHECK(fromBase64url("") == "");
    CHECK_FALSE(fromBase64url("+/8"));
    CHECK_FALSE(fromBase64url("-_8="));
    CHECK_FALSE(fromBase64url("-_ 8"));
    CHECK_FALSE(fromBase64url("-_9"));  // left-over bits
    CHECK_FALSE(fromBase64url("A"));
}
