// The questionnaire as data: screens, désordres, words.
#pragma once

#include <filesystem>

#include "libs/http/router.hpp"

namespace histologe::intake {

// Binds `getDictionary`, `getQuestions`, `getDesordres`. Reads the files of `folder` once; throws std::runtime_error
// naming a file that is missing or not JSON.
void bindQuestionnaire(http::Router& router, const std::filesystem::path& folder);

}  // namespace histologe::intake
