#include "tests/unit/intake/parcours.hpp"

#include <algorithm>
#include <stdexcept>

namespace histologe::intake::essais {
namespace {

constexpr const char* kFinale = "validation_signalement";
constexpr const char* kComplements = "informations_complementaires";

double nombreDe(const Json& valeur) {
    if (valeur.is_number()) return valeur.get<double>();
    return valeur.is_string() && !valeur.get_ref<const std::string&>().empty() ? std::stod(valeur.get<std::string>())
                                                                               : 0;
}

}  // namespace

std::string genreDe(const Json& composant) {
    return composant.at("type").get<std::string>().substr(std::string("SignalementForm").size());
}

Questionnaire::Questionnaire(Profil profil, const std::function<Json(const std::string&)>& source) : profil_(profil) {
    const std::string nom(motDe(profil));
    for (const std::string& liste : {std::string("questions-tous"), "questions-" + nom, "desordres-" + nom}) {
        for (const Json& ecran : source(liste)) {
            const auto slug = ecran.at("slug").get<std::string>();
            if (!ecrans_.emplace(slug, ecran).second) throw std::runtime_error("two screens are called " + slug);
            if (liste.starts_with("desordres-")) desordres_.push_back(slug);
        }
    }
}

const Json& Questionnaire::ecran(const std::string& slug) const {
    const auto it = ecrans_.find(slug);
    if (it == ecrans_.end()) throw std::runtime_error("no screen is called " + slug);
    return it->second;
}

Parcours::Parcours(const Questionnaire& questionnaire, Monde monde, unsigned graine)
    : questionnaire_(questionnaire), monde_(std::move(monde)), alea_(graine) {
    const Profil profil = questionnaire.profil();
    imposer("signalement_concerne_profil", estOccupant(profil) ? "logement_occupez" : "autre_logement");
    imposer(estOccupant(profil) ? "signalement_concerne_profil_detail_occupant"
                                : "signalement_concerne_profil_detail_tiers",
            motDe(profil));
}

bool Parcours::vraie(const Json& condition) const {
    const auto est = [this](const Json& partie) { return vraie(partie); };
    if (condition.contains("all")) return std::all_of(condition["all"].begin(), condition["all"].end(), est);
    if (condition.contains("any")) return std::any_of(condition["any"].begin(), condition["any"].end(), est);
    if (condition.contains("not")) return !vraie(condition["not"]);
    if (condition.contains("fn")) {
        const bool valeur = fonction(condition["fn"], condition.value("args", Json::array()));
        return condition.contains("op") ? Json(valeur) == condition["value"] : valeur;
    }
    const auto it = reponses_.find(condition.at("field").get<std::string>());
    const bool definie = it != reponses_.end();
    const std::string op = condition.at("op");
    if (op == "eq") return definie && *it == condition["value"];
    if (op == "ne") return !definie || *it != condition["value"];
    if (op == "gt") return definie && !it->is_null() && nombreDe(*it) > condition["value"].get<double>();
    if (op == "is_defined") return definie;
    if (op == "not_empty") return definie && !it->is_null() && *it != "";
    throw std::runtime_error("no operation is called " + op);
}

bool Parcours::fonction(const std::string& nom, const Json& arguments) const {
    const Profil profil = questionnaire_.profil();
    const auto reponse = [this](const char* cle) { return reponses_.value(cle, Json()); };
    const bool social =
        reponse(profil == Profil::ServiceSecours ? "signalement_concerne_logement_social_service_secours"
                                                 : "signalement_concerne_logement_social_autre_tiers") == "oui";
    const Json prevenu = reponse("info_procedure_bailleur_prevenu");
    if (nom == "hasDesordre") {
        const auto debut = arguments.at(0).get<std::string>();
        for (const auto& [cle, valeur] : reponses_.items()) {
            if (cle.find(debut) != std::string::npos && !valeur.is_null()) return true;
        }
        return false;
    }
    if (nom == "shouldInjonctionBailleurSuggested") {
        return profil == Profil::Locataire && !social && prevenu == "oui" &&
               monde_.territoiresInjonction.count(territoire_) == 1;
    }
    if (nom == "shouldDisplayPrevenirBailleurInfo") {
        if (profil == Profil::Bailleur || profil == Profil::BailleurOccupant || !social || prevenu == "nsp")
            return false;
        if (prevenu != "oui") return true;
        const Json mois = reponse("info_procedure_bail_date");
        if (!mois.is_string() || mois.get<std::string>().size() != 7) return true;
        const int ecoules = monde_.annee * 12 + monde_.mois - std::stoi(mois.get<std::string>().substr(3)) * 12 -
                            std::stoi(mois.get<std::string>().substr(0, 2));
        return ecoules < 2;
    }
    throw std::runtime_error("no function is called " + nom);
}

bool Parcours::visible(const Json& composant) const {
    return !composant.contains("show") || vraie(composant["show"]);
}

std::vector<Composant> Parcours::composants(const std::string& ecran) const {
    std::vector<Composant> tous;
    std::map<std::string, int> rangs;
    const std::function<void(const Json&, bool)> parcourir = [&](const Json& liste, bool montree) {
        for (const char* place : {"body", "footer"}) {
            if (!liste.contains(place)) continue;
            for (const Json& composant : liste[place]) {
                const auto slug = composant.at("slug").get<std::string>();
                const bool oui = montree && visible(composant);
                tous.push_back({ecran + '/' + slug + '#' + std::to_string(rangs[slug]++), &composant, oui});
                if (composant.contains("components")) parcourir(composant["components"], oui);
            }
        }
    };
    parcourir(questionnaire_.ecran(ecran).at("components"), true);
    return tous;
}

std::size_t Parcours::categories(const std::string& zone) const {
    const auto it = reponses_.find("categorieDisorders");
    return it == reponses_.end() || !it->contains(zone) ? 0 : it->at(zone).size();
}

std::vector<const Json*> Parcours::sorties(const std::string& ecran) const {
    std::vector<const Json*> toutes;
    for (const auto& composant : composants(ecran)) {
        if (!composant.visible || genreDe(*composant.json) != "Button") continue;
        const Json& navigation = composant.json->at("navigation");
        const std::string verbe = navigation.at("verb");
        if (verbe == "finish" || navigation.value("back", false)) continue;
        if (navigation.contains("needs") && categories(navigation["needs"]) == 0) continue;
        toutes.push_back(&navigation);
    }
    return toutes;
}

std::string Parcours::desordreSuivant(const std::string& ecran) const {
    const std::string zone = reponses_.value("zone_concernee_zone", std::string("logement"));
    if (ecran == "ecran_intermediaire_les_desordres") {
        return zone == "logement" ? "desordres_logement" : "desordres_batiment";
    }
    const std::string ici = ecran.starts_with("desordres_batiment") ? "batiment" : "logement";
    const auto& ordre = questionnaire_.desordres();
    if (categories(ici) > 0) {
        const Json& choisies = reponses_.at("categorieDisorders").at(ici);
        auto it = std::find(ordre.begin(), ordre.end(), ecran);
        for (++it; it != ordre.end(); ++it) {
            if (std::find(choisies.begin(), choisies.end(), Json(*it)) != choisies.end()) return *it;
        }
    }
    if (ici == "logement" || zone == "batiment") return "desordres_precisions";
    return categories(ici) > 0 ? "desordres_renseignes_batiment" : "desordres_logement";
}

void Parcours::verifierRetours(const std::string& ecran) {
    // Back is where one came from; a screen that is opened again from the summary goes back to the summary.
    if (chemin_.size() < 2) return;
    const std::string& avant = chemin_[chemin_.size() - 2];
    if (avant == kFinale || avant == kComplements || avant == "signalement_incomplet") return;
    int combien = 0;
    for (const auto& composant : composants(ecran)) {
        if (!composant.visible || genreDe(*composant.json) != "Button") continue;
        const Json& navigation = composant.json->at("navigation");
        if (!navigation.value("back", false)) continue;
        ++combien;
        // From what was said of the building, one may also choose its subjects again.
        if (navigation.at("target") == "desordres_batiment") continue;
        if (navigation.at("verb") == "goto" && navigation.at("target") != avant) {
            retours_.push_back(composant.nom + " leads to " + navigation.at("target").get<std::string>() + ", not to " +
                               avant);
        }
    }
    const bool finit = sorties(ecran).empty() || ecran == "eligibilite_injonction" || ecran == "adresse_logement_intro";
    if (combien != 1 && !finit) retours_.push_back(ecran + " has " + std::to_string(combien) + " buttons back");
}

Parcours::Fin Parcours::mener(const Sauvegarde& sauvegarde) {
    std::string ecran = "introduction";
    reponses_["profil"] = motDe(questionnaire_.profil());
    int reprises = 0;
    for (int pas = 0; pas < 400; ++pas) {
        chemin_.push_back(ecran);
        repondre(ecran);
        verifierRetours(ecran);
        if (!impasse_.empty()) return Fin::Impasse;
        if (ecran == "confirmation_signalement") return Fin::Envoye;
        // The summary offers the optional questions.
        if (ecran == kFinale && questionnaire_.a(kComplements) && pile(60) &&
            chemin_[chemin_.size() - 2] != kComplements) {
            ecran = kComplements;
            continue;
        }
        auto possibles = sorties(ecran);
        // Other answers on the same screen may open the way.
        for (int essai = 0; essai < 10 && possibles.empty(); ++essai) {
            effacer(ecran);
            repondre(ecran);
            possibles = sorties(ecran);
        }
        if (possibles.empty()) {
            impasse_ = ecran + " has no way on with " + reponses_.dump();
            return Fin::Impasse;
        }
        const Json& sortie = *possibles[tirer(static_cast<unsigned>(possibles.size()))];
        if (sortie.at("verb") == "archive") return Fin::Abandonne;
        if (sortie.contains("clears"))
            reponses_["categorieDisorders"][sortie["clears"].get<std::string>()] = Json::array();
        std::string suivant =
            sortie.at("verb") == "resolve" ? desordreSuivant(ecran) : sortie.at("target").get<std::string>();
        if (sortie.value("save", false)) {
            reponses_["currentStep"] = ecran;
            const bool faite = sauvegarde(ecran, reponses_);
            if (ecran == kFinale && !faite) {
                suivant = "signalement_incomplet";
                if (++reprises > 2) return Fin::Abandonne;
            }
        }
        ecran = suivant;
    }
    impasse_ = "the form never ends";
    return Fin::Impasse;
}

}  // namespace histologe::intake::essais
