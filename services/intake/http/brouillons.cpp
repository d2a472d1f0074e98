#include "services/intake/http/brouillons.hpp"

#include <memory>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/rate_limiter.hpp"
#include "services/intake/depot.hpp"
#include "services/intake/domain/brouillon.hpp"
#include "services/intake/domain/lieu.hpp"
#include "services/intake/domain/validation.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/http/violations.hpp"
#include "services/intake/store/brouillons.hpp"
#include "services/intake/store/doublons.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr std::chrono::milliseconds kPatience{500};
constexpr std::uint32_t kMinute = 60;
constexpr std::uint32_t kHour = 3600;

core::Error unknownDraft() {
    return {core::ErrorKind::NotFound, "brouillon_introuvable",
            "Nous ne trouvons pas ce brouillon. Il a peut-être été supprimé. Vous pouvez recommencer un signalement."};
}

Response success(bool isSuccess) {
    if (isSuccess) return Response::json(200, {{"success", true}});
    return Response::json(400, {{"response", "error"}});
}

class Brouillons {
  public:
    explicit Brouillons(BrouillonsContext context)
        : context_(std::move(context)),
          saves_(context_.limites.enregistrementsParMinute, kMinute, context_.clock),
          begun_(context_.limites.brouillonsParHeure, kHour, context_.clock) {}

    Response check(const Request& request) const {
        const Demande demande(request.json);
        if (auto refused = refusal(demande)) return *refused;
        auto session = context_.pool.acquire();
        const auto header = enteteDe(demande);
        std::optional<BrouillonTrouve> begun;
        if (const auto found = findBrouillonParEmpreinte(*session, header.empreinte)) {
            // Whoever asks knows a mail and an address, which is not enough to open somebody's draft.
            begun = BrouillonTrouve{poigneeDe(*session, found->uuid, context_.clock.now()), found->creeLe,
                                    found->modifieLe};
        }
        if (const auto key = cleDeDoublon(demande, *context_.lieux.communes())) {
            const auto declared = findDoublons(*session, *key);
            if (!declared.empty()) {
                return Response::json(200, reponseDejaSignale(declared, begun, context_.clock.now()));
            }
        }
        if (begun) return Response::json(200, reponseDejaCommence(*begun));
        if (auto wait = refusal(begun_, request.remoteAddress, request)) return *wait;
        return Response::json(200, reponseNouveau(insert(*session, demande, request.body)));
    }

    Response create(const Request& request) const {
        const Demande demande(request.json);
        if (auto refused = refusal(demande)) return *refused;
        if (auto wait = refusal(begun_, request.remoteAddress, request)) return *wait;
        auto session = context_.pool.acquire();
        return Response::json(200, {{"uuid", insert(*session, demande, request.body)}});
    }

    std::optional<Response> save(const Request& request, const http::AnswerLater& later) const {
        const auto uuid = draftUuid(request);
        if (auto wait = refusal(saves_, uuid, request)) return *wait;
        const Demande demande(request.json);
        if (auto refused = refusal(demande)) return *refused;
        if (demande.etapeFinale()) {
            auto depot = prepareDepot(uuid, demande, request.body, context_.catalogue, *context_.lieux.territoires(),
                                      *context_.lieux.communes(), context_.outbox, context_.clock.now());
            if (depot) {
                submit(std::move(*depot), later);
                return std::nullopt;
            }
        }
        auto draft = describe(demande, request.body);
        draft.uuid = uuid;
        auto whenWritten = [this, later, uuid, isFinal = demande.etapeFinale()](const auto& outcome) {
            later([&] {
                const Sauvegarde saved = outcome();
                return saved.faite ? acknowledge(uuid, isFinal) : acknowledge(uuid, saved.accuse);
            });
        };
        context_.brouillons.submit(std::move(draft), uuid, std::move(whenWritten));
        return std::nullopt;
    }

    Response informations(const Request& request) const {
        const auto uuid = draftUuid(request);
        std::optional<Brouillon> found;
        {
            auto session = context_.pool.acquire();
            found = findBrouillon(*session, uuid);
        }
        if (!found) throw unknownDraft();
        if (found->statut != "EN_COURS") return Response::json(200, {{"signalement", nullptr}});
        Json draft = {{"uuid", found->uuid},
                      {"status", found->statut},
                      {"currentStep", found->etape},
                      {"profileDeclarant", found->profil},
                      {"emailDeclarant", found->courriel},
                      {"addressComplete", found->adresse},
                      {"createdAt", core::toRfc3339(found->creeLe)},
                      {"updatedAt", core::toRfc3339(found->modifieLe)},
                      {"payload", Json::parse(found->charge)}};
        return Response::json(200, {{"signalement", std::move(draft)}}).header("Cache-Control", "no-store");
    }

    Response archive(const Request& request) const {
        const auto& uuid = request.json.at("uuid").get_ref<const std::string&>();
        if (!core::isUuid(uuid)) return success(false);
        auto session = context_.pool.acquire();
        const auto now = context_.clock.now();
        return success(archiveBrouillon(*session, uuid, now) || ecarterBrouillon(*session, uuid, now));
    }

  private:
    static std::string draftUuid(const Request& request) {
        auto uuid = request.pathParameters.get("uuid");
        if (!core::isUuid(uuid)) throw unknownDraft();
        return uuid;
    }

    // Counts one for the key; the refusal when it is one too many.
    static std::optional<Response> refusal(http::RateLimiter& limiter, const std::string& key, const Request& request) {
        const auto verdict = limiter.take(key);
        if (verdict.isAllowed) return std::nullopt;
        return http::tooManyRequests(limiter, verdict, request.requestId);
    }

    std::optional<Response> refusal(const Demande& demande) const {
        Contexte contexte;
        const auto insee = demande.texte(Champ::AdresseLogementAdresseDetailInsee).value_or("");
        const auto codePostal = demande.texte(Champ::AdresseLogementAdresseDetailCodePostal).value_or("");
        const auto territoire = territoireDe(*context_.lieux.territoires(), *context_.lieux.communes(), codePostal, insee);
        contexte.aujourdhui = aujourdhuiDans(context_.lieux, territoire.value_or(""), context_.clock.now());
        contexte.lieu = [this](std::string_view postal, std::string_view commune) {
            return situationDuLieu(*context_.lieux.territoires(), *context_.lieux.communes(), postal, commune);
        };
        const auto violations = valider(demande, contexte);
        if (violations.empty()) return std::nullopt;
        return refuse(violations);
    }

    Brouillon describe(const Demande& demande, const std::string& charge) const {
        const auto header = enteteDe(demande);
        Brouillon draft;
        draft.profil = header.profil ? std::string(codeDe(*header.profil)) : std::string();
        draft.courriel = header.courrielDeclarant;
        draft.adresse = header.adresseComplete;
        draft.empreinte = header.empreinte;
        draft.etape = header.etape;
        draft.charge = charge;
        draft.logementSocial = header.logementSocial;
        if (header.bailleurPrevenuAt) {
            draft.bailleurPrevenuLe = core::toRfc3339(core::Instant(*header.bailleurPrevenuAt)).substr(0, 10);
        }
        draft.creeLe = draft.modifieLe = context_.clock.now();
        return draft;
    }

    std::string insert(postgres::Connection& session, const Demande& demande, const std::string& charge) const {
        auto draft = describe(demande, charge);
        draft.uuid = core::uuidV4();
        insertBrouillon(session, draft);
        return draft.uuid;
    }

    // Answered by whoever commits it.
    void submit(Depot depot, const http::AnswerLater& later) const {
        // Taking reports faster than the platform acts on them would only make everybody wait longer: a flood is slowed
        // down here. Never refused: after a while the report is taken all the same.
        context_.backlog.waitForRoom(context_.backlogMost, kPatience);
        const auto territoire = depot.territoire;
        auto whenWritten = [this, later, brouillon = depot.brouillon](const auto& outcome) {
            later([&] {
                const Accuse accuse = outcome();
                if (accuse.nouveau) context_.outbox.announce();
                return acknowledge(brouillon, accuse);
            });
        };
        context_.depots.submit(std::move(depot), territoire, std::move(whenWritten));
    }

    Response acknowledge(const std::string& brouillon, const Accuse& accuse) const {
        if (!accuse.connu) throw unknownDraft();
        return Response::json(200, {{"uuid", brouillon},
                                    {"signalementReference", accuse.reference},
                                    {"lienSuivi", context_.publicUrl + "/suivre-mon-signalement/" + accuse.codeSuivi},
                                    {"signalementStatus", accuse.statut}});
    }

    // The answer to a save; `isFinal` when it was meant to be the submission.
    static Response acknowledge(const std::string& brouillon, bool isFinal) {
        Json answer = {{"uuid", brouillon}};
        if (isFinal) {
            // The front shows its « incomplet » screen when there is no reference; the reason is for whoever reads on.
            answer["incomplet"] = {{"code", "aucun_desordre"},
                                   {"message",
                                    "Vos réponses ne décrivent aucun problème dans le logement. Votre brouillon est "
                                    "conservé. Revenez à l'étape des désordres pour dire ce qui ne va pas."}};
        }
        return Response::json(200, answer);
    }

    BrouillonsContext context_;
    mutable http::RateLimiter saves_;  // by draft
    mutable http::RateLimiter begun_;  // by address
};

}  // namespace

void bindBrouillons(http::Router& router, BrouillonsContext context) {
    const auto drafts = std::make_shared<const Brouillons>(std::move(context));
    router.bind("checkBrouillon", [drafts](const Request& request) { return drafts->check(request); });
    router.bind("createBrouillon", [drafts](const Request& request) { return drafts->create(request); });
    router.bindLater("saveBrouillon",
                     [drafts](const Request& request, const auto& later) { return drafts->save(request, later); });
    router.bind("getBrouillonInformations", [drafts](const Request& request) { return drafts->informations(request); });
    router.bind("archiveBrouillon", [drafts](const Request& request) { return drafts->archive(request); });
}

}  // namespace histologe::intake
