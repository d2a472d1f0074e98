#include "services/intake/domain/demande.hpp"

#include <cmath>
#include <cstring>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/regles.hpp"
#include "services/intake/domain/telephone.hpp"

namespace histologe::intake {
namespace {

using core::Json;

constexpr std::string_view kSansMessage = "N/C";

// What PHP calls empty, the rule under which the reference makes answers null: null, false, 0, "", "0", [] and {}.
bool estVide(const Json& valeur) {
    switch (valeur.type()) {
        case Json::value_t::null:
            return true;
        case Json::value_t::boolean:
            return !valeur.get<bool>();
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
            return valeur.get<long long>() == 0;
        case Json::value_t::number_float:
            return valeur.get<double>() == 0.0;
        case Json::value_t::string: {
            const auto& texte = valeur.get_ref<const std::string&>();
            return texte.empty() || texte == "0";
        }
        case Json::value_t::array:
        case Json::value_t::object:
            return valeur.empty();
        default:
            return false;
    }
}

std::string texteDuNombre(const Json& valeur) {
    if (valeur.is_number_float()) return texteDe(valeur.get<double>());
    if (valeur.is_number_unsigned()) return std::to_string(valeur.get<std::uint64_t>());
    return std::to_string(valeur.get<std::int64_t>());
}

bool contientNul(const Json& valeur) {
    if (valeur.is_string()) {
        const auto& texte = valeur.get_ref<const std::string&>();
        return std::memchr(texte.data(), 0, texte.size()) != nullptr;
    }
    if (!valeur.is_structured()) return false;
    for (auto it = valeur.begin(); it != valeur.end(); ++it) {
        if (valeur.is_object() && it.key().find('\0') != std::string::npos) return true;
        if (contientNul(*it)) return true;
    }
    return false;
}

// True for digits without a leading zero: a count that needs no rounding.
bool estCompteSimple(std::string_view texte) noexcept {
    if (texte.empty() || texte.size() > 9 || (texte.size() > 1 && texte.front() == '0')) return false;
    for (const char c : texte) {
        if (c < '0' || c > '9') return false;
    }
    return true;
}

// How a field's text is normalised, told by its key as in the reference.
enum class Lecture : std::uint8_t { Ordinaire, Telephone, Compte };

std::array<Lecture, kNombreDeChamps> lectures() {
    std::array<Lecture, kNombreDeChamps> toutes{};
    for (const Regle& regle : regles()) {
        const std::string_view cle = regle.cle;
        auto& lecture = toutes[static_cast<std::size_t>(regle.champ)];
        if (cle.ends_with("_tel") || cle.ends_with("_tel_secondaire")) {
            lecture = Lecture::Telephone;
        } else if (cle.find("_nb_") != std::string_view::npos || cle.find("_nombre_") != std::string_view::npos) {
            lecture = Lecture::Compte;
        }
    }
    return toutes;
}

std::string_view slugDuTeleversement(std::string_view cle) noexcept {
    if (!cle.starts_with("desordres_")) return cle;
    for (const std::string_view fin :
         {std::string_view("_details_photos_upload"), std::string_view("_photos_upload")}) {
        if (cle.ends_with(fin)) return cle.substr(0, cle.size() - fin.size());
    }
    return cle;
}

}  // namespace

Demande::Demande(const Json& charge) : charge_(charge) {
    if (!charge.is_object()) {
        throw core::Error(core::ErrorKind::InvalidInput, "reponses_invalides",
                          "Les réponses du formulaire n'ont pas la forme attendue.");
    }
    for (const auto& [cle, valeur] : charge.get_ref<const Json::object_t&>()) {
        if (cle.find('\0') != std::string::npos || contientNul(valeur)) clesAvecNul_.push_back(cle);
        if (const auto champ = champDe(cle)) {
            lire(*champ, valeur);
        } else if (cle.size() > 7 && cle.ends_with("_upload")) {
            if (!estVide(valeur)) televersements_.push_back({cle, slugDuTeleversement(cle), &valeur});
        }
        if (cle.starts_with("utilisation_service_ok_")) consentementsMontres_ = true;
    }
    finir();
}

void Demande::lire(Champ champ, const Json& valeur) {
    static const std::array<Lecture, kNombreDeChamps> kLectures = lectures();
    const auto rang = static_cast<std::size_t>(champ);
    etats_[rang] = Etat::Nulle;
    if (kLectures[rang] == Lecture::Compte) return lireCompte(rang, valeur);
    // A 0 typed into a part of an address is the ground floor or the door 0; elsewhere it is a box that was left empty.
    if (regleDe(champ).zeroRepond && (valeur == "0" || valeur == 0)) return garder(rang, std::string_view("0"));
    if (estVide(valeur)) return;
    if (regleDe(champ).genre == Genre::Booleen) return lireCase(rang, valeur);
    if (kLectures[rang] == Lecture::Telephone) return lireTelephone(rang, cleDe(champ), valeur);
    lireTexte(rang, valeur);
}

void Demande::lireTexte(std::size_t rang, const Json& valeur) {
    if (valeur.is_string()) {
        // Blanks around what people type are nobody's meaning, and would keep two equal answers apart. A choice comes
        // from the front as it is, and blanks alone are left for the rules to judge.
        const std::string_view texte = valeur.get_ref<const std::string&>();
        const auto sansBlancs = core::trim(texte);
        const bool libre = regleDe(static_cast<Champ>(rang)).choix.empty();
        return garder(rang, libre && !sansBlancs.empty() ? sansBlancs : texte);
    }
    if (valeur.is_number()) return garder(rang, texteDuNombre(valeur));
    etats_[rang] = Etat::TypeInvalide;
}

void Demande::lireTelephone(std::size_t rang, std::string_view cle, const Json& valeur) {
    if (!valeur.is_string() && !valeur.is_number()) {
        etats_[rang] = Etat::TypeInvalide;
        return;
    }
    const auto pays = charge_.find(std::string(cle).append("_countrycode"));
    const std::string_view code =
        pays != charge_.end() && pays->is_string() ? std::string_view(pays->get_ref<const std::string&>()) : "";
    garder(rang, valeur.is_string() ? telephoneNormalise(valeur.get_ref<const std::string&>(), code)
                                    : telephoneNormalise(texteDuNombre(valeur), code));
}

void Demande::lireCompte(std::size_t rang, const Json& valeur) {
    // A count of zero is an answer, unlike everywhere else.
    if (valeur.is_number()) return garder(rang, texteDe(std::ceil(valeur.get<double>())));
    if (valeur.is_string()) {
        const std::string_view texte = valeur.get_ref<const std::string&>();
        if (estCompteSimple(texte)) return garder(rang, texte);
        if (const auto nombre = nombreDe(texte)) return garder(rang, texteDe(std::ceil(*nombre)));
    }
    if (!estVide(valeur)) lireTexte(rang, valeur);
}

void Demande::lireCase(std::size_t rang, const Json& valeur) {
    if (valeur.is_boolean() || valeur.is_number()) {
        etats_[rang] = Etat::Vrai;
        return;
    }
    etats_[rang] = Etat::TypeInvalide;
    if (!valeur.is_string()) return;
    const auto& texte = valeur.get_ref<const std::string&>();
    if (texte == "1" || texte == "true" || texte == "oui") etats_[rang] = Etat::Vrai;
    if (texte == "false" || texte == "non") etats_[rang] = Etat::Nulle;
}

void Demande::garder(std::size_t rang, std::string texte) {
    textes_[rang] = faits_.emplace_back(std::move(texte));
    etats_[rang] = Etat::Texte;
}

void Demande::garder(std::size_t rang, std::string_view texte) noexcept {
    textes_[rang] = texte;
    etats_[rang] = Etat::Texte;
}

void Demande::finir() {
    if (const auto mot = texte(Champ::Profil)) profil_ = profilDe(*mot);
    const auto message = static_cast<std::size_t>(Champ::MessageAdministration);
    if (etats_[message] != Etat::TypeInvalide && core::trim(textes_[message]).empty()) garder(message, kSansMessage);
    const auto mois = static_cast<std::size_t>(Champ::InfoProcedureBailDate);
    if (etats_[mois] == Etat::TypeInvalide || (etats_[mois] == Etat::Texte && !moisDe(textes_[mois]))) {
        etats_[mois] = Etat::Nulle;
    }
}

std::optional<std::string_view> Demande::texte(Champ champ) const noexcept {
    if (etat(champ) != Etat::Texte) return std::nullopt;
    return textes_[static_cast<std::size_t>(champ)];
}

bool Demande::etapeFinale() const noexcept {
    return texte(Champ::CurrentStep) == kEtapeFinale;
}

bool Demande::categorieChoisie(std::string_view slug) const {
    const auto categories = charge_.find("categorieDisorders");
    if (categories == charge_.end() || !categories->is_object()) return false;
    for (const auto& liste : *categories) {
        if (!liste.is_array()) continue;
        for (const auto& choisie : liste) {
            if (choisie.is_string() && choisie.get_ref<const std::string&>() == slug) return true;
        }
    }
    return false;
}

}  // namespace histologe::intake
