// The answers of a draft, normalised: what validation and the builder read.
#pragma once

#include <array>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/json.hpp"
#include "services/intake/domain/champs.hpp"
#include "services/intake/domain/profil.hpp"

namespace histologe::intake {

// The step whose save is the submission.
inline constexpr std::string_view kEtapeFinale = "validation_signalement";

// A reading of the payload under the rules of the reference of intake, 1.4: phones in their kept form, counts rounded
// up, falsy values null (but the zero of a floor, a staircase or a door), blanks around free texts dropped, uploads
// gathered, an empty message `N/C`, a month that is not one null. It is made in one pass, keeps views into the payload,
// and never changes what is stored. Immutable once made.
class Demande {
  public:
    // The payload must outlive the Demande. Throws core::Error (InvalidInput, `reponses_invalides`) when it is not an
    // object.
    explicit Demande(const core::Json& charge);
    explicit Demande(core::Json&&) = delete;
    Demande(const Demande&) = delete;
    Demande& operator=(const Demande&) = delete;

    // The normalised text; empty when the answer is absent, null, or of a type that no answer of this field has.
    [[nodiscard]] std::optional<std::string_view> texte(Champ champ) const noexcept;
    // True for a ticked box.
    [[nodiscard]] bool coche(Champ champ) const noexcept { return etat(champ) == Etat::Vrai; }
    // True when the payload names the key, whatever its value.
    [[nodiscard]] bool presente(Champ champ) const noexcept { return etat(champ) != Etat::Absente; }
    // True when the value is of a type that no answer of this field has (an array for a text).
    [[nodiscard]] bool typeInvalide(Champ champ) const noexcept { return etat(champ) == Etat::TypeInvalide; }

    // The declarant's profile; empty when absent or unknown.
    [[nodiscard]] std::optional<Profil> profil() const noexcept { return profil_; }
    // True when the body says that this save is the submission.
    [[nodiscard]] bool etapeFinale() const noexcept;
    // True when one consent at least was shown (a key `utilisation_service_ok_*` is there).
    [[nodiscard]] bool consentementsMontres() const noexcept { return consentementsMontres_; }

    // The uploads by the slug they are gathered under (`bail_dpe_bail_upload`; `desordres_logement_humidite` for
    // `desordres_logement_humidite_details_photos_upload`), as sent.
    struct Televersement {
        std::string_view cle;
        std::string_view slug;
        const core::Json* valeur;
    };
    [[nodiscard]] const std::vector<Televersement>& televersements() const noexcept { return televersements_; }

    // Keys whose value, at any depth, holds a NUL character: no text column and no jsonb can keep it.
    [[nodiscard]] const std::vector<std::string_view>& clesAvecNul() const noexcept { return clesAvecNul_; }

    // True when the dwelling is said to be a single room.
    [[nodiscard]] bool pieceUnique() const noexcept {
        return texte(Champ::CompositionLogementPieceUnique) == "piece_unique";
    }

    // True when the category (`desordres_logement_chauffage`) was chosen in `categorieDisorders`.
    [[nodiscard]] bool categorieChoisie(std::string_view slug) const;

    // The payload as stored.
    [[nodiscard]] const core::Json& charge() const noexcept { return charge_; }

  private:
    enum class Etat : std::uint8_t { Absente, Nulle, Texte, Vrai, TypeInvalide };

    [[nodiscard]] Etat etat(Champ champ) const noexcept { return etats_[static_cast<std::size_t>(champ)]; }
    void lire(Champ champ, const core::Json& valeur);
    void lireTexte(std::size_t rang, const core::Json& valeur);
    void lireTelephone(std::size_t rang, std::string_view cle, const core::Json& valeur);
    void lireCompte(std::size_t rang, const core::Json& valeur);
    void lireCase(std::size_t rang, const core::Json& valeur);
    void garder(std::size_t rang, std::string texte);
    void garder(std::size_t rang, std::string_view texte) noexcept;
    void finir();

    const core::Json& charge_;
    std::array<Etat, kNombreDeChamps> etats_{};
    std::array<std::string_view, kNombreDeChamps> textes_{};
    std::deque<std::string> faits_;  // texts that differ from the payload's; a deque, so that views stay good
    std::vector<Televersement> televersements_;
    std::vector<std::string_view> clesAvecNul_;
    std::optional<Profil> profil_;
    bool consentementsMontres_ = false;
};

}  // namespace histologe::intake
