#include "services/intake/http/meme_adresse.hpp"

#include "libs/auth/droits.hpp"

namespace histologe::intake {

using core::Json;

Json resumeDe(const Saisie& saisie) {
    return {{"uuid", saisie.uuid},
            {"territoire", saisie.territoire},
            {"adresse", saisie.libelle},
            {"reference", core::toRfc3339(saisie.creeLe).substr(0, 4) + "-TEMPORAIRE"},
            {"statut", saisie.statut},
            {"version", saisie.version},
            {"creeLe", core::toRfc3339(saisie.creeLe)},
            {"modifieLe", core::toRfc3339(saisie.modifieLe)}};
}

std::optional<Json> memeAdresse(postgres::Connection& session, const auth::Principal& bearer, const Saisie& saisie) {
    const auto draft = findSaisieParAdresse(session, bearer.subject, saisie.cleAdresse, saisie.uuid);
    const auto there = findALaMemeAdresse(session, saisie.cleAdresse);
    if (!draft && there.empty()) return std::nullopt;
    Json visible = Json::array();
    int others = 0;
    for (const auto& one : there) {
        const bool isOwn = one.creePar == bearer.subject;
        const auto statut = domain::parseName<domain::StatutDossier>(one.statut);
        const auth::DossierVise dossier{
            one.uuid, one.territoire, statut.value_or(domain::StatutDossier::Brouillon), one.partenaires, {}};
        if (!isOwn && !auth::maySee(bearer, dossier)) {
            ++others;
            continue;
        }
        visible.push_back({{"uuid", one.uuid},
                           {"reference", one.reference},
                           {"statut", one.statut},
                           {"creeLe", core::toRfc3339(one.creeLe)},
                           {"creeParVous", isOwn}});
    }
    return Json{{"brouillon", draft ? resumeDe(*draft) : Json(nullptr)},
                {"signalements", std::move(visible)},
                {"autres", others}};
}

}  // namespace histologe::intake
