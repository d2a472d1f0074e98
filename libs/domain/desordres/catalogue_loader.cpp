// Reads the data file of the catalogue and compiles its reading rules. Everything is checked here, once, so that
// nothing has to be checked where reports are read.
#include <cmath>

#include "libs/core/error.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/reading_plan.hpp"

namespace histologe::desordres {
namespace {

using core::Json;

core::Error invalid(const std::string& what) {
    return core::Error(core::ErrorKind::Internal, "catalogue_invalide", "Le catalogue des désordres est illisible.", {},
                       what);
}

constexpr std::array<const char*, 3> kRooms{"_piece_a_vivre", "_cuisine", "_salle_de_bain"};

int poidsOf(const Json& coef, const std::string& slug) {
    const double twentieths = coef.get<double>() * kPoidsParUnite;
    const double rounded = std::round(twentieths);
    if (rounded < 0 || rounded > 60000 || std::abs(twentieths - rounded) > 1e-6) throw invalid("weight of " + slug);
    return static_cast<int>(rounded);
}

}  // namespace

class CatalogueLoader {
  public:
    explicit CatalogueLoader(const Json& document) : document_(document), plan_(std::make_shared<ReadingPlan>()) {}

    Catalogue load() {
        catalogue_.version_ = document_.at("version").get<std::string>();
        for (const auto& entry : document_.at("categories")) addCategorie(entry);
        for (const auto& entry : document_.at("criteres")) addCritere(entry);
        for (const auto& entry : document_.at("precisions")) addPrecision(entry);
        for (const auto& critere : catalogue_.criteres_) {
            if (critere.precisions.empty()) throw invalid("no précision under " + critere.slug);
        }
        nameDwellingPrecisions();
        for (const auto name : namesOfFaits()) plan_->cles.intern(name);
        const auto& criteres = document_.at("criteres");
        for (std::size_t at = 0; at < criteres.size(); ++at)
            compile(static_cast<CritereIndex>(at), criteres[at].at("lecture"));
        catalogue_.plan_ = plan_;
        return std::move(catalogue_);
    }

  private:
    void addCategorie(const Json& entry) {
        const auto contexte = entry.at("contexte").get<std::string>();
        catalogue_.categories_.push_back({entry.at("code").get<std::string>(), entry.at("libelle").get<std::string>(),
                                          contexte == "service_secours" ? Contexte::ServiceSecours : Contexte::Usager});
    }

    void addCritere(const Json& entry) {
        Critere critere{entry.at("slug").get<std::string>(),
                        entry.at("libelle").get<std::string>(),
                        categorieNamed(entry.at("categorie").get<std::string>()),
                        entry.at("slugCategorie").get<std::string>(),
                        entry.at("libelleCategorie").get<std::string>(),
                        zoneNamed(entry.at("zone").get<std::string>()),
                        entry.at("precisionLibre").is_null() ? "" : entry.at("precisionLibre").get<std::string>(),
                        std::nullopt};
        if (const auto& name = entry.at("identifiantApi"); !name.is_null())
            critere.identifiantApi = name.get<std::string>();
        const auto index = catalogue_.criteres_.size();
        if (index == kMaxPrecisions) throw invalid("too many critères");
        if (!catalogue_.critereBySlug_.emplace(critere.slug, static_cast<CritereIndex>(index)).second) {
            throw invalid("critère twice: " + critere.slug);
        }
        catalogue_.criteres_.push_back(std::move(critere));
    }

    void addPrecision(const Json& entry) {
        const auto index = static_cast<PrecisionIndex>(catalogue_.precisions_.size());
        if (index == kMaxPrecisions) throw invalid("too many précisions");
        const auto slug = entry.at("slug").get<std::string>();
        const auto critereIndex = catalogue_.findCritere(entry.at("critere").get<std::string>());
        if (!critereIndex) throw invalid("critère of " + slug);
        if (!catalogue_.precisionBySlug_.emplace(slug, index).second) throw invalid("précision twice: " + slug);
        auto& critere = catalogue_.criteres_[*critereIndex];
        critere.precisions.push_back(index);
        Precision precision{slug,
                            entry.at("libelle").is_null() ? "" : entry.at("libelle").get<std::string>(),
                            *critereIndex,
                            critere.zone,
                            poidsOf(entry.at("coef"), slug),
                            false,
                            false,
                            false,
                            false};
        for (const auto& mark : entry.at("marques")) addMark(precision, mark.get<std::string>());
        for (const auto& code : entry.at("qualifications")) {
            const auto qualification = domain::parseName<Qualification>(code.get<std::string>());
            if (!qualification) throw invalid("qualification of " + slug);
            catalogue_.byQualification_[static_cast<std::size_t>(*qualification)].add(index);
        }
        if (precision.danger) catalogue_.dangerous_.add(index);
        if (precision.insalubrite) catalogue_.insalubres_.add(index);
        if (precision.suroccupation) catalogue_.suroccupations_.add(index);
        if (precision.zone == Zone::Batiment) catalogue_.batiment_.add(index);
        catalogue_.poids_[index] = static_cast<std::uint16_t>(precision.poids);
        catalogue_.precisions_.push_back(std::move(precision));
    }

    static void addMark(Precision& precision, const std::string& mark) {
        if (mark == "danger") {
            precision.danger = true;
        } else if (mark == "insalubrite") {
            precision.insalubrite = true;
        } else if (mark == "suroccupation") {
            precision.suroccupation = true;
        } else if (mark == "unique") {
            precision.unique = true;
        } else {
            throw invalid("mark " + mark + " of " + precision.slug);
        }
    }

    void nameDwellingPrecisions() {
        const auto named = [&](const std::string& end) {
            return precisionNamed("desordres_type_composition_logement_" + end);
        };
        catalogue_.logement_ = {named("sous_combles"),
                                named("sous_sol"),
                                named("piece_unique_superficie"),
                                named("plusieurs_pieces_aucune_piece_9"),
                                named("cuisine_collective_oui"),
                                named("cuisine_collective_non"),
                                named("douche_collective_oui"),
                                named("douche_collective_non"),
                                named("wc_collectif_oui"),
                                named("wc_collectif_non"),
                                named("wc_cuisine_ensemble"),
                                named("suroccupation_allocataire"),
                                named("suroccupation_non_allocataire")};
    }

    void compile(CritereIndex index, const Json& lecture) {
        plan_->lectureByCritere.push_back(-1);
        const auto regle = lecture.at("regle").get<std::string>();
        // Critères that follow from the dwelling, and those of the rescue services, are not read from the usager's
        // form.
        if (regle == "logement" || regle == "aucune") return;
        const auto& critere = catalogue_.criteres_[index];
        auto& categories = plan_->categories[static_cast<std::size_t>(critere.zone)];
        LectureCritere entry{index, categories.intern(critere.slugCategorie), cle(critere.slug), selectionOf(lecture),
                             regleOf(regle, lecture, critere)};
        plan_->lectureByCritere.back() = static_cast<int>(plan_->lectures.size());
        plan_->lectures.push_back(std::move(entry));
    }

    Regle regleOf(const std::string& regle, const Json& lecture, const Critere& critere) {
        if (regle == "simple") {
            if (critere.precisions.size() != 1) throw invalid("simple rule of " + critere.slug);
            return RegleSimple{critere.precisions.front()};
        }
        if (regle == "pieces") return piecesOf(lecture);
        if (regle == "reponses") return reponsesOf(lecture);
        if (regle == "premier") return premierOf(lecture);
        if (regle == "plafond") {
            const auto precisions = lecture.at("precisions").get<std::string>();
            return ReglePlafond{roomKeys(lecture), roomPrecisions(precisions, ""),
                                precisionNamed(lecture.at("toutes").get<std::string>())};
        }
        throw invalid("rule " + regle + " of " + critere.slug);
    }

    Selection selectionOf(const Json& lecture) {
        const auto found = lecture.find("selection");
        if (found == lecture.end() || *found == "cochee") return {};
        if (*found == "pieces") return {Selection::Mode::Piece, kCleInconnue, ""};
        return {Selection::Mode::Valeur, cle(found->at("cle").get<std::string>()),
                found->at("vaut").get<std::string>()};
    }

    ReglePieces piecesOf(const Json& lecture) {
        ReglePieces regle{roomKeys(lecture), {}, std::nullopt};
        const auto precisions = lecture.at("precisions").get<std::string>();
        std::vector<std::string> endings{""};
        if (const auto found = lecture.find("suffixe"); found != lecture.end()) {
            regle.question = questionOf(*found);
            endings.clear();
            for (const auto& ending : endingsOf(*found))
                endings.push_back(found->at("prefixe").get<std::string>() + ending);
        }
        for (const auto& ending : endings) {
            regle.variantes.push_back(
                {precisionNamed(precisions + "_tout" + ending), roomPrecisions(precisions, ending)});
        }
        return regle;
    }

    RegleReponses reponsesOf(const Json& lecture) {
        RegleReponses regle;
        for (const auto& description : lecture.at("questions")) {
            RegleReponses::Entree entree{questionOf(description), {}};
            const auto name = description.at("cle").get<std::string>();
            for (const auto& ending : endingsOf(description))
                entree.precisions.push_back(precisionNamed(name + "_" + ending));
            regle.questions.push_back(std::move(entree));
        }
        return regle;
    }

    ReglePremier premierOf(const Json& lecture) {
        ReglePremier regle{kCleInconnue, {}, kAucunePrecision};
        if (const auto found = lecture.find("exige"); found != lecture.end())
            regle.exige = cle(found->get<std::string>());
        for (const auto& cas : lecture.at("cas")) {
            regle.cas.push_back({cle(cas.at("cle").get<std::string>()), cas.at("vaut").get<std::string>(),
                                 precisionNamed(cas.at("precision").get<std::string>())});
        }
        if (const auto found = lecture.find("sinon"); found != lecture.end()) {
            regle.sinon = precisionNamed(found->get<std::string>());
        }
        return regle;
    }

    Question questionOf(const Json& description) {
        return {cle(description.at("cle").get<std::string>()),
                description.at("reponses").get<std::vector<std::string>>(), description.contains("autre")};
    }

    // The known answers, then the one that stands for any other.
    static std::vector<std::string> endingsOf(const Json& description) {
        auto endings = description.at("reponses").get<std::vector<std::string>>();
        if (const auto found = description.find("autre"); found != description.end()) {
            endings.push_back(found->get<std::string>());
        }
        return endings;
    }

    std::array<CleIndex, 3> roomKeys(const Json& lecture) {
        const auto prefix = lecture.at("cles").get<std::string>();
        return {cle(prefix + kRooms[0]), cle(prefix + kRooms[1]), cle(prefix + kRooms[2])};
    }

    [[nodiscard]] std::array<PrecisionIndex, 3> roomPrecisions(const std::string& prefix,
                                                               const std::string& ending) const {
        return {precisionNamed(prefix + kRooms[0] + ending), precisionNamed(prefix + kRooms[1] + ending),
                precisionNamed(prefix + kRooms[2] + ending)};
    }

    CleIndex cle(const std::string& name) { return plan_->cles.intern(name); }

    [[nodiscard]] PrecisionIndex precisionNamed(const std::string& slug) const {
        const auto found = catalogue_.findPrecision(slug);
        if (!found) throw invalid("no précision " + slug);
        return *found;
    }

    [[nodiscard]] CategorieIndex categorieNamed(const std::string& code) const {
        for (std::size_t at = 0; at < catalogue_.categories_.size(); ++at) {
            if (catalogue_.categories_[at].code == code) return static_cast<CategorieIndex>(at);
        }
        throw invalid("no catégorie " + code);
    }

    static Zone zoneNamed(const std::string& code) {
        if (code == "BATIMENT") return Zone::Batiment;
        if (code == "LOGEMENT") return Zone::Logement;
        throw invalid("no zone " + code);
    }

    const Json& document_;
    std::shared_ptr<ReadingPlan> plan_;
    Catalogue catalogue_;
};

Catalogue Catalogue::fromJson(const core::Json& document) {
    try {
        return CatalogueLoader(document).load();
    } catch (const core::Json::exception& error) {
        throw invalid(error.what());
    }
}

}  // namespace histologe::desordres
