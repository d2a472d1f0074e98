// The rule of passwords, and how they are kept.
#include "libs/auth/passwords.hpp"

#include <catch2/catch.hpp>

#include "libs/auth/secrets.hpp"
#include "libs/core/files.hpp"

using namespace histologe;

namespace {

const auth::PasswordRule& rule() {
    static const auth::PasswordRule shipped(core::readFile(HISTOLOGE_SOURCE_DIR "/data/mots-de-passe-courants.txt"));
    return shipped;
}

std::string codes(const std::string& password, const std::string& courriel = "lea@exemple.fr") {
    std::string all;
    for (const auto& violation : rule().check(password, courriel)) all += (all.empty() ? "" : " ") + violation.code;
    return all;
}

}  // namespace

TEST_CASE("a password has 12 to 200 characters of four kinds") {
    CHECK(codes("Trombone-87-vertical") == "");
    CHECK(codes("Kz7!qLw2#pVt") == "");
    CHECK(codes("Kz7!qLw2#pV") == "mot_de_passe_court");
    CHECK(codes("kz7!qlw2#pvt") == "majuscule_manquante");
    CHECK(codes("KZ7!QLW2#PVT") == "minuscule_manquante");
    CHECK(codes("Kzx!qLwy#pVt") == "chiffre_manquant");
    CHECK(codes("Kz7xqLw2ypVt") == "caractere_special_manquant");
    CHECK(codes("Évêché7-Quiproquo") == "");
    CHECK(codes("Kz7!" + std::string(197, 'q')) == "mot_de_passe_long");
    std::string longest = "Kz7!qLw2#pVt";
    while (longest.size() < 200) longest += "xy";
    CHECK(codes(longest) == "");
    // Characters are counted, not bytes.
    CHECK(codes("Kz7!qLw2#éé") == "mot_de_passe_court");
}

TEST_CASE("a password is neither the address nor one that everybody tries") {
    CHECK(codes("Lea.Durand1@exemple.fr", "lea.durand1@exemple.fr") == "mot_de_passe_courriel");
    for (const char* common : {"Motdepasse123!", "MotDePasse2026!", "P@ssw0rd12345", "Azertyuiop123!", "Bonjour-2026-!",
                               "M0td3p@sse!!!", "Histologe2026!", "Marseille13013!", "!!!Soleil2024!!!", "Aaaaaaaa1111!",
                               "Qwerty123456!", "Admin-Admin-1", "Nicolas13!Nicolas13!", "Août-Août-2026", "1234567890Aa!"}) {
        INFO(common);
        CHECK(codes(common) == "mot_de_passe_courant");
    }
}

TEST_CASE("a password is kept as argon2id and compared in equal time") {
    const auth::PasswordHasher hasher({1, 8UL * 1024 * 1024});
    const auto hash = hasher.hash("Trombone-87-vertical");
    CHECK(hash.starts_with("$argon2id$v=19$m=8192,t=1,p=1$"));
    CHECK(hasher.hash("Trombone-87-vertical") != hash);
    CHECK(hasher.verify(hash, "Trombone-87-vertical"));
    CHECK_FALSE(hasher.verify(hash, "Trombone-87-verticaL"));
    CHECK_FALSE(hasher.verify(hash, ""));
    CHECK_FALSE(hasher.verify("", "Trombone-87-vertical"));
    CHECK_FALSE(hasher.verifyNobody("Trombone-87-vertical"));
    CHECK_FALSE(hasher.isOutdated(hash));
    CHECK(auth::PasswordHasher({2, 8UL * 1024 * 1024}).isOutdated(hash));
}

TEST_CASE("secrets differ, are recognised by their form, and are kept as fingerprints") {
    const auto one = auth::newSecret();
    CHECK(auth::hasFormOfSecret(one));
    CHECK(one != auth::newSecret());
    CHECK_FALSE(auth::hasFormOfSecret(one.substr(1)));
    CHECK_FALSE(auth::hasFormOfSecret("G" + one.substr(1)));
    CHECK(auth::fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(auth::fingerprint(one) != one);
    const auto code = auth::newCode(6);
    CHECK(code.size() == 6);
    CHECK(code.find_first_not_of("0123456789") == std::string::npos);
}
