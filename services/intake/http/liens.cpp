#include "services/intake/http/liens.hpp"

#include <memory>

#include "services/intake/domain/brouillon.hpp"
#include "services/intake/lien_brouillon.hpp"
#include "services/intake/store/comptes.hpp"
#include "services/intake/store/liens.hpp"

namespace histologe::intake {
namespace {

using http::Request;
using http::Response;

constexpr Limite kParAdresse{kLiensParAdresse, std::chrono::hours(1)};

class Liens {
  public:
    Liens(postgres::Pool& pool, const streams::Outbox& outbox, const core::Clock& clock)
        : pool_(pool), outbox_(outbox), clock_(clock) {}

    Response ofDraft(const Request& request) const {
        const auto fingerprint = enteteDe(Demande(request.json)).empreinte;
        const auto now = clock_.now();
        auto session = pool_.acquire();
        postgres::Transaction transaction(*session);
        const auto draft = noterLien(transaction, fingerprint, now);
        // Who asks knows a mail and an address, and learns nothing from the answer: it is the same when there is no
        // draft, when the mail has just left and when enough of them have.
        if (draft && compter(transaction, cleDeCompte("lien", draft->courriel), kParAdresse, now)) {
            outbox_.add(transaction, evenementLienBrouillon(outbox_, *draft, MotifDeLien::Demande));
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
