#include <algorithm>
#include <memory>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/http/etag.hpp"
#include "services/intake/domain/brouillon.hpp"
#include "services/intake/domain/secrets.hpp"
#include "services/intake/domain/section_examen.hpp"
#include "services/intake/evenements_usager.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/http/espace_usager.hpp"
#include "services/intake/store/comptes.hpp"
#include "services/intake/store/fiches.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

constexpr std::size_t kSecretBytes = 32;
// How long the link to confirm a mail is good (reference of notification, 14).
constexpr std::chrono::hours kLienDeConfirmation{24};
constexpr Limite kLiens{5, std::chrono::hours(1)};
constexpr char kMail[] = "mail";

const Section& sectionOf(const Request& request) {
    const auto* section = sectionNommee(sectionsDesUsagers(), request.pathParameters.get("section"));
    if (section == nullptr) throw Error(ErrorKind::NotFound, "section_inconnue", "Cette rubrique n'existe pas.");
    return *section;
}

FicheGardee ficheDe(Geste& geste) {
    auto gardee = lockFiche(geste.transaction, geste.dossier.uuid);
    if (!gardee) throw dossierIntrouvable();
    return std::move(*gardee);
}

Response show(Geste& geste, const Section& section) {
    geste.exiger(Action::Voir, "Ce dossier n'est plus accessible.");
    return Response::json(200, {{"section", section.nom}, {"valeurs", valeursDe(section, geste.dossier.contenu)}})
        .header("ETag", http::etag(geste.dossier.version));
}

// Of social housing the landlord is chosen from a list: his name is not the usager's to write.
void refuseSocialName(const Geste& geste, const Section& section, const Json& body) {
    const auto& contenu = geste.dossier.contenu;
    const Json::json_pointer social("/logement/social");
    const bool isSocial = contenu.contains(social) && contenu.at(social) == true;
    if (section.nom != "bailleur" || !isSocial || !body.contains("nom")) return;
    if (motDuCorps(body, "nom") == texteEn(contenu, "/proprietaire/nom").value_or("")) return;
    refuser({{"nom", "lecture_seule", "Le nom d'un bailleur social ne peut pas être modifié ici."}});
}

void askConfirmation(Geste& geste, const std::string& courriel) {
    if (!compter(geste.transaction, cleDeCompte("courriel_a_confirmer", geste.dossier.uuid), kLiens, geste.le)) {
        throw Error(ErrorKind::TooManyRequests, "trop_de_courriels",
                    "Plusieurs liens de confirmation viennent d'être envoyés. Réessayez dans une heure.");
    }
    const auto secret = core::randomHex(kSecretBytes);
    const auto until = geste.le + kLienDeConfirmation;
    const auto& outbox = geste.context.outbox;
    saveCourrielAttendu(geste.transaction, geste.dossier.uuid, courriel, empreinteDuSecret(secret), until);
    outbox.add(geste.transaction, evenementCourrielAConfirmer(outbox, geste.dossier, courriel, secret, until));
}

// A new mail of the occupant is kept aside until it is confirmed; the old one counts until then. Returns what waits.
std::optional<std::string> keepMailAside(Geste& geste, const Json& body, Modification& modification) {
    if (!body.contains(kMail)) return geste.dossier.courrielAttendu;
    auto& changes = modification.changements;
    const auto change = std::ranges::find(changes, kMail, &Changement::champ);
    if (change == changes.end() || !change->apres) {
        // What was there already, or nothing any more: nothing waits.
        saveCourrielAttendu(geste.transaction, geste.dossier.uuid, {}, {}, {});
        return std::nullopt;
    }
    const auto wanted = *change->apres;
    modification.fiche.contenu["occupant"]["courriel"] = change->avant ? Json(*change->avant) : Json(nullptr);
    changes.erase(change);
    askConfirmation(geste, wanted);
    return wanted;
}

Response modify(Geste& geste, const Section& section, const Request& request) {
    geste.exiger(Action::Completer, "Ce dossier ne peut plus être complété.");
    auto gardee = ficheDe(geste);
    http::requireMatch(request, std::to_string(gardee.version));
    refuseSocialName(geste, section, request.json);
    auto contexte =
        contexteDe(gardee.fiche.contenu, aujourdhuiDans(geste.context.lieux, geste.dossier.territoire, geste.le));
    contexte.exigences = !gardee.importe;
    auto modification = intake::modifier(section, request.json, gardee.fiche, contexte);
    if (!modification.violations.empty()) refuser(std::move(modification.violations));
    auto waiting = geste.dossier.courrielAttendu;
    if (section.nom == "occupant") waiting = keepMailAside(geste, request.json, modification);
    // Without a change there is no document either.
    if (!modification.changements.empty()) {
        noterModification(geste, modification.fiche, std::string(section.nom), modification.changements);
    }
    const bool isShown = waiting && geste.personne == Personne::Occupant;
    return Response::json(200, {{"section", section.nom},
                                {"valeurs", valeursDe(section, geste.dossier.contenu)},
                                {"changements", enJson(modification.changements)},
                                {"version", geste.dossier.version},
                                {"courrielAConfirmer", isShown ? Json(*waiting) : Json(nullptr)}})
        .header("ETag", http::etag(geste.dossier.version));
}

Error unknownLink() {
    return {ErrorKind::NotFound, "lien_inconnu", "Ce lien n'existe pas ou a été remplacé par un plus récent."};
}

// Followed again, by a mail scanner and then by the person, it says the same.
Response confirm(Geste& geste, const std::string& secret) {
    const auto& dossier = geste.dossier;
    if (!memeSecret(empreinteDuSecret(secret), dossier.jetonCourriel.value_or(""))) throw unknownLink();
    if (!dossier.courrielAttendu) return Response::json(200, {{"statut", "CONFIRME"}});
    if (!dossier.jetonCourrielExpireLe || *dossier.jetonCourrielExpireLe <= geste.le) {
        throw Error(ErrorKind::Gone, "lien_perime", "Ce lien n'est plus valable. Changez de nouveau votre adresse.");
    }
    geste.exiger(Action::ConfirmerCourriel, "Ce dossier n'est plus en cours.");
    auto fiche = ficheDe(geste).fiche;
    const auto before = texteEn(fiche.contenu, "/occupant/courriel");
    const auto now = *dossier.courrielAttendu;
    fiche.contenu["occupant"]["courriel"] = now;
    saveCourrielAttendu(geste.transaction, dossier.uuid, {}, dossier.jetonCourriel, dossier.jetonCourrielExpireLe);
    noterModification(geste, fiche, "occupant", {{kMail, before, now}});
    return Response::json(200, {{"statut", "CONFIRME"}});
}

}  // namespace

void bindSectionsUsager(http::Router& router, const EspaceContext& context) {
    router.bind("getUsagerSection", [context](const Request& request) {
        const auto& section = sectionOf(request);
        return voirDossier(context, request, [&](Geste& geste) { return show(geste, section); });
    });
    router.bind("modifyUsagerSection", [context](const Request& request) {
        const auto& section = sectionOf(request);
        return faireGeste(context, request, [&](Geste& geste) { return modify(geste, section, request); });
    });
    router.bind("confirmUsagerCourriel", [context](const Request& request) {
        const auto code = request.pathParameters.get("code");
        const auto found = [&] {
            auto session = context.pool.acquire();
            return core::isUuid(code) ? findParCode(*session, code) : std::nullopt;
        }();
        if (!found) throw unknownLink();
        return faireGesteDuPorteur(context, found->uuid,
                                   [&](Geste& geste) { return confirm(geste, request.pathParameters.get("jeton")); });
    });
}

}  // namespace histologe::intake
