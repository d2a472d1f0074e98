# What every target of the tree shares: warnings, sanitizers, linker, compiler cache, precompiled headers, and the two
# functions by which targets are declared. Targets list their sources and what they link; nothing is globbed.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Catch2 2 REQUIRED)

find_program(HISTOLOGE_CCACHE ccache)
if(HISTOLOGE_CCACHE)
  # Precompiled headers are cached only when ccache is told that their date does not matter.
  # Paths are hashed relative to the checkout, so that a fresh clone finds what another one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${HISTOLOGE_CCACHE})
endif()
find_program(HISTOLOGE_MOLD mold)
if(HISTOLOGE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
# When it optimises, g++ 12 sees writes out of bounds in correct moves of short strings.
add_compile_options(-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict)
# Required by ccache with precompiled headers.
add_compile_options(-fpch-preprocess)

set(HISTOLOGE_SANITIZE "" CACHE STRING "address,undefined or thread; empty for none")
if(HISTOLOGE_SANITIZE)
  add_compile_options(-fsanitize=${HISTOLOGE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # g++ 12 sees uninitialized members in the standard library's own code once it is instrumented.
  add_compile_options(-Wno-maybe-uninitialized)
  add_link_options(-fsanitize=${HISTOLOGE_SANITIZE})
endif()
option(HISTOLOGE_FUZZ "build the fuzz targets; needs clang" OFF)
if(HISTOLOGE_FUZZ)
  # Warnings are g++'s to give: clang knows other ones.
  add_compile_options(-w)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
option(HISTOLOGE_COVERAGE "measure coverage with gcov" OFF)
if(HISTOLOGE_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()

# Declares the static library `histologe_<name>`. Usage: histologe_library(core SOURCES a.cpp LINK fmt::fmt).
function(histologe_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(histologe_${name} STATIC ${arg_SOURCES})
  target_include_directories(histologe_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(histologe_${name} PUBLIC nlohmann_json::nlohmann_json Threads::Threads ${arg_LINK}
                        PRIVATE ${arg_PRIVATE_LINK})
  target_precompile_headers(histologe_${name} PRIVATE <nlohmann/json.hpp> <string> <vector> <map> <optional> <memory>)
endfunction()

# Allocation is a third of what a JSON service does; sanitizers bring their own allocator.
find_library(HISTOLOGE_JEMALLOC jemalloc REQUIRED)

# Declares an executable of the tree. Usage: histologe_program(histologe-intake SOURCES main.cpp LINK histologe_http).
function(histologe_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_LINK} nlohmann_json::nlohmann_json Threads::Threads)
  if(NOT HISTOLOGE_SANITIZE)
    target_link_libraries(${name} PRIVATE ${HISTOLOGE_JEMALLOC})
  endif()
endfunction()

# Declares a Catch2 test program, known to ctest and to tools/test under its label.
# Usage: histologe_test(unit_core LABEL unit SOURCES a_test.cpp LINK histologe_core).
function(histologe_test name)
  cmake_parse_arguments(arg "" "LABEL" "SOURCES;LINK" ${ARGN})
  histologe_program(${name} SOURCES ${arg_SOURCES} LINK ${arg_LINK} histologe_catch_main Catch2::Catch2)
  target_precompile_headers(${name} PRIVATE <catch2/catch.hpp> <nlohmann/json.hpp> <string> <vector>)
  target_compile_definitions(${name} PRIVATE HISTOLOGE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             HISTOLOGE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests/${arg_LABEL})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL})
endfunction()

# Embeds numbered SQL files in a target, which then defines
#   std::vector<postgres::Migration> histologe::<component>::migrations();
# Usage: histologe_embed_migrations(histologe_streams streams 0001_evenements.sql 0002_...).
function(histologe_embed_migrations target component)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${component}_migrations.cpp)
  set(files "")
  foreach(file ${ARGN})
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/migrations/${file})
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DCOMPONENT=${component} -DOUTPUT=${output} "-DFILES=${files}"
            -P ${CMAKE_SOURCE_DIR}/cmake/EmbedMigrations.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/EmbedMigrations.cmake VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
