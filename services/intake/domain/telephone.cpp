#include "services/intake/domain/telephone.hpp"

#include <algorithm>

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

namespace histologe::intake {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// Longer than any number with its separators: not worth the plans' attention.
constexpr std::size_t kLongueurMax = 40;

std::string sansSeparateurs(std::string_view texte, std::string_view separateurs) {
    std::string reste;
    reste.reserve(texte.size());
    for (const char c : texte) {
        if (separateurs.find(c) == std::string_view::npos) reste.push_back(c);
    }
    return reste;
}

// `+330` and nine digits, the first of which is not 0: every such number is possible in the French plan, and it is how
// nearly all numbers of the form are kept. A test holds this against the plans.
bool estFrancaisOrdinaire(std::string_view texte) noexcept {
    if (texte.size() != 13 || !texte.starts_with("+330") || texte[4] == '0') return false;
    return std::all_of(texte.begin() + 4, texte.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `33` and nine digits, the first of which is not 0: longer than any number of the French plan without its code.
bool estFrancaisSansSigne(std::string_view texte) noexcept {
    if (texte.size() != 11 || !texte.starts_with("33") || texte[2] == '0') return false;
    return std::all_of(texte.begin(), texte.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string telephoneNormalise(std::string_view saisie, std::string_view pays) {
    const std::string nu = sansSeparateurs(saisie, " -().");
    std::string_view indicatif = "33";
    if (const std::size_t deuxPoints = pays.find(':');
        deuxPoints != std::string_view::npos && deuxPoints + 1 < pays.size()) {
        indicatif = pays.substr(deuxPoints + 1);
    }
    // A number that says its country itself is of that country, whatever the list beside it says.
    std::string_view reste = nu;
    const std::size_t signe = reste.starts_with('+') ? 1 : reste.starts_with("00") ? 2 : 0;
    if (signe != 0 && reste.size() > signe) return "+" + std::string(reste.substr(signe));
    if (estFrancaisSansSigne(reste) && indicatif == "33") reste.remove_prefix(2);
    std::string numero;
    numero.reserve(1 + indicatif.size() + reste.size());
    numero.append("+").append(indicatif).append(reste);
    return numero;
}

bool telephoneValide(std::string_view texte) {
    if (estFrancaisOrdinaire(texte)) return true;
    if (texte.empty() || texte.size() > kLongueurMax) return false;
    // A byte beyond ASCII or a letter would be read as something else (vanity numbers, full-width digits).
    const std::string nu = sansSeparateurs(texte, " -().");
    for (std::size_t i = 0; i < nu.size(); ++i) {
        if (!(nu[i] >= '0' && nu[i] <= '9') && !(nu[i] == '+' && i == 0)) return false;
    }
    const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();
    PhoneNumber numero;
    if (plans.Parse(nu, "FR", &numero) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
    if (!plans.IsPossibleNumber(numero)) return false;
    std::string national;
    plans.GetNationalSignificantNumber(numero, &national);
    const std::string code = std::to_string(numero.country_code());
    if (nu == "+" + code + "0" + national || nu == "+" + code + national || nu == code + national) return true;
    std::string ecrit;
    plans.Format(numero, PhoneNumberUtil::NATIONAL, &ecrit);
    return nu == sansSeparateurs(ecrit, " -().");
}

}  // namespace histologe::intake
