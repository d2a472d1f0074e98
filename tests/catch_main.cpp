// The one translation unit that carries Catch2's runner (it takes a quarter of a minute to compile).
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
