#include "tests/system/files/bench.hpp"

#include <httplib.h>
#include <vips/vips.h>

#include <chrono>
#include <thread>

#include "libs/core/ids.hpp"

namespace histologe::filestest {

const std::string kInfected = "Une note.\nHISTOLOGE-FICHIER-D-ESSAI-INFECTE\n";
const std::string kDoubtful = "%PDF-1.4\n1 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n% HISTOLOGE-DOUTE-SUR-UN-PDF\n%%EOF\n";

namespace {

Answer read(const httplib::Result& result) {
    Answer answer;
    if (!result) return answer;
    answer.status = result->status;
    answer.body = result->body;
    for (const auto& [name, value] : result->headers) answer.headers[name] = value;
    return answer;
}

}  // namespace

environment::Environment& platform() {
    static const auto made = [] {
        auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system-files");
        settings.antivirus = true;
        settings.variables["intake"]["HISTOLOGE_VALIDATE_RESPONSES"] = "true";
        auto environment = std::make_unique<environment::Environment>(settings);
        environment->startPostgres();
        environment->startRedis();
        environment->startAntivirus();
        environment->startService("intake", 0);
        environment->startService("intake", 1);
        return environment;
    }();
    return *made;
}

environment::Sql& sql() {
    static environment::Sql made(platform().superuserUrl());
    return made;
}

std::unique_ptr<environment::Environment> otherPlatform(const std::map<std::string, std::string>& variables) {
    static int number = 0;
    auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR,
                                               "system-files-" + std::to_string(++number));
    settings.variables["intake"] = variables;
    auto environment = std::make_unique<environment::Environment>(settings);
    environment->startPostgres();
    environment->startRedis();
    environment->startService("intake");
    return environment;
}

Answer uploadTo(int port, const std::string& field, const std::string& fileName, const std::string& content,
                const std::string& query) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(30);
    return read(client.Post("/signalement/handle" + query,
                            httplib::MultipartFormDataItems{{field, content, fileName, "application/octet-stream"}}));
}

Answer requestTo(int port, const std::string& method, const std::string& path, const std::string& token,
                 const std::string& body, const std::string& ifMatch) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(30);
    httplib::Request made;
    made.method = method;
    made.path = path;
    made.body = body;
    if (!body.empty()) made.headers.emplace("Content-Type", "application/json");
    if (!token.empty()) made.headers.emplace("Authorization", "Bearer " + token);
    if (!ifMatch.empty()) made.headers.emplace("If-Match", ifMatch);
    return read(client.send(made));
}

Answer upload(const std::string& field, const std::string& fileName, const std::string& content,
              const std::string& query, int instance) {
    return uploadTo(platform().uploadPort(instance), field, fileName, content, query);
}

Answer request(const std::string& method, const std::string& path, const std::string& token, const std::string& body,
               const std::string& ifMatch) {
    return requestTo(platform().servicePort("intake", 0), method, path, token, body, ifMatch);
}

std::string photograph(const std::string& extension, int width, int height) {
    if (VIPS_INIT("system_files") != 0) throw std::runtime_error("libvips cannot start");
    VipsImage* noise = nullptr;
    VipsImage* grey = nullptr;
    VipsImage* image = nullptr;
    void* bytes = nullptr;
    std::size_t length = 0;
    const bool made = vips_gaussnoise(&noise, width, height, "mean", 128.0, "sigma", 20.0, nullptr) == 0 &&
                      vips_cast(noise, &grey, VIPS_FORMAT_UCHAR, nullptr) == 0 &&
                      vips_copy(grey, &image, "interpretation", VIPS_INTERPRETATION_B_W, nullptr) == 0;
    if (!made) throw std::runtime_error("no photograph");
    vips_image_set_string(image, "exif-ifd0-Make", "TelephoneDeTest");
    vips_image_set_string(image, "exif-ifd2-DateTimeOriginal", "2024:05:01 10:11:12");
    vips_image_set_string(image, "exif-ifd3-GPSLatitude", "43/1 17/1 4735/100");
    if (vips_image_write_to_buffer(image, extension.c_str(), &bytes, &length, nullptr) != 0) {
        throw std::runtime_error("no photograph");
    }
    std::string content(static_cast<const char*>(bytes), length);
    g_free(bytes);
    g_object_unref(image);
    g_object_unref(grey);
    g_object_unref(noise);
    return content;
}

std::string signalement(const std::vector<std::string>& keys) { return signalementIn(sql(), keys); }

std::string signalementIn(environment::Sql& sql, const std::vector<std::string>& keys) {
    static int number = 0;
    const auto uuid = core::uuidV4();
    sql.rows("INSERT INTO intake.signalements VALUES ($1, gen_random_uuid(), gen_random_uuid(), '13', 2026, $2, 'ACTIVE', "
             "'', '', '', '', '{}', now())", {uuid, std::to_string(++number)});
    for (const auto& key : keys) {
        sql.rows("UPDATE intake.fichiers SET signalement = $1, type = 'PHOTO_SITUATION' WHERE cle = $2", {uuid, key});
    }
    return uuid;
}

std::string stateOf(const std::string& key) {
    const auto rows = sql().rows("SELECT etat FROM intake.fichiers WHERE cle = $1", {key});
    return rows.empty() ? "" : rows[0][0].value_or("");
}

std::string tokenOf(auth::Role role, const std::string& signalement, const std::vector<std::string>& territoires) {
    auth::Claims claims;
    claims.role = role;
    claims.signalement = signalement;
    claims.territoires = territoires;
    claims.scopes = {"fichiers:read", "fichiers:write"};
    if (role == auth::Role::Usager) {
        claims.id = core::uuidV4();
        sql().rows("INSERT INTO intake.sessions_personnes VALUES ($1::uuid, $2::uuid, 'occupant', now() + interval '1 hour')",
                   {claims.id, signalement});
    }
    return platform().token(claims);
}

int countFiles(const std::filesystem::path& folder) {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) count += entry.is_regular_file() ? 1 : 0;
    return count;
}

bool eventually(const std::function<bool()>& condition) {
    for (int i = 0; i < 400; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

}  // namespace histologe::filestest
