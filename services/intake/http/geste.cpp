#include "services/intake/http/geste.hpp"

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/core/zone.hpp"
#include "services/intake/domain/espace_usager.hpp"
#include "services/intake/modification.hpp"
#include "services/intake/store/references.hpp"
#include "services/intake/store/sessions.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr Conditions kTout = static_cast<Conditions>((1U << kConditions) - 1U);

http::Response run(const EspaceContext& context, postgres::Connection& session, const std::string& signalement,
                   Personne personne, const FaireGeste& faire, bool isReading = false) {
    postgres::Transaction transaction(session);
    auto dossier =
        isReading ? findDossierUsager(transaction, signalement) : lockDossierUsager(transaction, signalement);
    if (!dossier) throw dossierIntrouvable();
    Geste geste{transaction, context, std::move(*dossier), personne, context.clock.now()};
    const bool isVisible =
        personne == Personne::Porteur || permet(Action::Voir, geste.dossier.situation.statut, personne, kTout);
    if (!isVisible) throw dossierIntrouvable();
    auto response = faire(geste);
    transaction.commit();
    if (!isReading) context.outbox.announce();
    response.header("Cache-Control", "no-store");
    return response;
}

// In whose name an act of this person is written: who follows a link speaks for himself.
std::string auteurDe(Personne personne) {
    return std::string(motDe(personne == Personne::Porteur ? Personne::Declarant : personne));
}

}  // namespace

bool Geste::peut(Action action) const {
    return intake::peut(dossier.situation, personne, action, le);
}

void Geste::exiger(Action action, const std::string& sinon) const {
    const auto remplies = conditionsDe(dossier.situation, personne, le);
    const auto statut = dossier.situation.statut;
    if (permet(action, statut, personne, remplies)) return;
    const auto avecCgu = static_cast<Conditions>(remplies | masque(Condition::CguAcceptees));
    if (permet(action, statut, personne, avecCgu)) {
        throw core::Error(core::ErrorKind::Forbidden, "cgu_a_accepter",
                          "Acceptez d'abord les conditions générales d'utilisation.");
    }
    throw actionImpossible(sinon);
}

http::Response faireGeste(const EspaceContext& context, const http::Request& request, const FaireGeste& faire) {
    auto session = context.pool.acquire();
    const auto who = sessionDe(*session, auth::bearer(request));
    return run(context, *session, who.signalement, who.personne, faire);
}

http::Response voirDossier(const EspaceContext& context, const http::Request& request, const FaireGeste& voir) {
    auto session = context.pool.acquire();
    const auto who = sessionDe(*session, auth::bearer(request));
    return run(context, *session, who.signalement, who.personne, voir, true);
}

http::Response faireGesteDuPorteur(const EspaceContext& context, const std::string& signalement,
                                   const FaireGeste& faire) {
    auto session = context.pool.acquire();
    return run(context, *session, signalement, Personne::Porteur, faire);
}

Acte noterActe(Geste& geste, const std::string& categorie, const std::string& texte, Json details) {
    const auto& dossier = geste.dossier;
    Acte acte{core::uuidV7(geste.le), auteurDe(geste.personne), categorie, texte, std::move(details), geste.le};
    insertActe(geste.transaction, dossier.uuid, acte);
    Json data = {{"acteId", acte.id},
                 {"categorie", categorie},
                 {"auteur", acte.auteur},
                 {"reference", dossier.reference},
                 {"territoire", dossier.territoire},
                 {"statut", acte.details.value("statut", dossier.statut)},
                 {"ancienStatut", dossier.statut},
                 {"le", core::toRfc3339(geste.le)},
                 {"details", acte.details}};
    data["details"].erase("statut");
    Json personnel = {{"texte", texte}};
    // Of the landlord only where he is to be written to.
    if (categorie == "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER") {
        if (const auto courriel = texteEn(dossier.contenu, "/proprietaire/courriel")) personnel["bailleur"] = *courriel;
    }
    const auto& outbox = geste.context.outbox;
    outbox.add(geste.transaction, outbox.make("usager.acte", dossier.uuid, std::move(data), std::move(personnel)));
    return acte;
}

void noterModification(Geste& geste, const Fiche& fiche, const std::string& section,
                       const std::vector<Changement>& changements) {
    if (changements.empty()) return;
    auto gardee = lockFiche(geste.transaction, geste.dossier.uuid);
    if (!gardee) throw dossierIntrouvable();
    gardee->fiche = fiche;
    ecrireModification(geste.transaction, geste.context.outbox, *gardee, section, {auteurDe(geste.personne), "usager"},
                       changements, geste.le);
    auto champs = Json::array();
    for (const auto& one : changements) champs.push_back(one.champ);
    noterActe(geste, "SIGNALEMENT_EDITED_FO", "", {{"section", section}, {"champs", std::move(champs)}});
    geste.dossier.version = gardee->version + 1;
    geste.dossier.contenu = fiche.contenu;
}

Acte passerEnProcedure(Geste& geste, const std::string& categorie, const std::string& texte, Json details) {
    const auto code = domain::CodeTerritoire::parse(geste.dossier.territoire);
    const auto table = geste.context.lieux.territoires();
    const auto* territoire = code ? table->find(*code) : nullptr;
    const int annee = core::Zone::findOrParis(territoire != nullptr ? territoire->fuseau : "").yearOf(geste.le);
    details["injonction"] = geste.dossier.reference;
    details["deposeLe"] = core::toRfc3339(geste.dossier.creeLe);
    details["statut"] = "NEED_VALIDATION";
    const auto reference = donnerReference(geste.transaction, geste.dossier.uuid, annee);
    saveBascule(geste.transaction, geste.dossier.uuid, geste.le);
    geste.dossier.reference = reference.value_or(geste.dossier.reference);
    return noterActe(geste, categorie, texte, std::move(details));
}

Json enJson(const Acte& acte) {
    return {{"id", acte.id},       {"auteur", acte.auteur},   {"categorie", acte.categorie},
            {"texte", acte.texte}, {"details", acte.details}, {"creeLe", core::toRfc3339(acte.creeLe)}};
}

std::string motDuCorps(const Json& corps, const char* champ) {
    const auto found = corps.find(champ);
    if (found == corps.end() || !found->is_string()) return {};
    return std::string(core::trim(found->get_ref<const std::string&>()));
}

std::string texteDuCorps(const Json& corps, const char* champ) {
    auto text = motDuCorps(corps, champ);
    const auto refusal = refusDuTexte(text);
    if (refusal.empty()) return text;
    throw core::Error(core::ErrorKind::InvalidInput, "donnees_invalides", "Vérifiez ce que vous avez écrit.",
                      {{champ, std::string(refusal), std::string(motsDuRefus(refusal))}});
}

std::string texteFacultatif(const Json& corps, const char* champ) {
    return motDuCorps(corps, champ).empty() ? std::string() : texteDuCorps(corps, champ);
}

core::Error dossierIntrouvable() {
    return {core::ErrorKind::NotFound, "dossier_introuvable", "Nous ne trouvons pas ce dossier."};
}

core::Error actionImpossible(const std::string& message) {
    return {core::ErrorKind::Forbidden, "action_impossible", message};
}

}  // namespace histologe::intake
