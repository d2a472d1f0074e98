#include "services/intake/evenements_usager.hpp"

#include "services/intake/domain/fiche.hpp"

namespace histologe::intake {
namespace {

using core::Json;

std::string textAt(const DossierUsager& dossier, const char* path) {
    return texteEn(dossier.contenu, path).value_or("");
}

Json place(const DossierUsager& dossier) {
    return {{"territoire", dossier.territoire},
            {"codePostal", textAt(dossier, "/adresse/codePostal")},
            {"commune", textAt(dossier, "/adresse/commune")}};
}

}  // namespace

streams::Event evenementTiersInvite(const streams::Outbox& outbox, const DossierUsager& dossier,
                                    const Invitation& invitation, const std::string& jeton) {
    auto data = place(dossier);
    data["invitationId"] = invitation.id;
    return outbox.make(
        "usager.tiers_invite", dossier.uuid, std::move(data),
        {{"codeSuivi", dossier.codeSuivi},
         {"jeton", jeton},
         {"courriel", invitation.courriel},
         {"nom", invitation.nom},
         {"prenom", invitation.prenom},
         {"invitant", {{"nom", textAt(dossier, "/occupant/nom")}, {"prenom", textAt(dossier, "/occupant/prenom")}}}});
}

streams::Event evenementCourrielAConfirmer(const streams::Outbox& outbox, const DossierUsager& dossier,
                                           const std::string& courriel, const std::string& jeton,
                                           core::Instant expireLe) {
    auto data = place(dossier);
    data["reference"] = dossier.reference;
    data["expireLe"] = core::toRfc3339(expireLe);
    Json personnel = {{"codeSuivi", dossier.codeSuivi},
                      {"jeton", jeton},
                      {"courriel", courriel},
                      {"ancienCourriel", nullptr},
                      {"prenom", textAt(dossier, "/occupant/prenom")}};
    if (const auto before = texteEn(dossier.contenu, "/occupant/courriel")) personnel["ancienCourriel"] = *before;
    return outbox.make("usager.courriel_a_confirmer", dossier.uuid, std::move(data), std::move(personnel));
}

}  // namespace histologe::intake
