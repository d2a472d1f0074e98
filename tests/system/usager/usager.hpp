// Usagers and landlords of the platform under test, and what they ask for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/system/product/platform.hpp"

namespace histologe::usager {

using product::Answer;
using product::Headers;
using product::waitFor;

// A signalement of the public form in Marseille: Marin Ficelle, 13002, with a mail of its own.
struct Dossier {
    std::string uuid;
    std::string code;
    std::string courriel;
    std::string bailleur;  // the landlord's mail
};
// Its dossier is active, given to partners. `change` edits the answers before they are sent.
Dossier declare(const std::function<void(core::Json&)>& change = {});

// The first column of the first row, as the superuser sees it; and a statement.
std::string one(const std::string& query);

// What Marin Ficelle types at the door; the members given replace or add.
core::Json login(const Dossier& dossier, const core::Json& changes = core::Json::object());
Answer enter(const core::Json& body);
// His token.
std::string token(const Dossier& dossier, const core::Json& changes = core::Json::object());

// A request with a token; `body` null is none.
Answer ask(const std::string& token, const std::string& method, const std::string& path,
           const core::Json& body = nullptr, Headers headers = {});

// The state of the signalement, in intake and in routing.
void setStatut(const Dossier& dossier, const std::string& statut);
// The dossier becomes an injonction; what its landlord types at his door.
core::Json becomeInjonction(const Dossier& dossier);

// The requests, all at once.
std::vector<Answer> atOnce(std::size_t count, const std::function<Answer(std::size_t)>& request);
std::size_t countOf(const std::vector<Answer>& answers, int status);

// Polls until so many mails of the type about the signalement were written to the address.
std::string mails(const Dossier& dossier, const std::string& type, const std::string& address,
                  const std::string& wanted);
// The suivis of a category that routing keeps.
std::string suivis(const Dossier& dossier, const std::string& category, const std::string& wanted);

}  // namespace histologe::usager
