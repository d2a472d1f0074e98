// The tax register of dwellings (RIAL): what it is asked of an address, and what its answers say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::intake {

// An address as the register names it, cut from the identifier that the BAN gives it.
struct AdresseFiscale {
    std::string departement;  // two characters, three overseas
    std::string commune;      // three digits, two overseas
    std::string voie;         // code of the street, four characters
    std::string numero;       // without zeros in front
    std::string repetition;   // `bis`; empty for none
    friend bool operator==(const AdresseFiscale&, const AdresseFiscale&) = default;
};

// `13202_2333_00025_bis` -> 13, 202, 2333, 25, bis; `97411_0120_00004` -> 974, 11, 0120, 4. Empty for an identifier
// without a house number, which is no dwelling's. (Reference of intake, 3.4.)
std::optional<AdresseFiscale> adresseFiscale(std::string_view banId);

// The identifiers of the places at an address, in the register's order. Throws core::Error (Unavailable,
// `rial_illisible`) when the text is something else.
std::vector<std::string> lireLocaux(std::string_view texte);
// True for a dwelling: its nature is AP (flat), MA (house), MP or ME (parts of them). Throws as lireLocaux.
bool estUnLogement(std::string_view texte);
// The token of an answer to a request for one. Throws as lireLocaux.
std::string lireJetonRial(std::string_view texte);

}  // namespace histologe::intake
