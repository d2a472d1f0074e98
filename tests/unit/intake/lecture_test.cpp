#include "services/intake/domain/lecture.hpp"

#include <catch2/catch.hpp>

using namespace histologe::intake;

TEST_CASE("numbers are read as decimal texts only") {
    CHECK(nombreDe("12") == 12.0);
    CHECK(nombreDe(" 2.5 ") == 2.5);
    CHECK(nombreDe("+3") == 3.0);
    CHECK(nombreDe("-1") == -1.0);
    CHECK(nombreDe("1e3") == 1000.0);
    for (const char* autre :
         {"", " ", "abc", "12a", "1,5", "0x10", "inf", "nan", "1e999", "--1", "+-1", "1-2", ".", "é"}) {
        CAPTURE(autre);
        CHECK_FALSE(nombreDe(autre));
    }
    CHECK_FALSE(nombreDe(std::string(10000, '9')));
    CHECK_FALSE(nombreDe(std::string("1\0", 2)));
}

TEST_CASE("counts and amounts keep the digits of what people wrote") {
    CHECK(entierDe("RDC + 2") == 2);
    CHECK(entierDe("1 200") == 1200);
    CHECK_FALSE(entierDe("aucun"));
    CHECK(entierDe(std::string(10000, '9')) == 999999999);
    CHECK(montantDe("500") == 500.0);
    CHECK(montantDe("1 200,50") == 120050.0);
    CHECK(montantDe("300.5 €") == 300.5);
    CHECK_FALSE(montantDe("rien"));
    CHECK_FALSE(montantDe("1.2.3"));
}

TEST_CASE("days and months must exist") {
    using namespace std::chrono;
    CHECK(jourDe("2024-02-29") == sys_days(year(2024) / 2 / 29));
    CHECK(moisDe("08/2025") == sys_days(year(2025) / 8 / 1));
    for (const char* autre :
         {"", "2023-02-29", "2024-13-01", "2024-1-01", "24-01-01", "2024/01/01", "2024-01-01 ", "aaaa-bb-cc"}) {
        CAPTURE(autre);
        CHECK_FALSE(jourDe(autre));
    }
    for (const char* autre : {"", "13/2025", "00/2025", "8/2025", "08/1899", "08/2100", "08-2025", "aa/bbbb"}) {
        CAPTURE(autre);
        CHECK_FALSE(moisDe(autre));
    }
    CHECK(texteDe(sys_days(year(987) / 3 / 4)) == "0987-03-04");
    CHECK(texteDe(sys_days(year(2026) / 12 / 31)) == "2026-12-31");
}

TEST_CASE("a text is measured in characters") {
    const Mesure mesure = mesurer("é€😀\t");
    CHECK(mesure.caracteres == 4);
    CHECK_FALSE(mesure.interdits);
    CHECK_FALSE(mesure.sautsDeLigne);
    CHECK(mesurer("a\nb").sautsDeLigne);
    CHECK(mesurer(std::string("a\0b", 3)).interdits);
    CHECK(mesurer("\x7f").interdits);
}

TEST_CASE("numbers are written without useless decimals") {
    CHECK(texteDe(3.0) == "3");
    CHECK(texteDe(89.5) == "89.5");
    CHECK(texteDe(-2.0) == "-2");
    CHECK(texteDe(1e300).size() < 10);
}
