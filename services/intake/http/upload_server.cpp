#include "services/intake/http/upload_server.hpp"

#include <httplib.h>

#include <optional>
#include <stdexcept>
#include <thread>

#include "libs/core/ids.hpp"
#include "libs/core/json.hpp"
#include "libs/core/log.hpp"
#include "libs/core/text.hpp"
#include "libs/files/media_type.hpp"
#include "libs/http/rate_limiter.hpp"
#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {
namespace {

// Beyond the file itself: the boundaries and headers of the other parts.
constexpr std::size_t kEnvelope = 64 * 1024;
constexpr std::size_t kSniffed = 64 * 1024;

struct Refusal {
    int status;
    const char* code;
    const char* message;
};

constexpr Refusal kNoFile{400, "fichier_absent", "Aucun fichier n'a été reçu. Choisissez un fichier puis réessayez."};
constexpr Refusal kEmpty{400, "fichier_vide", "Ce fichier est vide. Choisissez-en un autre."};
constexpr Refusal kTooLarge{413, "fichier_trop_lourd", "Ce fichier est trop lourd. La taille maximale est de 10 Mo."};
constexpr Refusal kNotPhoto{400, "type_de_fichier_refuse",
                            "Ce type de fichier n'est pas accepté ici. Envoyez une photo (JPG, PNG, GIF, HEIC) ou un PDF."};
constexpr Refusal kNotDocument{400, "type_de_fichier_refuse",
                               "Ce type de fichier n'est pas accepté. Envoyez une photo, un PDF ou un document bureautique."};
constexpr Refusal kMalformed{400, "envoi_illisible", "L'envoi du fichier a échoué. Réessayez."};
constexpr Refusal kContradiction{400, "contenu_different_du_nom",
                                 "Le contenu de ce fichier n'est pas celui que son nom annonce. Vérifiez que vous avez "
                                 "choisi le bon fichier."};
constexpr Refusal kTooMany{429, "trop_de_fichiers",
                           "Beaucoup de fichiers ont été envoyés depuis cette connexion. Réessayez dans une heure."};
constexpr Refusal kDraftFull{400, "brouillon_plein",
                             "Ce signalement a déjà beaucoup de fichiers. Supprimez-en avant d'en ajouter."};
constexpr Refusal kBadDraft{400, "brouillon_illisible", "Le brouillon n'est pas nommé par un identifiant valable."};
constexpr Refusal kOurFault{503, "service_indisponible",
                            "Nous n'avons pas pu garder ce fichier. Réessayez dans un instant."};

// The problem document, with the member `error` that the front of the public form reads.
void refuse(httplib::Response& response, const Refusal& refusal) {
    response.status = refusal.status;
    const core::Json body = {{"type", "about:blank"},    {"title", refusal.message},  {"status", refusal.status},
                             {"code", refusal.code},     {"detail", refusal.message}, {"error", refusal.message},
                             {"violations", core::Json::array()}};
    response.set_content(core::dumpJson(body), "application/problem+json");
    if (refusal.status == 503) response.set_header("Retry-After", "5");
    if (refusal.status == 429) response.set_header("Retry-After", "3600");
}

// A name from a file name: plain letters, digits and dashes, 60 characters at most.
std::string slug(std::string_view name) {
    std::string result;
    for (const char c : core::fold(name)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept) {
            result += c;
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
        if (result.size() == 60) break;
    }
    while (!result.empty() && result.back() == '-') result.pop_back();
    return result.empty() ? "fichier" : result;
}

std::string baseName(const std::string& fileName) {
    const auto from = fileName.find_last_of("/\\");
    auto name = from == std::string::npos ? fileName : fileName.substr(from + 1);
    if (const auto dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.resize(dot);
    // Characters that some file system does not take, and those that nobody sees, are left out.
    std::erase_if(name, [](unsigned char c) { return c < 0x20 || c == 0x7f || std::string_view("\\/:*?\"<>|").find(static_cast<char>(c)) != std::string_view::npos; });
    return core::isUtf8(name) ? name : std::string();
}

}  // namespace

struct UploadServer::State {
    State(UploadContext c, std::string h, std::uint16_t p)
        : context(std::move(c)), host(std::move(h)), port(p),
          perAddress(context.perHour, 3600, context.clock) {}

    void handle(const httplib::Request& request, httplib::Response& response, const httplib::ContentReader& content);
    // Storage needs the key, and the key the type, which is in the first bytes: they are held back until it is known.
    struct Reception {
        bool taking = false;
        bool done = false;
        bool isPhoto = false;
        std::string fileName;
        std::string head;
        std::string mediaType;
        std::string key;
        std::int64_t size = 0;
        std::unique_ptr<files::Upload> upload;
        const Refusal* refusal = nullptr;
    };
    void begin(Reception& reception);
    bool receive(Reception& reception, const char* data, std::size_t length);

    const Refusal* admit(const httplib::Request& request, std::optional<std::string>& draft);

    UploadContext context;
    std::string host;
    std::uint16_t port;
    http::RateLimiter perAddress;
    httplib::Server server;
    std::thread thread;
};

// Before anything is read: whether this caller, and this draft, may still send.
const Refusal* UploadServer::State::admit(const httplib::Request& request, std::optional<std::string>& draft) {
    // Set by the gateway, which is the only one that reaches this port.
    const auto address = request.has_header("X-Forwarded-For") ? request.get_header_value("X-Forwarded-For")
                                                               : request.remote_addr;
    if (!perAddress.take(address).isAllowed) return &kTooMany;
    if (!request.has_param("brouillon")) return nullptr;
    draft = request.get_param_value("brouillon");
    if (!core::isUuid(*draft)) return &kBadDraft;
    const auto volume = volumeDuBrouillon(*context.pool.acquire(), *draft);
    return volume.fichiers >= kMostFiles || volume.octets >= kMostBytes ? &kDraftFull : nullptr;
}

void UploadServer::State::begin(Reception& reception) {
    reception.mediaType = files::detectMediaType(reception.head);
    if (files::contradicts(reception.fileName, reception.mediaType)) {
        reception.refusal = &kContradiction;
        return;
    }
    const bool isAllowed =
        reception.isPhoto ? files::isPhoto(reception.mediaType) : files::isDocument(reception.mediaType);
    if (!isAllowed) {
        reception.refusal = reception.isPhoto ? &kNotPhoto : &kNotDocument;
        return;
    }
    const auto day = core::toRfc3339(context.clock.now());
    reception.key = day.substr(0, 4) + "/" + day.substr(5, 2) + "/" + slug(baseName(reception.fileName)) + "-" +
                    core::randomHex(16) + std::string(files::extensionOf(reception.mediaType));
    reception.upload = context.store.begin(reception.key);
    reception.upload->write(reception.head);
}

bool UploadServer::State::receive(Reception& reception, const char* data, std::size_t length) {
    if (!reception.taking || reception.refusal != nullptr) return true;
    reception.size += static_cast<std::int64_t>(length);
    if (reception.size > kLargestFile) {
        reception.refusal = &kTooLarge;
        return true;  // the rest is read and dropped, so that the client gets the answer
    }
    if (reception.upload) {
        reception.upload->write({data, length});
        return true;
    }
    reception.head.append(data, length);
    if (reception.head.size() >= kSniffed) begin(reception);
    return true;
}

void UploadServer::State::handle(const httplib::Request& request, httplib::Response& response,
                                 const httplib::ContentReader& content) {
    if (!request.is_multipart_form_data()) {
        content([](const char*, std::size_t) { return true; });
        return refuse(response, kNoFile);
    }
    Reception reception;
    try {
        std::optional<std::string> draft;
        reception.refusal = admit(request, draft);  // what is refused is still read, so that the client gets the answer
        const bool whole = content(
            [&](const httplib::MultipartFormData& part) {
                if (reception.taking) reception.done = true;
                reception.taking = !reception.done && !part.filename.empty();  // only the first file counts
                if (reception.taking) {
                    reception.isPhoto = part.name == "signalement[photos]";
                    reception.fileName = part.filename;
                }
                return true;
            },
            [&](const char* data, std::size_t length) { return receive(reception, data, length); });
        if (!whole) return refuse(response, response.status == 413 ? kTooLarge : kMalformed);
        if (reception.refusal == nullptr && reception.size > 0 && !reception.upload) begin(reception);
        if (reception.refusal != nullptr) return refuse(response, *reception.refusal);
        if (reception.fileName.empty()) return refuse(response, kNoFile);
        if (reception.size == 0) return refuse(response, kEmpty);
        const auto extension = std::string(files::extensionOf(reception.mediaType));
        auto title = baseName(reception.fileName);
        if (title.empty()) title = "fichier";
        title += extension;
        reception.upload->commit();
        insertFichier(*context.pool.acquire(), {reception.key, title, reception.mediaType, reception.size,
                                                context.clock.now(), draft});
        if (context.received) context.received();
        response.set_content(core::dumpJson({{"file", reception.key}, {"filePath", "tmp/" + reception.key}, {"titre", title}}),
                             "application/json; charset=utf-8");
    } catch (const std::exception& error) {
        core::log::error("upload_failed", {{"why", dynamic_cast<const core::Error*>(&error) != nullptr ? "database" : error.what()}});
        refuse(response, kOurFault);
    }
}

UploadServer::UploadServer(UploadContext context, std::string host, std::uint16_t port)
    : state_(std::make_unique<State>(std::move(context), std::move(host), port)) {
    auto& server = state_->server;
    server.new_task_queue = [] { return new httplib::ThreadPool(16); };
    server.set_payload_max_length(static_cast<std::size_t>(kLargestFile) + kEnvelope + 4 * 1024 * 1024);
    server.set_read_timeout(30);
    server.set_write_timeout(30);
    server.set_keep_alive_max_count(1000);
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        refuse(response, kOurFault);
    });
    server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
        if (response.body.empty()) refuse(response, response.status == 413 ? kTooLarge : kMalformed);
    });
    server.Post("/signalement/handle", [state = state_.get()](const httplib::Request& request,
                                                              httplib::Response& response,
                                                              const httplib::ContentReader& content) {
        state->handle(request, response, content);
    });
}

UploadServer::~UploadServer() { stop(); }

void UploadServer::start() {
    if (!state_->server.bind_to_port(state_->host.c_str(), state_->port)) {
        throw std::runtime_error("the upload port " + std::to_string(state_->port) + " cannot be had");
    }
    state_->thread = std::thread([state = state_.get()] { state->server.listen_after_bind(); });
}

void UploadServer::stop() {
    state_->server.stop();
    if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace histologe::intake
