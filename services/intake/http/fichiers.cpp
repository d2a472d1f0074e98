#include "services/intake/http/fichiers.hpp"

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/files/media_type.hpp"
#include "libs/http/etag.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/store/dossiers.hpp"
#include "services/intake/store/fichiers.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

Error introuvable() { return {ErrorKind::NotFound, "fichier_introuvable", "Ce fichier n'existe pas ou n'existe plus."}; }

// The same whether it does not exist or is not his to see.
Error signalementIntrouvable() {
    return {ErrorKind::NotFound, "signalement_introuvable", "Ce signalement n'existe pas."};
}

bool estUsager(const auth::Principal& qui) { return auth::isBoundToOneSignalement(qui.role); }

bool peutVoir(postgres::Connection& session, const auth::Principal& qui, const std::string& signalement) {
    const auto dossier = findDossier(session, signalement);
    return dossier && auth::maySee(qui, *dossier);
}

bool peutModifier(postgres::Connection& session, const auth::Principal& qui, const std::string& signalement) {
    const auto dossier = findDossier(session, signalement);
    return dossier && auth::mayEdit(qui, *dossier);
}

// What an agent sent is not a usager's to change.
bool estDUnUsager(const FichierVu& fichier) { return !fichier.deposePar || usagerDe(*fichier.deposePar).has_value(); }

std::string ressource(const std::string& id, std::string_view variante) { return id + "/" + std::string(variante); }

std::string versionDe(const FichierVu& fichier) {
    return std::to_string(fichier.modifieLe.time_since_epoch().count());
}
std::string etagDe(const FichierVu& fichier) { return http::etag(versionDe(fichier)); }

class Fichiers {
  public:
    explicit Fichiers(FichiersContext context) : context_(std::move(context)) {}

    http::Response lister(const http::Request& request) const {
        const auto& qui = auth::bearer(request);
        const auto signalement = request.pathParameters.get("uuid");
        // A usager's door is his space: his session counts, and what he has accepted.
        if (estUsager(qui)) {
            voirDossier(context_.espace, request, [&](Geste& geste) {
                if (geste.dossier.uuid != signalement) throw signalementIntrouvable();
                geste.exiger(Action::Voir, "Ce dossier n'est plus accessible.");
                return http::Response::noContent();
            });
        }
        const auto session = context_.pool.acquire();
        if (!peutVoir(*session, qui, signalement)) throw signalementIntrouvable();
        auto liste = Json::array();
        for (const auto& fichier : fichiersDuSignalement(*session, signalement)) {
            if (estUsager(qui) && fichier.visibilite == "AGENTS") continue;
            liste.push_back(montrer(fichier));
        }
        return http::Response::json(200, {{"fichiers", liste}}).header("Cache-Control", "no-store");
    }

    // What an agent sent belongs to the dossier from here on: all that he names, or nothing.
    http::Response ajouter(const http::Request& request) const {
        const auto& qui = agentOf(request);
        const auto signalement = request.pathParameters.get("uuid");
        const auto session = context_.pool.acquire();
        const auto dossier = findDossier(*session, signalement);
        if (!dossier || !auth::maySee(qui, *dossier)) throw signalementIntrouvable();
        if (!auth::mayEdit(qui, *dossier)) {
            throw Error(ErrorKind::Forbidden, "dossier_non_modifiable", "Vous ne pouvez pas ajouter de fichier à ce dossier.");
        }
        const auto& demandes = request.json.at("fichiers");
        postgres::Transaction transaction(*session);
        const auto joints = joindreFichiers(transaction, signalement, demandes, qui.subject, context_.clock.now());
        std::vector<core::Violation> violations;
        for (std::size_t i = 0; i < demandes.size(); ++i) {
            if (joints.contains(demandes[i].at("cle").get<std::string>())) continue;
            violations.push_back({"fichiers[" + std::to_string(i) + "].cle", "fichier_inconnu",
                                  "Ce fichier n'est plus disponible. Envoyez-le de nouveau."});
        }
        if (!violations.empty()) refuser(std::move(violations));
        transaction.commit();
        auto liste = Json::array();
        for (const auto& [cle, id] : joints) {
            if (const auto fichier = trouverFichier(*session, id)) liste.push_back(montrer(*fichier));
        }
        return http::Response::created("/signalements/" + signalement + "/fichiers", {{"fichiers", liste}});
    }

    http::Response donner(const http::Request& request) const {
        const auto id = request.pathParameters.get("id");
        const auto variante = request.query.get("variante", "original");
        const auto expire = core::Instant(std::chrono::seconds(request.query.integer("expire").value_or(0)));
        if (!context_.signer.verify(ressource(id, variante), expire, request.query.get("signature"),
                                    context_.clock.now())) {
            throw Error(ErrorKind::Forbidden, "lien_refuse", "Ce lien n'est pas valable ou ne l'est plus.");
        }
        std::optional<FichierVu> fichier;
        {
            const auto session = context_.pool.acquire();
            fichier = trouverFichier(*session, id);
        }
        if (!fichier || fichier->etat != "DISPONIBLE") throw introuvable();
        const auto& cle = variante == "moyenne" ? fichier->cleMoyenne
                        : variante == "vignette" ? fichier->cleVignette
                                                 : fichier->cleOriginal;
        if (!cle) throw introuvable();
        http::Response response;
        try {
            response = http::Response::text(200, fichier->typeMime, context_.store.read(*cle));
        } catch (const std::exception& error) {
            core::log::error("file_unreadable", {{"fileId", fichier->id}, {"why", error.what()}});
            throw Error(ErrorKind::Unavailable, "stockage_indisponible",
                        "Les fichiers ne peuvent pas être lus pour le moment. Réessayez dans un instant.");
        }
        // Only pictures are shown; what could hold a script is saved by the browser, and has no rights if it is opened.
        const bool montrable = files::isImage(fichier->typeMime) && fichier->cleVignette && !fichier->suspect;
        response.header("Content-Disposition", montrable ? "inline" : "attachment")
            .header("Content-Security-Policy", "default-src 'none'; sandbox")
            .header("X-Content-Type-Options", "nosniff")
            .header("Cache-Control", "private, max-age=300");
        return response;
    }

    http::Response modifier(const http::Request& request) const {
        return changer(request, [&](postgres::Transaction& transaction, FichierVu& fichier, const auth::Principal& qui) {
            const auto& demande = request.json;
            if (demande.contains("titre")) fichier.titre = demande.at("titre").get<std::string>();
            if (demande.contains("description")) fichier.description = demande.at("description").get<std::string>();
            if (demande.contains("type")) fichier.type = demande.at("type").get<std::string>();
            if (demande.contains("visibilite")) {
                if (estUsager(qui)) {
                    throw Error(ErrorKind::Forbidden, "visibilite_reservee", "Seul un agent peut choisir qui voit un fichier.");
                }
                fichier.visibilite = demande.at("visibilite").get<std::string>();
            }
            fichier.modifieLe = context_.clock.now();
            modifierFichier(transaction, fichier, fichier.modifieLe);
            return http::Response::json(200, montrer(fichier)).header("ETag", etagDe(fichier));
        });
    }

    http::Response supprimer(const http::Request& request) const {
        const auto retirer = [&](postgres::Transaction& transaction, FichierVu& fichier, const auth::Principal& qui) {
            const auto now = context_.clock.now();
            supprimerFichier(transaction, fichier.id, now);
            dire(transaction, fichier, qui, now);
            return http::Response::noContent();
        };
        auto response = changer(request, retirer, "documents_retires");
        context_.espace.outbox.announce();
        return response;
    }

  private:
    // Others may hold a copy, or show it.
    void dire(postgres::Transaction& transaction, const FichierVu& fichier, const auth::Principal& qui,
              core::Instant now) const {
        Json data = {{"fichierId", fichier.id},
                     {"typeMime", fichier.typeMime},
                     {"type", fichier.type},
                     {"visibilite", fichier.visibilite},
                     {"supprimeLe", core::toRfc3339(now)}};
        if (!fichier.desordre.empty()) data["desordre"] = fichier.desordre;
        if (!estUsager(qui)) {
            data["agent"] = {{"compte", qui.subject},
                             {"role", std::string(nameOf(qui.role))},
                             {"partenaire", qui.partenaires.empty() ? Json(nullptr) : Json(qui.partenaires.front())}};
        }
        const auto& outbox = context_.espace.outbox;
        outbox.add(transaction, outbox.make("fichier.supprime", fichier.signalement, std::move(data)));
    }

    template <typename Change>
    http::Response changer(const http::Request& request, const Change& change, const char* acte = nullptr) const {
        const auto& qui = auth::bearer(request);
        if (estUsager(qui)) {
            return faireGeste(context_.espace, request,
                              [&](Geste& geste) { return changerDUsager(geste, request, qui, change, acte); });
        }
        const auto session = context_.pool.acquire();
        const auto trouve = trouverFichier(*session, request.pathParameters.get("id"));
        if (!trouve || trouve->signalement.empty()) throw introuvable();
        if (!peutModifier(*session, qui, trouve->signalement)) throw introuvable();
        service::noteSignalement(trouve->signalement);
        postgres::Transaction transaction(*session);
        auto response = changerVerrouille(transaction, request, qui, change);
        transaction.commit();
        return response;
    }

    template <typename Change>
    http::Response changerVerrouille(postgres::Transaction& transaction, const http::Request& request,
                                     const auth::Principal& qui, const Change& change) const {
        auto fichier = verrouillerFichier(transaction, request.pathParameters.get("id"));
        if (!fichier) throw introuvable();
        http::requireMatch(request, versionDe(*fichier));
        return change(transaction, *fichier, qui);
    }

    template <typename Change>
    http::Response changerDUsager(Geste& geste, const http::Request& request, const auth::Principal& qui,
                                  const Change& change, const char* acte) const {
        const auto fichier = verrouillerFichier(geste.transaction, request.pathParameters.get("id"));
        const bool estVisible =
            fichier && fichier->signalement == geste.dossier.uuid && fichier->visibilite != "AGENTS";
        if (!estVisible) throw introuvable();
        geste.exiger(Action::Joindre, "Les fichiers de ce dossier ne peuvent plus être changés.");
        if (!estDUnUsager(*fichier)) throw actionImpossible("Ce fichier a été ajouté par un service : il ne peut pas être changé ici.");
        auto response = changerVerrouille(geste.transaction, request, qui, change);
        if (acte != nullptr) noterActe(geste, "SIGNALEMENT_EDITED_FO", "", {{"section", acte}, {"fichiers", 1}});
        return response;
    }

    Json montrer(const FichierVu& fichier) const {
        Json vu = {{"id", fichier.id},
                   {"titre", fichier.titre},
                   {"typeMime", fichier.typeMime},
                   {"octets", fichier.octets},
                   {"etat", fichier.etat},
                   {"type", fichier.type},
                   {"description", fichier.description},
                   {"visibilite", fichier.visibilite},
                   {"suspect", fichier.suspect},
                   {"recuLe", core::toRfc3339(fichier.recuLe)},
                   {"etag", etagDe(fichier)},
                   {"liens", Json::object()}};
        if (fichier.etat == "EN_COURS") vu["etat"] = "A_EXAMINER";  // leases are nobody else's business
        if (!fichier.desordre.empty()) vu["desordre"] = fichier.desordre;
        if (fichier.prisLe) vu["prisLe"] = *fichier.prisLe;
        if (fichier.etat != "DISPONIBLE") return vu;
        const auto expire = std::chrono::floor<std::chrono::seconds>(context_.clock.now() + context_.linkLife);
        const auto lien = [&](std::string_view variante) {
            return "/fichiers/" + fichier.id + "?variante=" + std::string(variante) +
                   "&expire=" + std::to_string(expire.time_since_epoch().count()) +
                   "&signature=" + context_.signer.sign(ressource(fichier.id, variante), expire);
        };
        vu["liens"]["original"] = lien("original");
        if (fichier.cleMoyenne) vu["liens"]["moyenne"] = lien("moyenne");
        if (fichier.cleVignette) vu["liens"]["vignette"] = lien("vignette");
        return vu;
    }

    FichiersContext context_;
};

}  // namespace

void bindFichiers(http::Router& router, FichiersContext context) {
    const auto fichiers = std::make_shared<const Fichiers>(context);
    const auto bind = [&](const char* operation, http::Response (Fichiers::*handler)(const http::Request&) const) {
        router.bind(operation, service::traced(context.pool, context.clock, [fichiers, handler](const auto& request) {
                        return (*fichiers.*handler)(request);
                    }));
    };
    bind("getFichiersSignalement", &Fichiers::lister);
    bind("addFichiersSignalement", &Fichiers::ajouter);
    bind("patchFichier", &Fichiers::modifier);
    bind("deleteFichier", &Fichiers::supprimer);
    // Opened by its signed link, by nobody that is known.
    router.bind("getFichier", [fichiers](const auto& request) { return fichiers->donner(request); });
}

}  // namespace histologe::intake
