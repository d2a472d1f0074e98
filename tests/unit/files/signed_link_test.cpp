#include <catch2/catch.hpp>

#include "libs/files/signed_link.hpp"

using namespace histologe;

namespace {

const std::string kSecret = "0123456789abcdef0123456789abcdef";
const std::string kOther = "fedcba9876543210fedcba9876543210";
const auto kNow = core::parseInstant("2026-11-25T08:00:00Z").value();
constexpr auto kHour = std::chrono::hours(1);

}  // namespace

TEST_CASE("a link opens what it was made for, until it expires") {
    const files::LinkSigner signer({kSecret});
    const auto signature = signer.sign("fichier/1/thumb", kNow + kHour);
    CHECK(signature.size() == 64);
    CHECK(signer.verify("fichier/1/thumb", kNow + kHour, signature, kNow));
    CHECK(signer.verify("fichier/1/thumb", kNow + kHour, signature, kNow + kHour));
    CHECK_FALSE(signer.verify("fichier/1/thumb", kNow + kHour, signature, kNow + kHour + std::chrono::seconds(1)));
    CHECK_FALSE(signer.verify("fichier/2/thumb", kNow + kHour, signature, kNow));
    CHECK_FALSE(signer.verify("fichier/1/thumb", kNow + 2 * kHour, signature, kNow));
    CHECK_FALSE(signer.verify("fichier/1/thumb", kNow + kHour, "", kNow));
    CHECK_FALSE(signer.verify("fichier/1/thumb", kNow + kHour, signature.substr(1), kNow));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto wrong = signature;
        wrong[i] = wrong[i] == '0' ? '1' : '0';
        CHECK_FALSE(signer.verify("fichier/1/thumb", kNow + kHour, wrong, kNow));
    }
}

TEST_CASE("the signature is HMAC-SHA-256 of the expiry and the resource") {
    // printf '1796000000\nfichier/1' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    const auto expiry = core::Instant(std::chrono::seconds(1796000000));
    CHECK(files::LinkSigner({kSecret}).sign("fichier/1", expiry) == "0c8b9d95c63dde8e6a193fa7dcbed47c2cddf6ca079684f12a88bb83fa30c001");
}

TEST_CASE("a secret is changed without breaking the links that are out") {
    const auto old = files::LinkSigner({kSecret}).sign("fichier/1", kNow);
    const files::LinkSigner both({kOther, kSecret});
    CHECK(both.verify("fichier/1", kNow, old, kNow));
    CHECK(both.sign("fichier/1", kNow) != old);
    CHECK_FALSE(files::LinkSigner({kOther}).verify("fichier/1", kNow, old, kNow));
    CHECK_THROWS_AS(files::LinkSigner({}), std::invalid_argument);
    CHECK_THROWS_AS(files::LinkSigner({"court"}), std::invalid_argument);
}
