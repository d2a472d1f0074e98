// Zones: their sheets, their shapes, and the partners that cover them or stay out of them.
#include <algorithm>

#include "services/routing/domain/droits_annuaire.hpp"
#include "services/routing/domain/formes.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/comptes.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr char kInconnue[] = "zone_inconnue";
constexpr char kMemeNom[] = "Une zone du territoire porte déjà ce nom.";

// What a body says of partners, and the member of their sheets that it is about.
constexpr std::pair<const char*, const char*> kListes[] = {{"partenaires", "zones"},
                                                           {"partenairesExclus", "zonesExclues"}};

Json resume(const FicheLue& fiche) {
    const auto& c = fiche.contenu;
    return {{"id", fiche.id},
            {"nom", c.value("nom", "")},
            {"type", c.value("type", "AUTRE")},
            {"territoire", c.value("territoire", "")},
            {"archive", fiche.archive},
            {"reparation", c.contains("reparation") ? c.at("reparation") : Json(nullptr)}};
}

class Zones {
  public:
    explicit Zones(const ContexteAnnuaire& contexte) : contexte_(contexte) {}

    Response lister(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto filtre = filtreDe(request, seance.acteur());
        return pageDe(request, "zones", listerFiches(seance.transaction(), Genre::Zone, filtre), filtre.limite, resume);
    }

    Response creer(const Request& request) const {
        // Read before anything waits for it.
        auto contenu = request.json;
        const auto forme = formeDe(contenu, true);
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        exigerDroit(gereTerritoire(seance.acteur(), territoireDe(contenu)));
        const auto listes = prises(contenu);
        verifier(seance, contenu, forme, "");
        const auto fiche = seance.creer(Genre::Zone, contenu);
        rattacher(seance, fiche, listes);
        return seance.conclureNeuve(fiche, complete(seance, fiche), "/zones");
    }

    Response lire(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        const auto fiche = demandee(seance);
        return reponse(200, complete(seance, fiche), fiche);
    }

    Response modifier(const Request& request) const {
        auto corps = request.json;
        const auto forme = formeDe(corps, false);
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        const auto listes = prises(corps);
        auto contenu = modifiee(avant.contenu, corps);
        verifier(seance, contenu, forme, avant.id);
        const auto apres = seance.changer(Genre::Zone, avant, contenu);
        rattacher(seance, apres, listes);
        return seance.conclure(apres, complete(seance, apres));
    }

    // A zone that is gone would leave a partner with its whole territory, or give it back what it was kept out of:
    // whoever archives decides that first, partner by partner.
    Response archiver(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Ecriture);
        const auto avant = aEcrire(seance);
        for (const auto& [liste, champ] : kListes) {
            if (partenairesDeLaZone(seance.transaction(), avant.id, champ).empty()) continue;
            refuserConflit("zone_utilisee", "Des partenaires couvrent encore cette zone, ou en sont exclus.", liste);
        }
        const auto apres = seance.changer(Genre::Zone, avant, avant.contenu, true);
        return seance.conclure(apres, complete(seance, apres));
    }

    Response historique(const Request& request) const {
        Seance seance(contexte_, request, Seance::Usage::Lecture);
        return seance.historique(Genre::Zone, demandee(seance).id);
    }

  private:
    static FicheLue demandee(Seance& seance) {
        return seance.demandee(Genre::Zone, "zone", kInconnue, [&](const FicheLue& fiche) {
            return gereTerritoire(seance.acteur(), territoireDe(fiche.contenu));
        });
    }

    static FicheLue aEcrire(Seance& seance) {
        auto avant = demandee(seance);
        exigerDroit(!avant.archive);
        seance.exigerVersion(avant);
        return avant;
    }

    // The shape of a body, taken out of it: WKT or GeoJSON, one of the two; none when it may stay as it is.
    static std::optional<Forme> formeDe(Json& corps, bool estRequise) {
        const bool wkt = corps.contains("wkt");
        const bool geojson = corps.contains("geojson");
        if (wkt && geojson)
            refuserSi({{"geojson", "une_seule_forme", "Donnez la géométrie en WKT ou en GeoJSON, pas les deux."}});
        if (!wkt && !geojson) {
            if (estRequise) refuserSi({{"wkt", "requis", "Donnez la géométrie de la zone, en WKT ou en GeoJSON."}});
            return std::nullopt;
        }
        auto lecture = wkt ? lireWkt(corps.at("wkt").get<std::string>()) : lireGeoJson(corps.at("geojson"));
        if (!lecture.forme) refuserSi({{wkt ? "wkt" : "geojson", lecture.code, lecture.raison}});
        corps.erase("wkt");
        corps.erase("geojson");
        return std::move(lecture.forme);
    }

    // The lists of partners of a body, taken out of it.
    static Json prises(Json& corps) {
        Json listes = Json::object();
        for (const auto& [liste, champ] : kListes) {
            if (!corps.contains(liste)) continue;
            listes[liste] = corps.at(liste);
            corps.erase(liste);
        }
        return listes;
    }

    static void verifier(Seance& seance, Json& contenu, const std::optional<Forme>& forme, const std::string& sauf) {
        refuserSi(lireZone(contenu, seance.territoires(), forme));
        if (homonyme(seance.transaction(), Genre::Zone, territoireDe(contenu), contenu.at("nom").get<std::string>(),
                     sauf)) {
            refuserConflit("nom_pris", kMemeNom, "nom");
        }
    }

    // Makes the partners of the zone those of the lists.
    static void rattacher(Seance& seance, const FicheLue& zone, const Json& listes) {
        const auto connus = referencesDe(seance.transaction(), {listes});
        const auto territoire = territoireDe(zone.contenu);
        Refus refus;
        for (const auto& [liste, champ] : kListes) {
            if (!listes.contains(liste)) continue;
            for (const auto& id : listes.at(liste)) {
                const auto un = connus.partenaires.find(id.get<std::string>());
                if (un == connus.partenaires.end() || un->second.first != territoire) {
                    refus.push_back({liste, "partenaire_inconnu",
                                     "Ce partenaire n'existe pas dans ce territoire : " + id.get<std::string>() + "."});
                }
            }
        }
        refuserSi(std::move(refus));
        for (const auto& [liste, champ] : kListes) {
            if (listes.contains(liste)) remplacer(seance, zone.id, champ, listes.at(liste));
        }
        for (const auto& couvert : partenairesDeLaZone(seance.transaction(), zone.id, "zones")) {
            const auto& exclues = couvert.contenu.value("zonesExclues", Json::array());
            if (std::find(exclues.begin(), exclues.end(), Json(zone.id)) != exclues.end()) {
                refuserSi({{"partenairesExclus", "zone_des_deux_cotes",
                            "Un partenaire ne peut pas à la fois couvrir la zone et en être exclu."}});
            }
        }
    }

    static void remplacer(Seance& seance, const std::string& zone, const char* champ, const Json& voulus) {
        auto& transaction = seance.transaction();
        const auto ecrire = [&](const FicheLue& partenaire, const std::function<void(Json&)>& changer) {
            auto contenu = partenaire.contenu;
            auto liste = contenu.value(champ, Json::array());
            changer(liste);
            contenu[champ] = liste;
            seance.changer(Genre::Partenaire, partenaire, contenu);
        };
        const auto siens = partenairesDeLaZone(transaction, zone, champ);
        for (const auto& partenaire : siens) {
            if (std::find(voulus.begin(), voulus.end(), Json(partenaire.id)) != voulus.end()) continue;
            ecrire(partenaire, [&](Json& liste) { liste.erase(std::find(liste.begin(), liste.end(), Json(zone))); });
        }
        for (const auto& id : voulus) {
            const bool estLa = std::any_of(siens.begin(), siens.end(), [&](const auto& un) { return id == un.id; });
            const auto partenaire =
                estLa ? std::nullopt : lireFiche(transaction, Genre::Partenaire, id.get<std::string>());
            const auto deja = partenaire ? partenaire->contenu.value(champ, Json::array()) : Json::array();
            if (!partenaire || std::find(deja.begin(), deja.end(), Json(zone)) != deja.end()) continue;
            ecrire(*partenaire, [&](Json& liste) { liste.push_back(zone); });
        }
    }

    static Json complete(Seance& seance, const FicheLue& fiche) {
        auto vue = resume(fiche);
        const auto wkt = fiche.contenu.value("wkt", "");
        const auto lecture = lireWkt(wkt);
        vue["wkt"] = wkt;
        vue["geojson"] = lecture.forme ? enGeoJson(lecture.forme->wkt) : Json(nullptr);
        vue["probleme"] = lecture.forme ? Json(nullptr) : Json(lecture.raison);
        for (const auto& [liste, champ] : kListes) {
            auto ids = Json::array();
            for (const auto& partenaire : partenairesDeLaZone(seance.transaction(), fiche.id, champ))
                ids.push_back(partenaire.id);
            vue[liste] = ids;
        }
        return vue;
    }

    const ContexteAnnuaire contexte_;
};

}  // namespace

void bindZones(http::Router& router, const ContexteAnnuaire& contexte) {
    const auto zones = std::make_shared<const Zones>(contexte);
    const auto bind = [&](const char* operation, Response (Zones::*methode)(const Request&) const) {
        router.bind(operation, [zones, methode](const Request& request) { return (*zones.*methode)(request); });
    };
    bind("listZones", &Zones::lister);
    bind("createZone", &Zones::creer);
    bind("getZone", &Zones::lire);
    bind("updateZone", &Zones::modifier);
    bind("archiveZone", &Zones::archiver);
    bind("listZoneHistorique", &Zones::historique);
}

}  // namespace histologe::routing
