#include "services/intake/http/espace_bailleur.hpp"

#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/store/fiches.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr char kAnswer[] = "INJONCTION_BAILLEUR_REPONSE_";
constexpr char kClosing[] = "INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR";
constexpr char kStopped[] = "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_BAILLEUR";
constexpr std::chrono::minutes kMemeMessage{2};

Json partOf(const Json& content, const char* part, std::initializer_list<const char*> names) {
    const auto object = content.value(part, Json::object());
    auto kept = Json::object();
    for (const char* name : names) kept[name] = object.value(name, Json());
    return kept;
}

Json orNull(const std::optional<Acte>& acte) {
    return acte ? enJson(*acte) : Json(nullptr);
}

// What is wrong, as it was declared. Answers that are gone say nothing.
Json defects(const desordres::Catalogue& catalogue, const std::optional<std::string>& answers) {
    auto list = Json::array();
    if (!answers) return list;
    const auto read = desordres::precisionsOf(catalogue, core::parseJson(*answers));
    for (const auto index : catalogue.criteresOf(read)) {
        const auto& critere = catalogue.critere(index);
        list.push_back({{"zone", desordres::codeOf(critere.zone)}, {"libelle", critere.libelle}});
    }
    return list;
}

// His tenant's contacts are not the landlord's: he sees who, where and what is wrong.
Response show(Geste& geste, const Json&) {
    const auto& dossier = geste.dossier;
    const auto answers = reponsesDuBrouillon(geste.transaction, dossier.uuid);
    return Response::json(
        200,
        {{"reference", dossier.reference},
         {"statut", dossier.statut},
         {"deposeLe", core::toRfc3339(dossier.creeLe)},
         {"adresse", partOf(dossier.contenu, "adresse",
                            {"voie", "codePostal", "commune", "etage", "escalier", "numeroAppartement", "complement"})},
         {"occupant", partOf(dossier.contenu, "occupant", {"nom", "prenom"})},
         {"desordres", defects(geste.context.catalogue, answers)},
         {"reponse", orNull(reponseDuBailleur(geste.transaction, dossier.uuid))},
         {"clotureDemandee", orNull(dernierActe(geste.transaction, dossier.uuid, kClosing))},
         {"droits",
          {{"repondre", geste.peut(Action::RepondreInjonction)},
           {"demanderCloture", geste.peut(Action::DemanderCloture)},
           {"ecrire", geste.peut(Action::Ecrire)}}}});
}

Response answer(Geste& geste, const Json& body) {
    const auto given = body.at("reponse").get<std::string>();
    const bool isNo = given == "NON";
    const auto text = isNo ? texteDuCorps(body, "commentaire") : texteFacultatif(body, "commentaire");
    // Once, whoever of the household clicks: said again it is what was said.
    if (const auto said = reponseDuBailleur(geste.transaction, geste.dossier.uuid)) {
        return Response::json(200, enJson(*said));
    }
    geste.exiger(Action::RepondreInjonction, "Ce dossier n'attend plus de réponse.");
    const auto category = kAnswer + given;
    const auto acte = isNo ? passerEnProcedure(geste, category, text) : noterActe(geste, category, text);
    return Response::json(201, enJson(acte));
}

Response close(Geste& geste, const Json& body) {
    const auto motive = body.at("motif").get<std::string>();
    const bool isDone = motive != "AUTRE";
    const auto text = isDone ? texteFacultatif(body, "details") : texteDuCorps(body, "details");
    const auto asked = dernierActe(geste.transaction, geste.dossier.uuid, kClosing);
    if (asked && isDone) return Response::json(200, enJson(*asked));
    geste.exiger(Action::DemanderCloture, "Ce dossier ne peut pas être clos par vous maintenant.");
    const Json details = {{"motif", motive}};
    const auto acte =
        isDone ? noterActe(geste, kClosing, text, details) : passerEnProcedure(geste, kStopped, text, details);
    return Response::json(201, enJson(acte));
}

Response message(Geste& geste, const Json& body) {
    constexpr char kCategory[] = "MESSAGE_BAILLEUR";
    const auto text = texteDuCorps(body, "texte");
    const auto last = dernierActe(geste.transaction, geste.dossier.uuid, kCategory);
    if (last && last->texte == text && geste.le - last->creeLe < kMemeMessage) {
        return Response::json(201, enJson(*last));
    }
    geste.exiger(Action::Ecrire, "Vous ne pouvez pas écrire dans ce dossier maintenant.");
    return Response::json(201, enJson(noterActe(geste, kCategory, text)));
}

}  // namespace

void bindEspaceBailleur(http::Router& router, const EspaceContext& context) {
    router.bind("getBailleurDossier", [context](const Request& request) {
        return voirDossier(context, request, [&](Geste& geste) { return show(geste, request.json); });
    });
    const auto bind = [&router, context](const char* operation, Response (*act)(Geste&, const Json&)) {
        router.bind(operation, [context, act](const Request& request) {
            return faireGeste(context, request, [&](Geste& geste) { return act(geste, request.json); });
        });
    };
    bind("answerBailleur", answer);
    bind("closeBailleur", close);
    bind("sendBailleurMessage", message);
}

}  // namespace histologe::intake
