#include "tools/demo_program/front.hpp"

#include <stdexcept>

#include <httplib.h>

namespace histologe::demo {
namespace {

constexpr auto kJson = "application/json";

// One grey pixel: the smallest PNG that is a picture.
const std::string& photo() {
    static const std::string bytes(
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\b\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9c"
        "ch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xae"
        "B`\x82",
        67);
    return bytes;
}

[[noreturn]] void fail(const std::string& what, const httplib::Result& answer) {
    throw std::runtime_error(what + ": " +
                             (answer ? std::to_string(answer->status) + " " + answer->body.substr(0, 500)
                                     : "no answer (" + httplib::to_string(answer.error()) + ")"));
}

core::Json expect(const std::string& what, const httplib::Result& answer) {
    if (!answer || answer->status != 200) {
        fail(what, answer);
    }
    return core::parseJson(answer->body);
}

bool isUploadList(const std::string& key, const core::Json& value) {
    return key.size() > 7 && key.compare(key.size() - 7, 7, "_upload") == 0 && value.is_array();
}

// The step at which the form asks for the first time whether the dwelling was already reported.
core::Json atContactStep(core::Json payload) {
    payload["currentStep"] =
        payload.value("profil", "") == "locataire" || payload.value("profil", "") == "bailleur_occupant"
            ? "vos_coordonnees_occupant"
            : "coordonnees_occupant";
    return payload;
}

}  // namespace

struct Front::Connection {
    explicit Connection(int port) : client("127.0.0.1", port) {
        client.set_keep_alive(true);
        client.set_tcp_nodelay(true);
        client.set_connection_timeout(5);
        client.set_read_timeout(30);
    }
    httplib::Client client;
};

Front::Front(int port) : connection_(std::make_unique<Connection>(port)) {}
Front::~Front() = default;

core::Json Front::get(const std::string& path) {
    return expect("GET " + path, connection_->client.Get(path));
}

Filing Front::file(core::Json payload) {
    auto& client = connection_->client;
    Filing filing;
    const auto check = client.Post("/signalement-draft/check", core::dumpJson(atContactStep(payload)), kJson);
    if (check && check->status == 400) {
        // The form shows what is wrong on the page where it was asked; this sample goes no further.
        const auto refusal = core::parseJson(check->body);
        for (const auto& violation : refusal.at("violations")) {
            filing.refused.push_back(violation.value("champ", violation.value("propertyPath", "")));
        }
        return filing;
    }
    const auto checked = expect("POST /signalement-draft/check", check);
    if (checked.at("already_exists").get<bool>()) {
        throw std::runtime_error("the report is taken for one that exists already: " + checked.dump());
    }
    filing.brouillon = checked.at("uuid").get<std::string>();
    payload["uuidSignalementDraft"] = filing.brouillon;

    for (auto& [key, value] : payload.items()) {
        if (!isUploadList(key, value)) {
            continue;
        }
        for (auto& document : value) {
            const auto kind = document.value("key", "photos");
            const httplib::MultipartFormDataItems form{
                {"signalement[" + kind + "]", photo(), document.value("titre", "photo.png"), "image/png"}};
            const auto stored = expect("POST /signalement/handle", client.Post("/signalement/handle", form));
            for (const auto& [name, content] : stored.items()) {
                document[name] = content;
            }
            ++filing.photos;
        }
    }

    const std::string path = "/signalement-draft/" + filing.brouillon + "/envoi";
    auto draft = payload;
    draft["currentStep"] = "desordres_renseignes";
    expect("PUT " + path, client.Put(path, core::dumpJson(draft), kJson));

    const std::string body = core::dumpJson(payload);
    filing.submittedAt = std::chrono::system_clock::now();
    const auto began = std::chrono::steady_clock::now();
    const auto submitted = expect("PUT " + path, client.Put(path, body, kJson));
    filing.submitMs = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
    if (!submitted.contains("signalementReference")) {
        throw std::runtime_error("the report was saved as a draft but not taken: " + submitted.dump());
    }
    filing.reference = submitted["signalementReference"].get<std::string>();
    filing.lienSuivi = submitted.value("lienSuivi", "");
    return filing;
}

}  // namespace histologe::demo
