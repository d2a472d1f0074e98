#include <algorithm>

#include "libs/core/error.hpp"
#include "services/intake/http/espace_usager.hpp"
#include "services/intake/store/fiches.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

// The same words from the same person within so long are one message, sent twice by an impatient click.
constexpr std::chrono::minutes kMemeMessage{2};

std::vector<std::string> filesOf(const Json& body) {
    std::vector<std::string> keys;
    const auto found = body.find("fichiers");
    if (found == body.end()) return keys;
    constexpr std::string_view kWaiting = "tmp/";
    for (const auto& key : *found) {
        auto name = key.get<std::string>();
        // An upload is answered with the place where the form waits for it; ours has one name from the start.
        if (name.starts_with(kWaiting)) name.erase(0, kWaiting.size());
        keys.push_back(std::move(name));
    }
    std::ranges::sort(keys);
    const auto repeated = std::ranges::unique(keys);
    keys.erase(repeated.begin(), repeated.end());
    return keys;
}

void attach(Geste& geste, const std::vector<std::string>& keys) {
    if (keys.empty()) return;
    const auto attached =
        ajouterAuDossier(geste.transaction, geste.dossier.uuid, std::string(motDe(geste.personne)), keys);
    if (attached == static_cast<int>(keys.size())) return;
    throw core::Error(core::ErrorKind::InvalidInput, "fichier_inconnu", "Un des fichiers n'est plus disponible.",
                      {{"fichiers", "inconnu", "Envoyez de nouveau ce fichier."}});
}

Response said(const Acte& acte) {
    return Response::json(201, enJson(acte));
}

Response message(Geste& geste, const Json& body) {
    const auto text = texteDuCorps(body, "texte");
    const auto keys = filesOf(body);
    const bool isAfterClosure = geste.dossier.situation.statut == domain::StatutDossier::Ferme;
    const std::string category = isAfterClosure ? "MESSAGE_USAGER_POST_CLOTURE" : "MESSAGE_USAGER";
    const auto last = dernierActe(geste.transaction, geste.dossier.uuid, category, std::string(motDe(geste.personne)));
    if (last && last->texte == text && last->details.value("fichiers", std::size_t{0}) == keys.size() &&
        geste.le - last->creeLe < kMemeMessage) {
        return said(*last);
    }
    geste.exiger(Action::Ecrire,
                 isAfterClosure ? "Vous avez déjà écrit depuis la clôture du dossier, ou elle date de plus de 30 jours."
                                : "Ce dossier ne reçoit plus de message.");
    attach(geste, keys);
    return said(noterActe(geste, category, text, {{"fichiers", keys.size()}}));
}

Response files(Geste& geste, const Json& body) {
    geste.exiger(Action::Joindre, "Ce dossier ne reçoit plus de fichier.");
    const auto keys = filesOf(body);
    attach(geste, keys);
    return said(noterActe(geste, "SIGNALEMENT_EDITED_FO", "", {{"section", "documents"}, {"fichiers", keys.size()}}));
}

Response stop(Geste& geste, const Json& body) {
    if (geste.dossier.situation.abandonDemande) {
        throw core::Error(core::ErrorKind::Conflict, "abandon_deja_demande", "L'arrêt du dossier est déjà demandé.");
    }
    geste.exiger(Action::Abandonner, "Ce dossier ne peut plus être arrêté.");
    const auto motive = body.at("motif").get<std::string>();
    const auto text = texteDuCorps(body, "details");
    saveAbandon(geste.transaction, geste.dossier.uuid, true, motive);
    if (geste.dossier.situation.statut != domain::StatutDossier::Injonction) {
        return said(noterActe(geste, "DEMANDE_ABANDON_PROCEDURE", text, {{"motif", motive}}));
    }
    saveStatutUsager(geste.transaction, geste.dossier.uuid, "INJONCTION_CLOSED");
    return said(noterActe(geste, "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", text,
                          {{"motif", motive}, {"statut", "INJONCTION_CLOSED"}}));
}

Response goOn(Geste& geste, const Json& body) {
    constexpr char kCategory[] = "DEMANDE_POURSUITE_PROCEDURE";
    const auto text = texteFacultatif(body, "details");
    geste.exiger(Action::Completer, "Ce dossier n'est plus en cours.");
    if (!geste.peut(Action::Poursuivre)) {
        // Said already, by the one or the other: it is not said again.
        const auto last = dernierActe(geste.transaction, geste.dossier.uuid, kCategory);
        return Response::json(200, enJson(last.value()));
    }
    saveAbandon(geste.transaction, geste.dossier.uuid, false, {});
    return said(noterActe(geste, kCategory, text));
}

Response switchOver(Geste& geste, const Json& body) {
    const auto text = texteDuCorps(body, "details");
    geste.exiger(Action::Basculer, "Ce dossier n'est pas en démarche accélérée.");
    return said(passerEnProcedure(geste, "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER", text));
}

Response landlordTold(Geste& geste, const Json&) {
    auto gardee = lockFiche(geste.transaction, geste.dossier.uuid);
    if (!gardee) throw dossierIntrouvable();
    if (geste.dossier.situation.bailleurPrevenu) return Response::noContent();
    geste.exiger(Action::DireBailleurPrevenu, "Cette information ne peut pas être donnée ici.");
    auto& told = gardee->fiche.contenu["proprietaire"]["averti"];
    const auto before = told.is_boolean() ? std::optional<std::string>("non") : std::nullopt;
    told = true;
    noterModification(geste, gardee->fiche, "bailleur", {{"isProprioAverti", before, "oui"}});
    return Response::noContent();
}

// The landlord says that his works are done, and the usager says whether they are.
Response answerClosing(Geste& geste, const Json& body) {
    const bool isDone = body.at("reponse") == "oui";
    const auto text = isDone ? texteFacultatif(body, "details") : texteDuCorps(body, "details");
    geste.exiger(Action::RepondreCloture, "Le bailleur n'a pas demandé la clôture de ce dossier.");
    if (!isDone) return said(passerEnProcedure(geste, "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER", text));
    constexpr char kMotive[] = "TRAVAUX_FAITS_OU_EN_COURS";
    saveAbandon(geste.transaction, geste.dossier.uuid, true, kMotive);
    saveStatutUsager(geste.transaction, geste.dossier.uuid, "INJONCTION_CLOSED");
    return said(noterActe(geste, "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", text,
                          {{"motif", kMotive}, {"statut", "INJONCTION_CLOSED"}}));
}

}  // namespace

void bindGestesUsager(http::Router& router, const EspaceContext& context) {
    const auto bind = [&router, context](const char* operation, Response (*act)(Geste&, const Json&)) {
        router.bind(operation, [context, act](const Request& request) {
            return faireGeste(context, request, [&](Geste& geste) { return act(geste, request.json); });
        });
    };
    bind("sendUsagerMessage", message);
    bind("addUsagerFichiers", files);
    bind("stopUsagerProcedure", stop);
    bind("continueUsagerProcedure", goOn);
    bind("switchUsagerProcedure", switchOver);
    bind("noteUsagerBailleurPrevenu", landlordTold);
    bind("answerUsagerCloture", answerClosing);
}

}  // namespace histologe::intake
