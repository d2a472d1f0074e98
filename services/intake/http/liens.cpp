#include "services/intake/http/liens.hpp"

#include <memory>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/brouillon.hpp"
#include "services/intake/evenements_liens.hpp"
#include "services/intake/store/comptes.hpp"
#include "services/intake/store/doublons.hpp"
#include "services/intake/store/liens.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr Limite kParAdresse{kLiensParAdresse, std::chrono::hours(1)};
// A second click finds the mail on its way.
constexpr Limite kUnSeul{1, kEntreDeuxLiens};

constexpr char kSent[] = "Un courriel avec le lien de suivi a été envoyé à l'adresse enregistrée.";
constexpr char kNotSent[] =
    "Nous n'avons pas pu envoyer le lien. Vérifiez vos messages, y compris les indésirables, ou réessayez plus tard.";
constexpr char kNeutral[] =
    "Si un signalement correspond à ces informations, le lien pour le suivre vient d'être envoyé à l'adresse indiquée.";

// The two forms in which the pages of today read the outcome.
Response outcome(const Request& request, bool isSent) {
    const char* text = isSent ? kSent : kNotSent;
    const char* label = isSent ? "Courriel envoyé" : "Erreur";
    if (request.headers.get("Content-Type").starts_with("application/json")) {
        const Json message = {{"type", isSent ? "success" : "alert"}, {"title", label}, {"message", text}};
        return Response::json(
            200, {{"stayOnPage", true}, {"flashMessages", Json::array({message})}, {"closeModal", isSent}});
    }
    if (isSent) return Response::json(200, {{"success", true}});
    return Response::json(200, {{"success", false}, {"label", label}, {"message", text}});
}

bool isOccupant(const std::string& profil) {
    const auto known = profilDe(profil);
    return known && estOccupant(*known);
}

class Liens {
  public:
    Liens(postgres::Pool& pool, const streams::Outbox& outbox, const core::Clock& clock, Lieux& lieux)
        : pool_(pool), outbox_(outbox), clock_(clock), lieux_(lieux) {}

    Response ofDraft(const Request& request) const {
        const auto fingerprint = enteteDe(Demande(request.json)).empreinte;
        const auto now = clock_.now();
        auto session = pool_.acquire();
        postgres::Transaction transaction(*session);
        const auto draft = noterLien(transaction, fingerprint, now);
        // Who asks knows a mail and an address, and learns nothing from the answer: it is the same when there is no
        // draft, when the mail has just left and when enough of them have.
        if (draft && compter(transaction, cleDeCompte("lien", core::fold(draft->courriel)), kParAdresse, now)) {
            outbox_.add(transaction, evenementLienBrouillon(outbox_, *draft, MotifDeLien::Demande));
            transaction.commit();
            outbox_.announce();
        }
        return Response::json(200, {{"success", true}});
    }

    Response ofSignalement(const Request& request) const {
        const auto uuid = request.pathParameters.get("uuid");
        if (!core::isUuid(uuid)) return outcome(request, false);
        auto profil = request.query.get("profil");
        if (request.json.is_object()) profil = request.json.value("profil", profil);
        auto session = pool_.acquire();
        const auto found = retrouverUn(*session, uuid, isOccupant(profil));
        return outcome(request, found && send(*session, *found));
    }

    // Says the same to everybody: who asks learns nothing of who reported what.
    Response ofLostLink(const Request& request) const {
        const auto& asked = request.json;
        const auto text = [&](const char* name) { return asked.at(name).get_ref<const std::string&>(); };
        const auto keys = clesAdresse(text("adresse"), text("codePostal"), text("commune"), *lieux_.communes());
        auto session = pool_.acquire();
        const auto found = retrouver(*session, keys, core::fold(core::trim(text("courriel"))));
        if (found) send(*session, *found);
        return Response::json(202, {{"message", kNeutral}});
    }

  private:
    // True when the mail leaves or has just left.
    bool send(postgres::Connection& session, const SignalementRetrouve& found) const {
        const auto now = clock_.now();
        postgres::Transaction transaction(session);
        const auto whom = core::fold(found.courriel);
        if (!compter(transaction, cleDeCompte("lien_suivi", found.uuid + whom), kUnSeul, now)) return true;
        if (!compter(transaction, cleDeCompte("lien", whom), kParAdresse, now)) return false;
        outbox_.add(transaction, evenementLienSuivi(outbox_, found));
        transaction.commit();
        outbox_.announce();
        return true;
    }

    postgres::Pool& pool_;
    const streams::Outbox& outbox_;
    const core::Clock& clock_;
    Lieux& lieux_;
};

}  // namespace

void bindLiens(http::Router& router, postgres::Pool& pool, const streams::Outbox& outbox, const core::Clock& clock,
               Lieux& lieux) {
    const auto links = std::make_shared<const Liens>(pool, outbox, clock, lieux);
    router.bind("sendBrouillonLink", [links](const Request& request) { return links->ofDraft(request); });
    router.bind("sendLienSuivi", [links](const Request& request) { return links->ofSignalement(request); });
    router.bind("requestLienSuivi", [links](const Request& request) { return links->ofLostLink(request); });
}

}  // namespace histologe::intake
