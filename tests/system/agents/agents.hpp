// Agents of the platform under test: their tokens, and what they ask for.
#pragma once

#include <string>
#include <vector>

#include "tests/system/product/platform.hpp"

namespace histologe::agents {

using product::Answer;
using product::Headers;

// An agent of a new account, with every scope of the agents unless others are named.
auth::Claims agent(auth::Role role, std::vector<std::string> territoires = {},
                   std::vector<std::string> partenaires = {});

// A request in his name; `body` null is none.
Answer ask(const auth::Claims& who, const std::string& method, const std::string& path,
           const core::Json& body = nullptr, Headers headers = {});

// The first column of the first row, as the superuser sees it.
std::string one(const std::string& query);

// The step of the address of a dwelling of Marseille that no other test names.
core::Json address(const std::string& street);
std::string newStreet();

// A draft at this address with everything that a validation needs; its uuid and its version.
struct Draft {
    std::string uuid;
    std::string etag;
};
Draft writeDraft(const auth::Claims& who, const core::Json& addressStep);
core::Json consents();

// A signalement of the public form in Marseille; its uuid, once its dossier is known to intake.
std::string declared();

}  // namespace histologe::agents
