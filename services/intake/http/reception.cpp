#include "services/intake/http/reception.hpp"

#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/core/text.hpp"
#include "libs/files/media_type.hpp"
#include "libs/http/problem.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {
namespace {

// Of an upload, so much tells its type: the first entries of an archive, the head of a text.
constexpr std::size_t kSniffed = 64 * 1024;

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

}  // namespace

namespace refusals {
const Refusal kNoFile{400, "fichier_absent", "Aucun fichier n'a été reçu. Choisissez un fichier puis réessayez."};
const Refusal kEmpty{400, "fichier_vide", "Ce fichier est vide. Choisissez-en un autre."};
const Refusal kTooLarge{413, "fichier_trop_lourd", "Ce fichier est trop lourd. La taille maximale est de 10 Mo."};
const Refusal kNotPhoto{400, "type_de_fichier_refuse",
                        "Ce type de fichier n'est pas accepté ici. Envoyez une photo (JPG, PNG, GIF, HEIC) ou un PDF."};
const Refusal kNotDocument{
    400, "type_de_fichier_refuse",
    "Ce type de fichier n'est pas accepté. Envoyez une photo, un PDF ou un document bureautique."};
const Refusal kContradiction{
    400, "contenu_different_du_nom",
    "Le contenu de ce fichier n'est pas celui que son nom annonce. Vérifiez que vous avez choisi "
    "le bon fichier."};
const Refusal kTooMany{429, "trop_de_fichiers",
                       "Beaucoup de fichiers ont été envoyés depuis cette connexion. Réessayez dans une heure."};
const Refusal kDraftFull{400, "brouillon_plein",
                         "Ce signalement a déjà beaucoup de fichiers. Supprimez-en avant d'en ajouter."};
const Refusal kBadDraft{400, "brouillon_illisible", "Le brouillon n'est pas nommé par un identifiant valable."};
const Refusal kMalformed{400, "envoi_illisible", "L'envoi du fichier a échoué. Réessayez."};
const Refusal kOurFault{503, "service_indisponible",
                        "Nous n'avons pas pu garder ce fichier. Réessayez dans un instant."};
}  // namespace refusals

http::Response refused(const Refusal& refusal, const std::string& requestId) {
    auto response = http::problem(refusal.status, refusal.code, refusal.message, requestId);
    auto document = core::parseJson(response.body);
    document["error"] = refusal.message;
    response.body = core::dumpJson(document);
    if (refusal.status == 503) response.header("Retry-After", "5");
    return response;
}

void Reception::begin(const files::MultipartReader::Part& part) {
    isTaking_ = !isDone_ && !part.fileName.empty();  // only the first file counts
    if (!isTaking_) return;
    isPhoto_ = part.name == "signalement[photos]";
    fileName_ = part.fileName;
}

void Reception::data(std::string_view bytes) {
    if (!isTaking_ || refusal_ != nullptr) return;
    size_ += static_cast<std::int64_t>(bytes.size());
    if (size_ > kLargestFile) {
        refusal_ = &refusals::kTooLarge;
        upload_.reset();
        return;
    }
    if (upload_) return upload_->write(bytes);
    head_.append(bytes);
    if (head_.size() >= kSniffed) open();
}

void Reception::end() {
    if (!isTaking_) return;
    isTaking_ = false;
    isDone_ = true;
    if (refusal_ == nullptr && size_ > 0 && !upload_) open();
}

void Reception::open() {
    mediaType_ = files::detectMediaType(head_);
    const bool isAllowed = isPhoto_ ? files::isPhoto(mediaType_) : files::isDocument(mediaType_);
    if (files::contradicts(fileName_, mediaType_)) {
        refusal_ = &refusals::kContradiction;
    } else if (!isAllowed) {
        refusal_ = isPhoto_ ? &refusals::kNotPhoto : &refusals::kNotDocument;
    }
    if (refusal_ != nullptr) return;
    const auto name = titreDuFichier(fileName_);
    const auto extension = std::string(files::extensionOf(mediaType_));
    title_ = (name.empty() ? "fichier" : name) + extension;
    const auto day = core::toRfc3339(context_.clock.now());
    key_ = day.substr(0, 4) + "/" + day.substr(5, 2) + "/" + slug(name) + "-" + core::randomHex(16) + extension;
    upload_ = context_.store.begin(key_);
    upload_->write(head_);
    head_ = {};
}

const Refusal* Reception::keep() {
    if (refusal_ != nullptr) return refusal_;
    if (!isDone_) return &refusals::kNoFile;
    if (size_ == 0) return &refusals::kEmpty;
    upload_->commit();
    try {
        const auto* refusal = enter();
        if (refusal != nullptr) takeBack();
        return refusal;
    } catch (...) {
        takeBack();
        throw;
    }
}

const Refusal* Reception::enter() {
    const auto session = context_.pool.acquire();
    postgres::Transaction transaction(*session);
    if (draft_) {
        const auto volume = verrouillerVolume(transaction, *draft_);
        if (volume.fichiers >= kMostFiles || volume.octets >= kMostBytes) return &refusals::kDraftFull;
    }
    insertFichier(transaction, {key_, title_, mediaType_, size_, context_.clock.now(), draft_});
    mayBeKnown_ = true;
    transaction.commit();
    if (context_.received) context_.received();
    return nullptr;
}

// Not when the answer to its row was lost: it may be known then, and would never be found.
void Reception::takeBack() noexcept {
    if (mayBeKnown_) return;
    try {
        context_.store.remove(key_);
    } catch (const std::exception& failure) {
        core::log::warning("upload_not_taken_back", {{"why", failure.what()}});
    }
}

core::Json Reception::answer() const {
    return {{"file", key_}, {"filePath", "tmp/" + key_}, {"titre", title_}};
}

}  // namespace histologe::intake
