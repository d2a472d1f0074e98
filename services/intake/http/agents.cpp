#include "services/intake/http/agents.hpp"

#include "libs/core/error.hpp"
#include "libs/core/zone.hpp"
#include "services/intake/domain/lieu.hpp"

namespace histologe::intake {

void connaitreLesLieux(ContexteDeSection& contexte, Lieux& lieux) {
    contexte.lieu = [&lieux](std::string_view codePostal, std::string_view codeInsee) {
        return situationDuLieu(*lieux.territoires(), *lieux.communes(), codePostal, codeInsee);
    };
}

std::chrono::sys_days aujourdhuiDans(Lieux& lieux, const std::string& territoire, core::Instant now) {
    const auto territoires = lieux.territoires();
    const auto code = domain::CodeTerritoire::parse(territoire);
    const auto* found = code ? territoires->find(*code) : nullptr;
    return core::Zone::findOrParis(found != nullptr ? found->fuseau : "").dayOf(now);
}

const auth::Principal& agentOf(const http::Request& request) {
    const auto& bearer = auth::bearer(request);
    if (auth::isBoundToOneSignalement(bearer.role)) {
        throw core::Error(core::ErrorKind::Forbidden, "agents_seulement", "Cette opération est réservée aux agents.");
    }
    return bearer;
}

void refuser(std::vector<core::Violation> violations) {
    throw core::Error(core::ErrorKind::InvalidInput, "reponses_invalides",
                      "Certaines informations manquent ou sont incorrectes.", std::move(violations));
}

}  // namespace histologe::intake
