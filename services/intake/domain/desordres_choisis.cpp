#include "services/intake/domain/desordres_choisis.hpp"

#include <algorithm>
#include <set>

#include "libs/core/text.hpp"
#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using desordres::Catalogue;
using desordres::Contexte;

constexpr std::size_t kMostDesordres = 200;
constexpr std::size_t kLongestDetails = 10'000;
constexpr std::size_t kLongestWords = 5000;
constexpr std::string_view kKnownMembers[] = {"details", "desordres", "precisionsLibres"};
// Critères that say nothing without the words that go with them.
constexpr std::string_view kNeedWords[] = {"desordres_batiment_nuisibles_autres", "desordres_logement_nuisibles_autres",
                                           "desordres_service_secours_autre"};
// Précisions whose height in centimetres may be told.
constexpr std::string_view kPlafond = "desordres_logement_lumiere_plafond_trop_bas";

class Lecture {
  public:
    Lecture(const Catalogue& catalogue, Contexte contexte, std::vector<core::Violation>& violations)
        : catalogue_(catalogue), contexte_(contexte), violations_(violations) {}

    DesordresChoisis mener(const Json& corps) {
        if (!corps.is_object()) {
            noter("", "type_invalide", "Le contenu doit être un objet JSON.");
            return {};
        }
        for (const auto& [nom, valeur] : corps.items()) {
            if (std::find(std::begin(kKnownMembers), std::end(kKnownMembers), nom) == std::end(kKnownMembers)) {
                noter(nom, "champ_inconnu", "Cette étape n'a pas de champ de ce nom.");
            }
        }
        details(corps);
        desordres(corps);
        precisionsLibres(corps);
        for (const auto precision : precisions_) {
            choisis_.precisions.push_back(catalogue_.precision(static_cast<desordres::PrecisionIndex>(precision)).slug);
        }
        return std::move(choisis_);
    }

  private:
    void noter(std::string champ, std::string code, std::string message) {
        violations_.push_back({std::move(champ), std::move(code), std::move(message)});
    }

    std::string texte(const Json& valeur, const std::string& champ, std::size_t longest) {
        if (valeur.is_null()) return {};
        if (!valeur.is_string()) {
            noter(champ, "type_invalide", "Un texte est attendu.");
            return {};
        }
        std::string lu(core::trim(valeur.get_ref<const std::string&>()));
        const Mesure mesure = mesurer(lu);
        if (mesure.interdits)
            noter(champ, "caractere_interdit", "Ce texte contient un caractère qui ne peut pas être enregistré.");
        if (mesure.caracteres > longest)
            noter(champ, "trop_long", "Ce texte est limité à " + std::to_string(longest) + " caractères.");
        return lu;
    }

    void details(const Json& corps) {
        if (const auto place = corps.find("details"); place != corps.end()) {
            choisis_.details = texte(*place, "details", kLongestDetails);
        }
    }

    void desordres(const Json& corps) {
        const auto place = corps.find("desordres");
        if (place == corps.end() || place->is_null()) return;
        if (!place->is_array() || place->size() > kMostDesordres) {
            return noter("desordres", "type_invalide", "Une liste de désordres est attendue.");
        }
        for (std::size_t i = 0; i < place->size(); ++i) desordre(place->at(i), "desordres[" + std::to_string(i) + "]");
    }

    void desordre(const Json& choix, const std::string& champ) {
        if (!choix.is_object() || !choix.contains("critere") || !choix.at("critere").is_string()) {
            return noter(champ, "type_invalide", "Un désordre nomme son critère.");
        }
        const auto slug = choix.at("critere").get<std::string>();
        const auto index = catalogue_.findCritere(slug);
        if (!index || catalogue_.categories()[catalogue_.critere(*index).categorie].contexte != contexte_) {
            return noter(champ + ".critere", "critere_inconnu", "Le critère « " + slug + " » n'existe pas.");
        }
        if (!criteres_.insert(*index).second) {
            return noter(champ + ".critere", "critere_en_double", "Ce critère est choisi deux fois.");
        }
        const auto& critere = catalogue_.critere(*index);
        const auto nommees = slugs(choix, champ);
        if (!nommees) return;
        if (nommees->empty()) {
            if (critere.precisions.size() != 1) {
                return noter(champ + ".precisions", "obligatoire",
                             "Choisissez au moins une précision pour ce désordre.");
            }
            precisions_.insert(critere.precisions.front());
            return;
        }
        for (const auto& nom : *nommees) precision(critere, *index, nom, nommees->size(), champ + ".precisions");
    }

    std::optional<std::vector<std::string>> slugs(const Json& choix, const std::string& champ) {
        std::vector<std::string> noms;
        const auto place = choix.find("precisions");
        if (place == choix.end() || place->is_null()) return noms;
        const bool isList = place->is_array() &&
                            std::all_of(place->begin(), place->end(), [](const Json& one) { return one.is_string(); });
        if (!isList) {
            noter(champ + ".precisions", "type_invalide", "Une liste de précisions est attendue.");
            return std::nullopt;
        }
        for (const auto& nom : *place) noms.push_back(nom.get<std::string>());
        return noms;
    }

    void precision(const desordres::Critere& critere, desordres::CritereIndex index, const std::string& nom,
                   std::size_t combien, const std::string& champ) {
        const auto precision = catalogue_.findPrecision(nom);
        if (!precision || catalogue_.precision(*precision).critere != index) {
            return noter(champ, "precision_inconnue", "La précision « " + nom + " » n'existe pas pour ce désordre.");
        }
        if (catalogue_.precision(*precision).unique && combien > 1) {
            return noter(champ, "precision_exclusive",
                         "Cette précision ne va pas avec une autre du désordre « " + critere.libelle + " ».");
        }
        precisions_.insert(*precision);
    }

    bool estChoisi(const std::string& slug) const {
        if (const auto critere = catalogue_.findCritere(slug); critere && criteres_.contains(*critere)) return true;
        const auto precision = catalogue_.findPrecision(slug);
        return precision && precisions_.contains(*precision);
    }

    void precisionsLibres(const Json& corps) {
        if (const auto place = corps.find("precisionsLibres"); place != corps.end() && !place->is_null()) {
            if (!place->is_object())
                return noter("precisionsLibres", "type_invalide", "Des textes par désordre sont attendus.");
            for (const auto& [slug, valeur] : place->items()) mots(slug, valeur);
        }
        for (const auto slug : kNeedWords) {
            const auto critere = catalogue_.findCritere(std::string(slug));
            if (!critere || !criteres_.contains(*critere) || choisis_.precisionsLibres.contains(std::string(slug)))
                continue;
            noter("precisionsLibres." + std::string(slug), "obligatoire", "Décrivez ce désordre en quelques mots.");
        }
    }

    void mots(const std::string& slug, const Json& valeur) {
        const auto champ = "precisionsLibres." + slug;
        if (!estChoisi(slug)) return noter(champ, "sans_objet", "Ce désordre n'est pas choisi.");
        if (slug.starts_with(kPlafond)) {
            const auto taille = valeur.is_number()   ? std::optional(valeur.get<double>())
                                : valeur.is_string() ? nombreDe(valeur.get_ref<const std::string&>())
                                                     : std::nullopt;
            if (!taille || *taille <= 0 || *taille >= 1000) {
                return noter(champ, "nombre_attendu", "Une hauteur en centimètres est attendue.");
            }
            choisis_.precisionsLibres[slug] = texteDe(*taille);
            return;
        }
        auto lu = texte(valeur, champ, kLongestWords);
        if (!lu.empty()) choisis_.precisionsLibres[slug] = std::move(lu);
    }

    const Catalogue& catalogue_;
    const Contexte contexte_;
    std::vector<core::Violation>& violations_;
    DesordresChoisis choisis_;
    std::set<desordres::CritereIndex> criteres_;
    std::set<desordres::PrecisionIndex> precisions_;
};

}  // namespace

DesordresChoisis lireDesordres(const Catalogue& catalogue, Contexte contexte, const Json& corps,
                               std::vector<core::Violation>& violations) {
    return Lecture(catalogue, contexte, violations).mener(corps);
}

void appliquerDesordres(const DesordresChoisis& choisis, Fiche& fiche) {
    fiche.contenu["message"] = choisis.details.empty() ? std::string("N/C") : choisis.details;
    auto& libres = fiche.contenu["precisionsLibres"];
    if (!libres.is_object()) libres = Json::object();
    libres.update(choisis.precisionsLibres);
    fiche.reponses["precisionsChoisies"] = choisis.precisions;
}

bool declareUnDesordre(const Catalogue& catalogue, const Json& reponses) {
    return !desordres::precisionsOf(catalogue, reponses).empty();
}

}  // namespace histologe::intake
