#include "services/intake/http/liens.hpp"

#include <memory>

#include "services/intake/domain/brouillon.hpp"
#include "services/intake/http/limites.hpp"
#include "services/intake/lien_brouillon.hpp"
#include "services/intake/store/comptes.hpp"
#include "services/intake/store/liens.hpp"

namespace histologe::intake {
namespace {

using http::Request;
using http::Response;

constexpr Limite kParAdresse{kLiensParAdresse, std::chrono::hours(1)};
constexpr int kDaySeconds = 86400;

Response tooMany(const Request& request, int seconds) {
    return attendre(request, "trop_de_courriels",
                    "Nous avons déjà envoyé plusieurs courriels à cette adresse. Regardez dans vos messages, y compris "
                    "les indésirables, ou réessayez plus tard.",
                    seconds);
}

class Liens {
  public:
    Liens(postgres::Pool& pool, const streams::Outbox& outbox, const core::Clock& clock)
        : pool_(pool), outbox_(outbox), clock_(clock) {}

    Response ofDraft(const Request& request) const {
        const auto fingerprint = enteteDe(Demande(request.json)).empreinte;
        const auto now = clock_.now();
        auto session = pool_.acquire();
        postgres::Transaction transaction(*session);
        const auto noted = noterLien(transaction, fingerprint, now);
        switch (noted.issue) {
            case DemandeDeLien::Inconnu:
                return Response::json(400, {{"response", "error"}});
            case DemandeDeLien::TropDeDemandes:
                return tooMany(request, kDaySeconds);
            case DemandeDeLien::DejaEnRoute:
                break;
            case DemandeDeLien::AEnvoyer:
                if (!compter(transaction, cleDeCompte("lien", noted.brouillon->courriel), kParAdresse, now)) {
                    return tooMany(request, secondesAvantLaFin(kParAdresse, now));
                }
                outbox_.add(transaction, evenementLienBrouillon(outbox_, *noted.brouillon, MotifDeLien::Demande));
                transaction.commit();
                outbox_.announce();
        }
        return Response::json(200, {{"success", true}});
    }

  private:
    postgres::Pool& pool_;
    const streams::Outbox& outbox_;
    const core::Clock& clock_;
};

}  // namespace

void bindLiens(http::Router& router, postgres::Pool& pool, const streams::Outbox& outbox, const core::Clock& clock) {
    const auto links = std::make_shared<const Liens>(pool, outbox, clock);
    router.bind("sendBrouillonLink", [links](const Request& request) { return links->ofDraft(request); });
}

}  // namespace histologe::intake
