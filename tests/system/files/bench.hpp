// Two instances of intake with a real antivirus, and a client of them.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "libs/core/json.hpp"
#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::filestest {

// Started at first use; ends with the program.
environment::Environment& platform();
environment::Sql& sql();

struct Answer {
    int status = 0;
    std::string body;
    std::map<std::string, std::string> headers;
    [[nodiscard]] core::Json json() const { return core::parseJson(body); }
};

// An environment of its own with PostgreSQL, Redis and one intake, to break. `variables` are intake's.
std::unique_ptr<environment::Environment> otherPlatform(const std::map<std::string, std::string>& variables);

Answer uploadTo(int port, const std::string& field, const std::string& fileName, const std::string& content,
                const std::string& query = {});
Answer requestTo(int port, const std::string& method, const std::string& path, const std::string& token = {},
                 const std::string& body = {}, const std::string& ifMatch = {});
// The same to the shared platform.
Answer upload(const std::string& field, const std::string& fileName, const std::string& content,
              const std::string& query = {}, int instance = 0);
Answer request(const std::string& method, const std::string& path, const std::string& token = {},
               const std::string& body = {}, const std::string& ifMatch = {});

// A JPEG as a telephone makes it, with a position; `.heic` and `.png` make these.
std::string photograph(const std::string& extension = ".jpg", int width = 1600, int height = 1200);
// What our antivirus knows, and a doubt of a generic rule.
extern const std::string kInfected;
extern const std::string kDoubtful;

// A signalement of territory 13, to which the files of these keys belong: its uuid.
std::string signalement(const std::vector<std::string>& keys);
std::string signalementIn(environment::Sql& sql, const std::vector<std::string>& keys);
std::string stateOf(const std::string& key);

std::string tokenOf(auth::Role role, const std::string& signalement, const std::vector<std::string>& territoires);

// Regular files below a folder.
int countFiles(const std::filesystem::path& folder);

// True as soon as it holds, false when it still does not after twenty seconds.
bool eventually(const std::function<bool()>& condition);

}  // namespace histologe::filestest
