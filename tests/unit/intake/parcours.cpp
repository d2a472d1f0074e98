#include "tests/unit/intake/parcours.hpp"

#include <algorithm>
#include <stdexcept>

namespace histologe::intake::essais {
namespace {

constexpr const char* kFinale = "validation_signalement";
constexpr const char* kComplements = "informations_complementaires";

std::string type(const Json& composant) {
    return composant.at("type").get<std::string>().substr(std::string("SignalementForm").size());
}

std::string texteDe(const Json& valeur) {
    return valeur.is_string() ? valeur.get<std::string>() : valeur.dump();
}

double nombreDe(const Json& valeur) {
    if (valeur.is_number()) return valeur.get<double>();
    return valeur.is_string() && !valeur.get_ref<const std::string&>().empty() ? std::stod(valeur.get<std::string>())
                                                                              : 0;
}

}  // namespace

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
    imposer(estOccupant(profil) ? "signalement_concerne_profil_detail_occupant" : "signalement_concerne_profil_detail_tiers",
            motDe(profil));
}

// --- Conditions ---------------------------------------------------------------------------------------------------

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
    const bool social = reponse(profil == Profil::ServiceSecours ? "signalement_concerne_logement_social_service_secours"
                                                                 : "signalement_concerne_logement_social_autre_tiers") ==
                        "oui";
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
        if (profil == Profil::Bailleur || profil == Profil::BailleurOccupant || !social || prevenu == "nsp") return false;
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

// --- Answers ------------------------------------------------------------------------------------------------------

bool Parcours::estRequis(const Json& composant) const {
    return composant.contains("validate") && composant["validate"].value("required", false);
}

bool Parcours::aReponse(const Json& composant) const {
    const auto it = reponses_.find(composant.at("slug").get<std::string>());
    return it != reponses_.end() && !it->is_null() && *it != "";
}

std::string Parcours::courriel(std::size_t maximum) {
    const std::string fin = monde_.marque + "@exemple.fr";
    if (pile(80)) return "p" + std::to_string(tirer(1000)) + fin;
    return std::string(std::min<std::size_t>(maximum - fin.size(), 40), 'a') + fin;
}

std::string Parcours::nombre(const Json& composant) {
    const Json& regles = composant.at("validate");
    const auto pris = [this](unsigned minimum, unsigned maximum) {
        return std::to_string(pile(10) ? (pile(50) ? minimum : maximum) : minimum + tirer(std::min(maximum, minimum + 5) - minimum + 1));
    };
    if (const auto it = regles.find("check"); it != regles.end()) {
        if (it->at("rule") == "int_range") return pris(it->at("gt").get<unsigned>() + 1, it->at("lt").get<unsigned>() - 1);
        if (it->at("rule") == "le_field") {
            return pris(0, static_cast<unsigned>(nombreDe(reponses_.value(it->at("field").get<std::string>(), Json("1")))));
        }
    }
    return pile(90) ? pris(1, 1200) : std::string(regles.at("maxLength").get<unsigned>(), '9');
}

Json Parcours::texte(const Json& composant) {
    const Json& regles = composant.at("validate");
    const auto motif = regles.value("pattern", std::string());
    if (motif.starts_with("^(0[1-9]")) {
        const std::string mois = std::to_string(1 + tirer(7));
        return "0" + mois + (pile(60) ? "/2026" : "/2019");
    }
    if (motif == "^[0-9]{4}$") return std::to_string(1900 + tirer(120));
    if (motif == "^[0-9]*$") return std::to_string(150 + tirer(100));
    if (!motif.empty()) throw std::runtime_error("no text is known of the pattern " + motif);
    const auto maximum = regles.at("maxLength").get<std::size_t>();
    const bool lignes = type(composant) == "Textarea";
    if (lignes && pile(30)) return "Première ligne.\nSeconde ligne.";
    if (pile(80)) return std::string(std::min<std::size_t>(maximum, 4), 'b');
    std::string accents;
    for (std::size_t i = 0; i < std::min<std::size_t>(maximum, 300); ++i) accents += "é";
    return accents;
}

void Parcours::choisir(const std::string& ecran, const Json& composant) {
    const auto slug = composant.at("slug").get<std::string>();
    Json valeur = imposees_.value(slug, Json());
    if (valeur.is_null()) {
        const Json& valeurs = composant.at("values");
        valeur = valeurs.at(tirer(static_cast<unsigned>(valeurs.size()))).at("value");
    }
    reponses_[slug] = valeur;
    choisis_.insert(ecran + '/' + slug + '=' + texteDe(valeur));
}

void Parcours::cocherPieces(const std::string& ecran, const Json& composant) {
    const auto slug = composant.at("slug").get<std::string>();
    std::vector<std::string> offertes;
    for (const Json& piece : composant.at("values")) {
        if (visible(piece)) offertes.push_back(piece.at("value"));
    }
    const auto premiere = tirer(static_cast<unsigned>(offertes.size()));
    reponses_[slug] = 1;
    for (std::size_t i = 0; i < offertes.size(); ++i) {
        if (i != premiere && !pile(40)) continue;
        reponses_[offertes[i]] = 1;
        choisis_.insert(ecran + '/' + slug + '=' + offertes[i]);
    }
}

void Parcours::choisirCategories(const Json& composant) {
    Json choisies = Json::array();
    for (const Json& categorie : composant.at("components").at("body")) {
        if (humeur_ == Humeur::RienDeclarer || !visible(categorie)) continue;
        if (humeur_ == Humeur::ToutDeclarer || pile(35)) choisies.push_back(categorie.at("slug"));
    }
    // `categorieDisorders.<zone>`
    const auto cle = composant.at("stores").at(0).get<std::string>();
    const auto point = cle.find('.');
    reponses_[cle.substr(0, point)][cle.substr(point + 1)] = choisies;
}

void Parcours::adresse(const std::string& slug) {
    struct Lieu {
        const char *voie, *codePostal, *commune, *insee, *territoire;
    };
    static constexpr Lieu kLieux[] = {{"78 Rue de la République", "13002", "Marseille", "13202", "13"},
                                      {"3 Rue du Port", "34000", "Montpellier", "34172", "34"},
                                      {"12 bis Cours Lafayette", "69003", "Lyon", "69383", "69A"}};
    const Lieu& lieu = kLieux[tirer(3)];
    const std::string rue = lieu.voie + monde_.marque;
    reponses_[slug] = rue + ' ' + lieu.codePostal + ' ' + lieu.commune;
    reponses_[slug + "_suggestion"] = rue;
    reponses_[slug + "_detail_numero"] = rue;
    reponses_[slug + "_detail_code_postal"] = lieu.codePostal;
    reponses_[slug + "_detail_commune"] = lieu.commune;
    reponses_[slug + "_detail_insee"] = lieu.insee;
    reponses_[slug + "_detail_manual"] = pile(30) ? Json(1) : Json(nullptr);
    reponses_[slug + "_detail_geoloc_lat"] = 43.3;
    reponses_[slug + "_detail_geoloc_lng"] = 5.4;
    if (slug.starts_with("adresse_logement")) territoire_ = lieu.territoire;
}

void Parcours::televerser(const Json& composant) {
    if (!monde_.televersements || humeur_ == Humeur::Laconique || !pile(30)) return;
    reponses_[composant.at("storedIn").get<std::string>()] = {
        {{"file", "2026/08/essai.jpg"}, {"filePath", "tmp/2026/08/essai.jpg"}, {"titre", "essai.jpg"}}};
}

bool Parcours::veutRepondre(const Json& composant) {
    const auto slug = composant.at("slug").get<std::string>();
    if (estRequis(composant) || imposees_.contains(slug)) return true;
    if (slug.starts_with("desordres_")) return humeur_ == Humeur::ToutDeclarer || pile(45);
    return humeur_ != Humeur::Laconique && pile(65);
}

void Parcours::effacer(const std::string& ecran) {
    for (const auto& composant : composants(ecran)) reponses_.erase(composant.json->at("slug").get<std::string>());
}

void Parcours::repondreA(const Composant& composant) {
    const Json& json = *composant.json;
    const auto slug = json.at("slug").get<std::string>();
    const auto ecran = composant.nom.substr(0, composant.nom.find('/'));
    const auto genre = type(json);
    if (genre == "Button" || genre == "Subscreen" || genre == "DisorderCategoryItem" || aReponse(json)) return;
    if (genre == "DisorderCategoryList") return choisirCategories(json);
    if (genre == "Upload" || genre == "UploadPhotos" || genre == "UploadDocuments") return televerser(json);
    if (!veutRepondre(json)) return;
    if (genre == "OnlyChoice" || genre == "Select") return choisir(ecran, json);
    if (genre == "RoomList") return cocherPieces(ecran, json);
    if (genre == "Checkbox") {
        reponses_[slug] = 1;
        choisis_.insert(ecran + '/' + slug + "=1");
    } else if (genre == "Address") {
        adresse(slug);
    } else if (genre == "Phonefield") {
        reponses_[slug] = pile(80) ? "0639980001" : "3210007";
        reponses_[slug + "_countrycode"] = reponses_[slug] == "0639980001" ? "FR:33" : "KM:269";
        if (pile(30)) reponses_[slug + "_secondaire"] = "0639980002";
        reponses_[slug + "_secondaire_countrycode"] = "FR:33";
    } else if (genre == "Autocomplete") {
        for (const Json& cle : json.at("stores")) reponses_[cle.get<std::string>()] = "Habitat Imaginaire";
        reponses_[slug] = "Habitat Imaginaire";
    } else if (genre == "Emailfield") {
        reponses_[slug] = courriel(json.at("validate").at("maxLength").get<std::size_t>());
    } else if (genre == "Date") {
        reponses_[slug] = std::to_string(1950 + tirer(70)) + "-0" + std::to_string(1 + tirer(9)) + "-28";
    } else if (genre == "Counter") {
        reponses_[slug] = nombre(json);
    } else if (genre == "Textfield" || genre == "Textarea") {
        reponses_[slug] = texte(json);
    } else {
        throw std::runtime_error("no component is called " + genre);
    }
    if (imposees_.contains(slug)) reponses_[slug] = imposees_[slug];
}

void Parcours::repondre(const std::string& ecran) {
    std::set<std::string> proposes;
    // An answer may show another question, before or after.
    for (int fois = 0; fois < 3; ++fois) {
        for (const auto& prevu : composants(ecran)) {
            // What was answered since may have hidden it.
            for (const auto& composant : composants(ecran)) {
                if (composant.nom != prevu.nom) continue;
                if (composant.visible && proposes.insert(composant.nom).second) repondreA(composant);
                const auto slug = composant.json->at("slug").get<std::string>();
                if (composant.json->contains("defaultDisplay") && !aReponse(*composant.json)) {
                    reponses_[slug] = composant.json->at("defaultDisplay");
                }
            }
        }
    }
    for (const auto& composant : composants(ecran)) {
        (composant.visible ? montres_ : caches_).insert(composant.nom);
        const auto genre = type(*composant.json);
        if (composant.visible && genre != "Button" && estRequis(*composant.json) && !aReponse(*composant.json)) {
            impasse_ = composant.nom + " is required and cannot be answered";
        }
    }
}

// --- Ways ---------------------------------------------------------------------------------------------------------

std::size_t Parcours::categories(const std::string& zone) const {
    const auto it = reponses_.find("categorieDisorders");
    return it == reponses_.end() || !it->contains(zone) ? 0 : it->at(zone).size();
}

std::vector<const Json*> Parcours::sorties(const std::string& ecran) const {
    std::vector<const Json*> toutes;
    for (const auto& composant : composants(ecran)) {
        if (!composant.visible || type(*composant.json) != "Button") continue;
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
        if (!composant.visible || type(*composant.json) != "Button") continue;
        const Json& navigation = composant.json->at("navigation");
        if (!navigation.value("back", false)) continue;
        ++combien;
        // From what was said of the building, one may also choose its subjects again.
        if (navigation.at("target") == "desordres_batiment") continue;
        if (navigation.at("verb") == "goto" && navigation.at("target") != avant) {
            retours_.push_back(composant.nom + " leads to " + navigation.at("target").get<std::string>() + ", not to " + avant);
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
        if (sortie.contains("clears")) reponses_["categorieDisorders"][sortie["clears"].get<std::string>()] = Json::array();
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
