#include "services/intake/domain/secours.hpp"

#include <algorithm>

#include "libs/core/text.hpp"
#include "services/intake/domain/desordres_choisis.hpp"
#include "services/intake/domain/saisie.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::string_view kAutre = "desordres_service_secours_autre";
constexpr std::string_view kChoix[] = {"oui", "non", "nsp"};
constexpr std::size_t kMostFiles = 50;
constexpr std::size_t kLongestKey = 255;

struct Derniere {
    DesordresChoisis desordres;
    std::optional<std::string> autresOccupants;
    std::vector<std::string> fichiers;
};

// The step of the désordres, put into the words of agents' drafts.
class LectureDeLaDerniere {
  public:
    LectureDeLaDerniere(const desordres::Catalogue& catalogue, std::vector<core::Violation>& violations)
        : catalogue_(catalogue), violations_(violations) {}

    Derniere mener(const Json& corps) {
        if (!corps.is_object()) {
            noter("", "type_invalide", "Le contenu doit être un objet JSON.");
            return {};
        }
        for (const auto& [nom, valeur] : corps.items()) {
            if (!valeur.is_null()) champ(nom, valeur);
        }
        derniere_.desordres = lireDesordres(catalogue_, desordres::Contexte::ServiceSecours, choix_, violations_);
        if (violations_.empty() && derniere_.desordres.precisions.empty()) {
            noter("desordres", "obligatoire", "Choisissez au moins un désordre.");
        }
        return std::move(derniere_);
    }

  private:
    void noter(std::string nom, const char* code, const char* message) {
        violations_.push_back({std::move(nom), code, message});
    }

    void champ(const std::string& nom, const Json& valeur) {
        if (nom == "desordres") return cases(valeur);
        if (nom == "fichiers") return fichiers(valeur);
        if (nom == "desordreAutre") {
            choix_["precisionsLibres"][std::string(kAutre)] = valeur;
        } else if (nom == "autresOccupantsDesordre") {
            const bool estUnChoix =
                valeur.is_string() && std::find(std::begin(kChoix), std::end(kChoix),
                                                valeur.get_ref<const std::string&>()) != std::end(kChoix);
            if (!estUnChoix) return noter(nom, "choix_inconnu", "Choisissez une des réponses proposées.");
            derniere_.autresOccupants = valeur.get<std::string>();
        } else {
            noter(nom, "champ_inconnu", "Cette étape n'a pas de champ de ce nom.");
        }
    }

    void cases(const Json& valeur) {
        if (!valeur.is_array()) return noter("desordres", "type_invalide", "Une liste de désordres est attendue.");
        choix_["desordres"] = Json::array();
        for (const auto& slug : valeur) choix_["desordres"].push_back({{"critere", slug}});
    }

    void fichiers(const Json& valeur) {
        const bool sontDesCles = valeur.is_array() && valeur.size() <= kMostFiles &&
                                 std::all_of(valeur.begin(), valeur.end(), [](const Json& un) {
                                     return un.is_string() && un.get_ref<const std::string&>().size() <= kLongestKey;
                                 });
        if (!sontDesCles) return noter("fichiers", "type_invalide", "Une liste de fichiers est attendue.");
        derniere_.fichiers = valeur.get<std::vector<std::string>>();
    }

    const desordres::Catalogue& catalogue_;
    std::vector<core::Violation>& violations_;
    Json choix_ = Json::object();
    Derniere derniere_;
};

ContexteDeSection pourLesSecours(ContexteDeSection contexte) {
    contexte.profil = Profil::ServiceSecours;
    contexte.ouvertSeulement = true;
    return contexte;
}

}  // namespace

std::string slugDe(std::string_view nom) {
    std::string slug;
    for (const char c : core::fold(nom)) {
        const bool isKept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (isKept) {
            slug += c;
        } else if (!slug.empty() && slug.back() != '-') {
            slug += '-';
        }
    }
    while (slug.ends_with('-')) slug.pop_back();
    return slug.empty() ? "secours" : slug;
}

bool estEtapeDesSecours(std::string_view nom) noexcept {
    return nom == kEtapeDesordres || sectionNommee(etapesDesSecours(), nom) != nullptr;
}

std::vector<core::Violation> examinerEtapeDesSecours(std::string_view nom, const Json& corps,
                                                     const desordres::Catalogue& catalogue,
                                                     const ContexteDeSection& contexte) {
    if (nom == kEtapeDesordres) {
        std::vector<core::Violation> violations;
        static_cast<void>(LectureDeLaDerniere(catalogue, violations).mener(corps));
        return violations;
    }
    Valeurs valeurs;
    return examinerEtape(*sectionNommee(etapesDesSecours(), nom), corps, pourLesSecours(contexte), valeurs);
}

DeclarationDesSecours lireDeclaration(const Json& corps, const ServiceSecours& service,
                                      const desordres::Catalogue& catalogue, const ContexteDeSection& contexte) {
    DeclarationDesSecours declaration;
    const auto ajouter = [&](std::string_view etape, std::vector<core::Violation> violations) {
        for (auto& v : violations) {
            v.champ = v.champ.empty() ? std::string(etape) : std::string(etape) + "." + v.champ;
            declaration.violations.push_back(std::move(v));
        }
    };
    for (const auto& [nom, valeur] : corps.items()) {
        if (!estEtapeDesSecours(nom)) ajouter(nom, {{"", "champ_inconnu", "Ce formulaire n'a pas d'étape de ce nom."}});
    }
    auto& fiche = declaration.fiche;
    fiche = ficheVide();
    fiche.contenu["profilDeclarant"] = codeDe(Profil::ServiceSecours);
    for (const auto& section : etapesDesSecours()) {
        Valeurs valeurs;
        const auto etape = corps.value(std::string(section.nom), Json::object());
        ajouter(section.nom, examinerEtape(section, etape, pourLesSecours(contexte), valeurs));
        appliquerEtape(section, valeurs, fiche);
    }
    std::vector<core::Violation> violations;
    const auto derniere =
        LectureDeLaDerniere(catalogue, violations).mener(corps.value(std::string(kEtapeDesordres), Json::object()));
    ajouter(kEtapeDesordres, std::move(violations));
    if (!declaration.violations.empty()) return declaration;

    appliquerDesordres(derniere.desordres, fiche);
    if (derniere.autresOccupants && texteEn(fiche.contenu, "/logement/nature") == "appartement") {
        fiche.contenu["logement"]["autresOccupantsDesordre"] = *derniere.autresOccupants;
    }
    acheverFiche(fiche);
    auto& declarant = fiche.contenu["declarant"];
    declarant["structure"] = service.nom;
    declarant["courriel"] = service.courriel;
    declarant["telephone"] = service.telephone;
    declaration.fichiers = derniere.fichiers;
    return declaration;
}

}  // namespace histologe::intake
