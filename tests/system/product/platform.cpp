#include "tests/system/product/platform.hpp"

#include <httplib.h>

#include <chrono>
#include <memory>
#include <thread>

#include "libs/core/files.hpp"
#include "libs/core/text.hpp"

namespace histologe::product {
namespace {

constexpr char kSamples[] = HISTOLOGE_SOURCE_DIR "/tests/golden/";

httplib::Client client() {
    httplib::Client made("127.0.0.1", platform().gatewayPort());
    made.set_read_timeout(20);
    return made;
}

Answer read(const httplib::Result& result) {
    Answer answer;
    if (!result) return answer;
    answer.status = result->status;
    answer.body = result->body;
    answer.contentType = result->get_header_value("Content-Type");
    for (const auto& [name, value] : result->headers) answer.headers.emplace_back(name, value);
    return answer;
}

}  // namespace

environment::Environment& platform() {
    static const auto made = [] {
        auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system-product");
        settings.variables["*"]["HISTOLOGE_VALIDATE_RESPONSES"] = "true";
        auto environment = std::make_unique<environment::Environment>(settings);
        environment->start();
        environment->loadReference();
        environment::Sql sql(environment->superuserUrl());
        for (int i = 0; i < 300; ++i) {
            if (sql.rows("SELECT count(*) FROM intake.territoires")[0][0] == "102") break;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return environment;
    }();
    return *made;
}

std::string Answer::header(const std::string& name) const {
    for (const auto& [key, value] : headers) {
        if (core::fold(key) == core::fold(name)) return value;
    }
    return {};
}

bool Answer::isProblem() const {
    if (!contentType.starts_with("application/problem+json")) return false;
    const auto document = core::parseJson(body);
    return document.value("status", 0) == status && !document.value("code", "").empty() &&
           !document.value("detail", "").empty();
}

Answer request(const std::string& method, const std::string& path, const std::string& body,
               const std::string& contentType, const Headers& headers) {
    httplib::Request made;
    made.method = method;
    made.path = path;
    made.body = body;
    for (const auto& [name, value] : headers) made.headers.emplace(name, value);
    if (!contentType.empty() && (!body.empty() || method == "POST" || method == "PUT")) {
        made.headers.emplace("Content-Type", contentType);
    }
    return read(client().send(made));
}

Answer upload(const std::string& field, const std::string& fileName, const std::string& content, const std::string& query) {
    return read(client().Post("/signalement/handle" + query,
                              httplib::MultipartFormDataItems{{field, content, fileName, "application/octet-stream"}}));
}

core::Json sample(const std::string& name) {
    return core::parseJson(core::readFile(std::string(kSamples) + "payloads/" + name));
}

core::Json expectedOutcomes() {
    return core::parseJson(core::readFile(std::string(kSamples) + "payloads_expected.json")).at("payloads");
}

std::string beginDraft(const core::Json& payload) {
    const auto answer = request("POST", "/signalement-draft/envoi", core::dumpJson(payload));
    return answer.status == 200 ? answer.json().at("uuid").get<std::string>() : std::string();
}

Answer submit(const std::string& draft, const core::Json& payload) {
    auto last = payload;
    last["currentStep"] = "validation_signalement";
    return request("PUT", "/signalement-draft/" + draft + "/envoi", core::dumpJson(last));
}

std::string waitFor(const std::string& query, const std::string& wanted) {
    environment::Sql sql(platform().superuserUrl());
    std::string last;
    for (int i = 0; i < 300; ++i) {
        const auto rows = sql.rows(query);
        last = rows.empty() ? "" : rows[0][0].value_or("");
        if (last == wanted) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return last;
}

}  // namespace histologe::product
