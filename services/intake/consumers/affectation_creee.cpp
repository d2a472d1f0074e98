#include "services/intake/consumers/affectation_creee.hpp"

#include "services/intake/store/fiches.hpp"

namespace histologe::intake {
namespace {

// `statutDe` reads what the affectation has become.
template <typename StatutDe>
streams::Handler onAffectation(StatutDe statutDe) {
    return [statutDe](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<AffectationDite> affectations;
        for (const auto* event : events) {
            affectations.push_back({event->subject, event->data.at("partenaire").at("id").get<std::string>(),
                                    statutDe(event->data), event->time});
        }
        saveAffectations(transaction, affectations);
    };
}

}  // namespace

streams::Handler onAffectationCreee() {
    return onAffectation([](const core::Json& data) { return data.at("statut").get<std::string>(); });
}

streams::Handler onAffectationModifiee() {
    return onAffectation([](const core::Json& data) { return data.at("nouveau").get<std::string>(); });
}

streams::Handler onAffectationRetiree() {
    return onAffectation([](const core::Json&) { return std::string("RETIREE"); });
}

}  // namespace histologe::intake
