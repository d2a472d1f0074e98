// Signalements as agents read and change them.

#include <memory>

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/domain/lieu.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/modification.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using domain::StatutDossier;
using http::Request;
using http::Response;

// The same whether it does not exist or is not his to see.
Error unknownSignalement() {
    return {ErrorKind::NotFound, "signalement_introuvable", "Nous ne trouvons pas ce signalement."};
}

std::string uuidOf(const Request& request) {
    auto uuid = request.pathParameters.get("uuid");
    if (!core::isUuid(uuid)) throw unknownSignalement();
    return uuid;
}

const Section& sectionOf(const Request& request) {
    const auto* section = sectionNommee(sectionsModifiables(), request.pathParameters.get("section"));
    if (section == nullptr) throw Error(ErrorKind::NotFound, "section_inconnue", "Cette rubrique n'existe pas.");
    return *section;
}

// A super admin edits whatever the status. Everybody else: an active dossier, and the address also before it is
// validated; whether somebody lives there is said by those who run the territoire (SIGN_EDIT_ACTIVE, SIGN_EDIT_ADDRESS,
// SIGN_SWITCH_LOGEMENT_VACANT of the reference of permissions).
bool mayEditSection(const auth::Principal& bearer, const auth::DossierVise& dossier, SectionId section) {
    if (!auth::mayEdit(bearer, dossier)) return false;
    const bool isNew = dossier.statut == StatutDossier::Nouveau;
    if (section == SectionId::LogementVacant) {
        const bool runsIt = bearer.isSuperAdmin() || bearer.role == auth::Role::ResponsableTerritoire;
        return runsIt && (isNew || dossier.statut == StatutDossier::EnCours);
    }
    if (bearer.isSuperAdmin() || dossier.statut == StatutDossier::EnCours) return true;
    return section == SectionId::Adresse && isNew;
}

// Who declares his own dwelling has no tiers to be edited.
void requirePurpose(const FicheGardee& gardee, SectionId section) {
    const auto profil = profilDuDeclarant(gardee.fiche.contenu);
    if (section != SectionId::CoordonneesTiers || !profil || !estOccupant(*profil)) return;
    if (texteEn(gardee.fiche.contenu, "/declarant/courriel")) return;
    throw Error(ErrorKind::Conflict, "section_sans_objet", "Ce signalement n'a pas de tiers déclarant.");
}

Json describe(const FicheGardee& gardee) {
    Json sections = Json::object();
    for (const auto& section : sectionsModifiables()) {
        sections[std::string(section.nom)] = valeursDe(section, gardee.fiche.contenu);
    }
    return {{"uuid", gardee.uuid},
            {"reference", gardee.reference},
            {"statut", gardee.statut},
            {"territoire", gardee.dossier.territoire},
            {"source", gardee.source},
            {"importe", gardee.importe},
            {"version", gardee.version},
            {"creeLe", core::toRfc3339(gardee.creeLe)},
            {"modifieLe", gardee.modifieLe ? Json(core::toRfc3339(*gardee.modifieLe)) : Json(nullptr)},
            {"contenu", gardee.fiche.contenu},
            {"sections", std::move(sections)}};
}

// A page is asked for by what the last one ended with.
struct Page {
    std::optional<long long> before;
    long long limit = 25;
};
Page pageOf(const Request& request) {
    Page page{request.query.integer("curseur"), request.query.integer("limite").value_or(25)};
    if (request.query.has("curseur") && !page.before) {
        throw Error(ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.");
    }
    return page;
}
Response paged(const Request& request, Json body, std::size_t count, const Page& page, long long last) {
    auto response = Response::json(200, body);
    if (static_cast<long long>(count) == page.limit) {
        response.header("Link", http::nextPage(request, std::to_string(last)));
    }
    return response;
}

class Fiches {
  public:
    explicit Fiches(AgentsContext context) : context_(context) {}

    Response get(const Request& request) const {
        const auto gardee = visible(request);
        const auto version = std::to_string(gardee.version);
        if (http::isNotModified(request, version)) return http::notModified(version);
        return Response::json(200, describe(gardee)).header("ETag", http::etag(version));
    }

    Response getSection(const Request& request) const {
        const auto& section = sectionOf(request);
        const auto gardee = visible(request);
        return Response::json(200, {{"section", section.nom}, {"valeurs", valeursDe(section, gardee.fiche.contenu)}})
            .header("ETag", http::etag(gardee.version));
    }

    Response modify(const Request& request) const {
        const auto& bearer = agentOf(request);
        const auto& section = sectionOf(request);
        const auto uuid = uuidOf(request);
        const auto now = context_.clock.now();
        auto session = context_.pool.acquire();
        postgres::Transaction transaction(*session);
        auto gardee = lockFiche(transaction, uuid);
        if (!gardee || !auth::maySee(bearer, gardee->dossier)) throw unknownSignalement();
        if (!mayEditSection(bearer, gardee->dossier, section.id)) {
            throw Error(ErrorKind::Forbidden, "modification_interdite",
                        "Vous ne pouvez pas modifier cette rubrique de ce signalement.");
        }
        http::requireMatch(request, std::to_string(gardee->version));
        requirePurpose(*gardee, section.id);
        auto contexte =
            contexteDe(gardee->fiche.contenu, aujourdhuiDans(context_.lieux, gardee->dossier.territoire, now));
        contexte.exigences = !gardee->importe;
        connaitreLesLieux(contexte, context_.lieux);
        const auto adresseAvant = cleAdresseDe(gardee->fiche.contenu);
        const auto batimentAvant = texteEn(gardee->fiche.contenu, "/adresse/rnbId");
        auto modification = modifier(section, withTodaysCode(section, request.json), gardee->fiche, contexte);
        if (!modification.violations.empty()) refuser(std::move(modification.violations));
        if (!modification.changements.empty()) {
            gardee->fiche = std::move(modification.fiche);
            const bool estAilleurs = cleAdresseDe(gardee->fiche.contenu) != adresseAvant;
            if (estAilleurs) forgetPlace(gardee->fiche);
            const bool estUnAutre = estAilleurs || texteEn(gardee->fiche.contenu, "/adresse/rnbId") != batimentAvant;
            ecrireModification(transaction, context_.outbox, *gardee, std::string(section.nom),
                               {bearer.subject, std::string(nameOf(bearer.role))}, modification.changements, now, estUnAutre);
            transaction.commit();
            context_.outbox.announce();
            ++gardee->version;
        }
        return Response::json(200, {{"section", section.nom},
                                    {"valeurs", valeursDe(section, gardee->fiche.contenu)},
                                    {"changements", enJson(modification.changements)},
                                    {"version", gardee->version}})
            .header("ETag", http::etag(gardee->version));
    }

    Response history(const Request& request) const {
        const auto gardee = visible(request);
        const auto page = pageOf(request);
        auto session = context_.pool.acquire();
        const auto all = findModifications(*session, gardee.uuid, page.before, page.limit);
        Json list = Json::array();
        for (const auto& one : all) {
            list.push_back({{"version", one.version},
                            {"section", one.section},
                            {"compte", one.compte},
                            {"role", one.role},
                            {"le", core::toRfc3339(one.le)},
                            {"changements", one.changements}});
        }
        return paged(request, {{"modifications", std::move(list)}}, all.size(), page,
                     all.empty() ? 0 : all.back().version);
    }

    // Who looked and who changed is for those who run the territoire.
    Response accesses(const Request& request) const {
        const auto& bearer = agentOf(request);
        const auto gardee = visible(request);
        if (!bearer.isSuperAdmin() && bearer.role != auth::Role::ResponsableTerritoire) {
            throw Error(ErrorKind::Forbidden, "responsables_seulement",
                        "Seuls les responsables du territoire voient ces traces.");
        }
        const auto page = pageOf(request);
        auto session = context_.pool.acquire();
        const auto all = service::findAcces(*session, gardee.uuid, page.before, page.limit);
        Json list = Json::array();
        for (const auto& one : all) {
            list.push_back({{"compte", one.compte},
                            {"role", one.role},
                            {"operation", one.operation},
                            {"issue", one.issue ? Json(*one.issue) : Json(nullptr)},
                            {"le", core::toRfc3339(one.le)}});
        }
        return paged(request, {{"acces", std::move(list)}}, all.size(), page, all.empty() ? 0 : all.back().rang);
    }

  private:
    // An address with the code that its commune has today.
    Json withTodaysCode(const Section& section, const Json& body) const {
        if (section.id != SectionId::Adresse || !body.is_object()) return body;
        const auto text = [&](const char* name) {
            const auto place = body.find(name);
            return place != body.end() && place->is_string() ? place->get<std::string>() : std::string();
        };
        auto changed = body;
        if (!text("insee").empty()) changed["insee"] = inseeActuel(*context_.lieux.communes(), text("codePostal"), text("insee"));
        return changed;
    }

    // The position and the building were those of another address.
    static void forgetPlace(Fiche& fiche) {
        auto& adresse = fiche.contenu["adresse"];
        adresse["geoloc"] = nullptr;
        adresse["rnbId"] = nullptr;
    }

    FicheGardee visible(const Request& request) const {
        const auto& bearer = agentOf(request);
        const auto uuid = uuidOf(request);
        auto session = context_.pool.acquire();
        auto gardee = findFiche(*session, uuid);
        if (!gardee || !auth::maySee(bearer, gardee->dossier)) throw unknownSignalement();
        return std::move(*gardee);
    }

    AgentsContext context_;
};

}  // namespace

void bindFiches(http::Router& router, AgentsContext context) {
    const auto fiches = std::make_shared<const Fiches>(context);
    const auto bind = [&](const char* operation, Response (Fiches::*handler)(const Request&) const) {
        router.bind(operation, service::traced(context.pool, context.clock, [fiches, handler](const Request& request) {
                        return (*fiches.*handler)(request);
                    }));
    };
    bind("getSignalement", &Fiches::get);
    bind("getSection", &Fiches::getSection);
    bind("modifierSection", &Fiches::modify);
    bind("listModifications", &Fiches::history);
    bind("listAcces", &Fiches::accesses);
}

}  // namespace histologe::intake
