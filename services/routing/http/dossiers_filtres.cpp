#include "services/routing/http/dossiers_filtres.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "libs/auth/base64url.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/core/zone.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "services/routing/domain/recherche_absents.hpp"
#include "services/routing/domain/recherche_mots.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;

// What waits in a dossier, and what ties it to the reader: `oui` asks for it.
struct FiltreDAttente {
    std::string_view nom;
    Attente attente;
};
constexpr FiltreDAttente kAttentes[] = {
    {"usagerAbandonProcedure", Attente::AbandonDemande}, {"relanceUsagerSansReponse", Attente::RelanceSansReponse},
    {"isNouveauMessage", Attente::NouveauMessage},       {"isMessageWithoutResponse", Attente::MessageSansReponse},
    {"isDossiersSansActivite", Attente::SansActivite},   {"isDossiersSansAgent", Attente::SansAgent},
    {"isMessagePostCloture", Attente::MessageApresCloture},
    {"isActiviteRecente", Attente::ActiviteRecente},     {"showMySignalementsOnly", Attente::SuiviParMoi},
    {"mesSuivis", Attente::EcritParMoi}};
constexpr std::string_view kFiltres[] = {
    "territoire",    "searchTerms",    "status",           "communes",              "epcis",
    "zones",         "dateDepotDebut", "dateDepotFin",     "dateDernierSuiviDebut", "dateDernierSuiviFin",
    "partenaires",   "bailleurSocial", "typeDernierSuivi", "statusAffectation",     "typeDeclarant",
    "natureParc",    "allocataire",    "enfantsM6",        "procedure",             "motifCloture",
    "createdFrom",   "isImported",     "situation",        "occupationLogement",    "injonction"};
constexpr std::string_view kAucun = "AUCUN";

[[noreturn]] void refuser(const char* code, const std::string& champ, const char* detail, const char* message) {
    throw Error(ErrorKind::InvalidInput, code, message, {{champ, detail, message}});
}

// The filter that a name means: lists may be written `communes[]`, as browsers do.
std::string_view sansCrochets(std::string_view nom) {
    return nom.ends_with("[]") ? nom.substr(0, nom.size() - 2) : nom;
}

std::vector<std::string> liste(const http::Parameters& query, const std::string& nom) {
    auto valeurs = query.values(nom);
    for (auto& valeur : query.values(nom + "[]")) valeurs.push_back(std::move(valeur));
    return valeurs;
}

std::optional<std::string> texte(const http::Parameters& query, std::string_view nom) {
    const auto* valeur = query.find(nom);
    return valeur == nullptr ? std::nullopt : std::optional(*valeur);
}

std::string enCapitales(std::string valeur) {
    for (char& c : valeur) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return valeur;
}

bool sontChiffres(std::string_view valeur) {
    return !valeur.empty() && std::all_of(valeur.begin(), valeur.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::chrono::year_month_day> jour(const http::Parameters& query, const std::string& nom) {
    const auto valeur = texte(query, nom);
    if (!valeur) return std::nullopt;
    // The contract has seen to the form: YYYY-MM-DD.
    const auto partie = [&](std::size_t debut, std::size_t taille) {
        int nombre = 0;
        std::from_chars(valeur->data() + debut, valeur->data() + debut + taille, nombre);
        return nombre;
    };
    if (valeur->size() == 10) {
        const std::chrono::year_month_day lu{std::chrono::year(partie(0, 4)),
                                             std::chrono::month(static_cast<unsigned>(partie(5, 2))),
                                             std::chrono::day(static_cast<unsigned>(partie(8, 2)))};
        if (lu.ok()) return lu;
    }
    refuser("requete_invalide", nom, "date_invalide", "Cette date n'existe pas.");
}

Periode periode(const http::Parameters& query, const std::string& nom, const core::Zone& zone) {
    Periode lue;
    if (const auto debut = jour(query, nom + "Debut")) lue.depuis = zone.startOf(*debut);
    // The last day is part of it, to its end.
    if (const auto fin = jour(query, nom + "Fin")) {
        lue.avant = zone.startOf(std::chrono::year_month_day(std::chrono::sys_days(*fin) + std::chrono::days(1)));
    }
    return lue;
}

core::Zone zoneDe(const std::optional<std::string>& demande, const auth::Principal& lecteur, const AnnuaireCharge& annuaire) {
    auto code = demande.value_or("");
    if (code.empty() && lecteur.territoires.size() == 1) code = lecteur.territoires.front();
    const auto territoire = domain::CodeTerritoire::parse(code);
    const auto* trouve = territoire ? annuaire.territoires->find(*territoire) : nullptr;
    return trouve == nullptr ? core::Zone::paris() : core::Zone::findOrParis(trouve->fuseau);
}

void lireMots(const http::Parameters& query, Recherche& recherche) {
    const auto cherche = std::string(core::trim(query.get("searchTerms")));
    if (cherche.empty()) return;
    const auto tiret = cherche.find('-');
    const bool estReference = tiret == 4 && cherche.size() <= 11 && sontChiffres(cherche.substr(0, 4)) &&
                              sontChiffres(cherche.substr(5));
    if (estReference) {
        recherche.reference = cherche;
    } else if (cherche.size() == 5 && sontChiffres(cherche)) {
        recherche.codePostalCherche = cherche;
    } else {
        recherche.mots = requeteDeMots(cherche);
    }
}

void lireCommunes(const http::Parameters& query, Recherche& recherche) {
    for (const auto& demandee : liste(query, "communes")) {
        if (demandee.size() == 5 && (sontChiffres(demandee) || sontChiffres(demandee.substr(2)))) {
            recherche.codesPostaux.push_back(demandee);
            continue;
        }
        const auto pliee = core::fold(demandee);
        auto nom = demandee;
        for (const auto* ville : {"Marseille", "Lyon", "Paris"}) {
            if (core::fold(ville) == pliee) nom = ville;
        }
        for (const auto& une : domain::expandVille(nom)) recherche.communes.push_back(core::fold(une));
    }
}

void lirePerimetres(const http::Parameters& query, const Annuaire& annuaire, Recherche& recherche) {
    if (const auto epcis = liste(query, "epcis"); !epcis.empty()) {
        recherche.codesInsee.emplace();
        for (const auto& epci : annuaire.contenu().epcis) {
            if (std::find(epcis.begin(), epcis.end(), epci.code.valeur) == epcis.end()) continue;
            for (const auto& commune : epci.communes) recherche.codesInsee->emplace_back(commune.view());
        }
    }
    if (const auto zones = liste(query, "zones"); !zones.empty()) {
        recherche.surfaces.emplace();
        for (const auto& zone : annuaire.contenu().zones) {
            if (std::find(zones.begin(), zones.end(), zone.id.valeur) == zones.end()) continue;
            for (auto& surface : surfacesDe(zone.wkt)) {
                recherche.surfaces->push_back({std::string(zone.territoire.view()), std::move(surface)});
            }
        }
    }
}

std::vector<std::string> sources(const std::string& demandee) {
    if (demandee == "formulaire-usager") return {"FORM_USAGER_V1", "FORM_USAGER_V2", "IMPORT"};
    if (demandee == "formulaire-pro") return {"FORM_PRO_BO", "API", "FORM_SERVICE_SECOURS"};
    return {demandee};
}

template <typename Valeur, std::size_t taille>
std::optional<Valeur> choix(const http::Parameters& query, const char* nom, const std::array<std::string_view, taille>& noms) {
    const auto valeur = texte(query, nom);
    const auto place = valeur ? std::find(noms.begin(), noms.end(), *valeur) : noms.end();
    if (place == noms.end()) return std::nullopt;
    return static_cast<Valeur>(place - noms.begin());
}

constexpr std::array<std::string_view, 4> kStatuts = {"nouveau", "en_cours", "ferme", "refuse"};
constexpr std::array<std::string_view, 7> kAffectations = {
    "accepte",          "en_attente", "refuse", "aucune_affectation_acceptee", "cloture_un_partenaire",
    "cloture_tous_partenaire", "cloture_commune"};
constexpr std::array<std::string_view, 5> kTris = {"reference", "nomOccupant", "lastSuiviAt", "villeOccupant", "createdAt"};

bool estCleDe(Tri tri, const std::string& cle) {
    switch (tri) {
        case Tri::Reference: return sontChiffres(cle) && cle.size() <= 18;
        case Tri::DernierSuivi:
        case Tri::Depot: return cle == "-infinity" || core::parseInstant(cle).has_value();
        case Tri::NomOccupant:
        case Tri::Commune: return cle.find('\0') == std::string::npos;
    }
    return false;
}

[[noreturn]] void refuserFiltre(const std::string& nom) {
    const auto raison = raisonDAbsence(sansCrochets(nom));
    if (raison.empty()) refuser("parametre_inconnu", nom, "inconnu", "Ce filtre n'existe pas.");
    const auto message = "Ce filtre n'est pas encore ouvert. " + std::string(raison);
    throw Error(ErrorKind::InvalidInput, "parametre_inconnu", message, {{nom, "absent", message}});
}

}  // namespace

bool estFiltre(std::string_view nom) noexcept {
    return std::find(std::begin(kFiltres), std::end(kFiltres), nom) != std::end(kFiltres) ||
           std::any_of(std::begin(kAttentes), std::end(kAttentes), [&](const auto& un) { return un.nom == nom; });
}

Recherche lireFiltres(const http::Parameters& query, const auth::Principal& lecteur, const AnnuaireCharge& annuaire,
                      core::Instant le, std::initializer_list<std::string_view> autres) {
    for (const auto& [nom, valeur] : query.all()) {
        const auto filtre = sansCrochets(nom);
        if (!estFiltre(filtre) && std::find(autres.begin(), autres.end(), nom) == autres.end()) {
            refuserFiltre(nom);
        }
        if (valeur.find('\0') != std::string::npos) {
            refuser("requete_invalide", nom, "valeur_invalide", "Cette valeur n'est pas acceptée.");
        }
    }
    Recherche recherche;
    recherche.territoire = texte(query, "territoire");
    lireMots(query, recherche);
    recherche.statut = choix<StatutCherche>(query, "status", kStatuts);
    lireCommunes(query, recherche);
    lirePerimetres(query, *annuaire.annuaire, recherche);
    const auto zone = zoneDe(recherche.territoire, lecteur, annuaire);
    recherche.depot = periode(query, "dateDepot", zone);
    recherche.dernierSuivi = periode(query, "dateDernierSuivi", zone);
    for (auto& partenaire : liste(query, "partenaires")) {
        if (partenaire == kAucun) {
            recherche.aucunPartenaire = true;
        } else {
            recherche.partenaires.push_back(std::move(partenaire));
        }
    }
    recherche.bailleur = texte(query, "bailleurSocial");
    recherche.dernierSuiviPar = texte(query, "typeDernierSuivi");
    recherche.affectation = choix<AffectationCherchee>(query, "statusAffectation", kAffectations);
    if (const auto profil = texte(query, "typeDeclarant")) recherche.profil = enCapitales(*profil);
    recherche.parc = texte(query, "natureParc");
    recherche.allocataire = texte(query, "allocataire");
    recherche.enfants = texte(query, "enfantsM6");
    if (const auto procedure = texte(query, "procedure")) recherche.procedure = enCapitales(*procedure);
    if (const auto motif = texte(query, "motifCloture")) recherche.motifCloture = enCapitales(*motif);
    if (const auto source = texte(query, "createdFrom")) recherche.sources = sources(*source);
    for (const auto& [nom, attente] : kAttentes) {
        if (query.has(nom)) recherche.attentes.push_back(attente);
    }
    if (const auto occupation = texte(query, "occupationLogement")) recherche.vacant = *occupation == "logement_vacant";
    if (const auto injonction = texte(query, "injonction")) recherche.injonction = *injonction == "oui";
    recherche.bailEnCours = query.has("situation");
    recherche.le = le;
    recherche.avecImportes = query.get("isImported") == "oui";
    return recherche;
}

Ordre lireOrdre(const http::Parameters& query) {
    Ordre ordre;
    ordre.tri = choix<Tri>(query, "sortBy", kTris).value_or(Tri::Reference);
    ordre.croissant = enCapitales(query.get("direction", "DESC")) == "ASC";
    return ordre;
}

std::string ecrireCurseur(const Repere& repere, const Ordre& ordre) {
    return auth::toBase64url(
        core::dumpJson(core::Json::array({static_cast<int>(ordre.tri), ordre.croissant, repere.cle, repere.signalement})));
}

std::optional<Repere> lireCurseur(const http::Parameters& query, const Ordre& ordre) {
    const auto curseur = texte(query, "curseur");
    if (!curseur) return std::nullopt;
    const Error invalide(ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.");
    const auto octets = auth::fromBase64url(*curseur);
    if (!octets || !core::isUtf8(*octets)) throw invalide;
    core::Json lu;
    try {
        lu = core::parseJson(*octets, 2);
    } catch (const Error&) {
        throw invalide;
    }
    const bool aLaForme = lu.is_array() && lu.size() == 4 && lu[0] == static_cast<int>(ordre.tri) &&
                          lu[1] == ordre.croissant && lu[2].is_string() && lu[3].is_string();
    if (!aLaForme) throw invalide;
    Repere repere{lu[2].get<std::string>(), lu[3].get<std::string>()};
    if (!estCleDe(ordre.tri, repere.cle) || !core::isUuid(repere.signalement)) throw invalide;
    return repere;
}

Emprise lireEmprise(const std::string& texte) {
    const auto parties = core::split(texte, ',');
    std::array<double, 4> bords{};
    for (std::size_t i = 0; i < bords.size() && i < parties.size(); ++i) {
        std::from_chars(parties[i].data(), parties[i].data() + parties[i].size(), bords[i]);
    }
    const auto [ouest, sud, est, nord] = bords;
    if (parties.size() != 4 || ouest > est || sud > nord) {
        refuser("requete_invalide", "emprise", "emprise_invalide", "Cette emprise n'existe pas.");
    }
    return {ouest, sud, est, nord};
}

}  // namespace histologe::routing
