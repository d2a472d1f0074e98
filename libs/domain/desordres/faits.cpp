#include "libs/domain/desordres/faits.hpp"

#include <charconv>
#include <cmath>

#include "libs/core/text.hpp"
#include "libs/domain/desordres/reading_plan.hpp"

namespace histologe::desordres {
namespace {

// Larger counts and surfaces mean nothing; bounding them keeps every sum far from overflow.
constexpr double kMaxNumber = 1e9;

Reponse reponseOf(const core::Json* value) noexcept {
    if (value == nullptr || value->is_null()) return Reponse::Absente;
    const auto* text = value->get_ptr<const core::Json::string_t*>();
    if (text == nullptr) return Reponse::Autre;
    if (*text == "oui") return Reponse::Oui;
    if (*text == "non") return Reponse::Non;
    return text->empty() ? Reponse::Absente : Reponse::Autre;
}

struct Number {
    double value = 0;
    bool whole = true;  // the whole text was a number
};

// The number at the start of a text ("25 m2" is 25), 0 when there is none.
Number numberOf(const core::Json* value) noexcept {
    Number number;
    if (value == nullptr) return number;
    if (value->is_number()) {
        number.value = value->get<double>();
    } else if (const auto* text = value->get_ptr<const core::Json::string_t*>()) {
        const auto trimmed = core::trim(*text);
        const bool starts = !trimmed.empty() && trimmed.find_first_of("0123456789.-") == 0;
        double read = 0;
        const auto* end = trimmed.data() + trimmed.size();
        const auto result = std::from_chars(trimmed.data(), end, read);
        number.value = starts && result.ec == std::errc() ? read : 0;
        number.whole = result.ec == std::errc() && result.ptr == end;
    }
    if (!std::isfinite(number.value)) number.value = 0;
    number.value = std::min(std::max(number.value, -kMaxNumber), kMaxNumber);
    return number;
}

int countOf(const core::Json* value, Origine origine) noexcept {
    const auto number = numberOf(value);
    const bool roundUp = origine == Origine::Formulaire && number.whole;
    return static_cast<int>(roundUp ? std::ceil(number.value) : std::trunc(number.value));
}

std::optional<int> figureOf(const core::Json* value) noexcept {
    const auto number = numberOf(value);
    if (number.value == 0) return std::nullopt;
    return static_cast<int>(number.value);
}

}  // namespace

const std::array<std::string_view, static_cast<std::size_t>(CleFait::Count)>& namesOfFaits() noexcept {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(CleFait::Count)> kNames{
        "type_logement_sous_comble_sans_fenetre",
        "type_logement_sous_sol_sans_fenetre",
        "composition_logement_piece_unique",
        "type_logement_commodites_piece_a_vivre_9m",
        "type_logement_commodites_cuisine",
        "type_logement_commodites_cuisine_collective",
        "type_logement_commodites_salle_de_bain",
        "type_logement_commodites_salle_de_bain_collective",
        "type_logement_commodites_wc",
        "type_logement_commodites_wc_collective",
        "type_logement_commodites_wc_cuisine",
        "composition_logement_superficie",
        "composition_logement_nombre_personnes",
        "composition_logement_nb_pieces",
        "logement_social_allocation",
        "composition_logement_enfants",
        "info_procedure_assurance_contactee",
        "bail_dpe_dpe",
        "desordres_logement_chauffage_details_dpe_annee",
        "bail_dpe_classe_energetique",
        "desordres_logement_chauffage_details_dpe_conso",
        "desordres_logement_chauffage_details_dpe_conso_finale",
        "categorieDisorders",
        "precisionsChoisies",
    };
    return kNames;
}

Faits faitsOf(const Answers& answers, Origine origine) {
    Faits faits;
    const auto reponse = [&](CleFait cle) { return reponseOf(answers.at(cle)); };
    faits.sousComblesSansFenetre = reponse(CleFait::SousComblesSansFenetre);
    faits.sousSolSansFenetre = reponse(CleFait::SousSolSansFenetre);
    faits.pieceUnique = answers.equals(static_cast<CleIndex>(CleFait::PieceUnique), "piece_unique");
    faits.pieceAVivre9m = reponse(CleFait::PieceAVivre9m);
    faits.cuisine = reponse(CleFait::Cuisine);
    faits.cuisineCollective = reponse(CleFait::CuisineCollective);
    faits.salleDeBain = reponse(CleFait::SalleDeBain);
    faits.salleDeBainCollective = reponse(CleFait::SalleDeBainCollective);
    faits.wc = reponse(CleFait::Wc);
    faits.wcCollectif = reponse(CleFait::WcCollectif);
    faits.wcCuisine = reponse(CleFait::WcCuisine);
    // A surface of 0 is a surface nobody gave.
    if (const auto number = numberOf(answers.at(CleFait::Superficie)); number.value > 0)
        faits.superficie = number.value;
    faits.nombreOccupants = std::max(0, countOf(answers.at(CleFait::NombreOccupants), origine));
    faits.nombrePieces = countOf(answers.at(CleFait::NombrePieces), origine);
    faits.allocation = reponse(CleFait::Allocation);
    faits.enfants = reponse(CleFait::Enfants);
    faits.assuranceContactee = reponse(CleFait::AssuranceContactee);
    faits.dpe = reponse(CleFait::Dpe);
    faits.dpeAvant2023 = answers.equals(static_cast<CleIndex>(CleFait::DpeAnnee), "before2023");
    if (const auto* classe = answers.at(CleFait::ClasseEnergetique); classe != nullptr && classe->is_string()) {
        const auto& text = classe->get_ref<const std::string&>();
        if (!text.empty()) faits.classeEnergetique = text;
    }
    faits.dpeConso = figureOf(answers.at(CleFait::DpeConso));
    faits.dpeConsoFinale = figureOf(answers.at(CleFait::DpeConsoFinale));
    return faits;
}

Faits faitsOf(const Catalogue& catalogue, const core::Json& reponses, Origine origine) {
    return faitsOf(Answers(catalogue.readingPlan().cles, reponses), origine);
}

}  // namespace histologe::desordres
