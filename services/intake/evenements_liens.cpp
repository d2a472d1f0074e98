#include "services/intake/evenements_liens.hpp"

#include "services/intake/domain/brouillon.hpp"

namespace histologe::intake {

streams::Event evenementLienBrouillon(const streams::Outbox& outbox, const BrouillonAEcrire& brouillon,
                                      MotifDeLien motif) {
    const auto charge = core::parseJson(brouillon.charge);
    const auto whom = correspondantDe(Demande(charge));
    core::Json data = {{"motif", motif == MotifDeLien::Rappel ? "rappel" : "demande"},
                       {"creeLe", core::toRfc3339(brouillon.creeLe)},
                       {"codePostal", whom.codePostal},
                       {"commune", whom.commune}};
    core::Json personnel = {{"brouillonId", brouillon.uuid},
                            {"courriel", brouillon.courriel},
                            {"prenom", whom.prenom},
                            {"adresse", {{"voie", whom.voie}}}};
    return outbox.make("brouillon.lien_demande", "brouillon:" + empreinteDe(brouillon.uuid, "").substr(0, 32),
                       std::move(data), std::move(personnel));
}

streams::Event evenementLienSuivi(const streams::Outbox& outbox, const SignalementRetrouve& signalement) {
    core::Json data = {{"codePostal", signalement.codePostal}, {"commune", signalement.commune}};
    core::Json personnel = {{"codeSuivi", signalement.codeSuivi},
                            {"courriel", signalement.courriel},
                            {"prenom", signalement.prenom},
                            {"adresse", {{"voie", signalement.voie}}}};
    return outbox.make("usager.lien_demande", signalement.uuid, std::move(data), std::move(personnel));
}

}  // namespace histologe::intake
