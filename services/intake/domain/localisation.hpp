// Where a dwelling is: what the national registers of addresses (BAN) and of buildings (RNB) answer, and what is kept
// of it. What was declared is never changed: what is found stands beside it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {

// An answer of the BAN counts above this score only. (Reference of intake, 3.4.)
inline constexpr double kScoreBanMinimal = 0.9;
// What stands for the BAN's identifier where it knows no such address.
inline constexpr char kSansBan[] = "0";

// What was declared of the place.
struct AdresseDeclaree {
    TexteOptionnel voie;
    std::string codePostal;
    std::string commune;
    std::string codeInsee;  // empty when nobody gave one
    TexteOptionnel rnbId;   // a building chosen on the map
    // Taken from what the BAN proposed, with its position, and not typed by hand: then it stands as it is.
    bool choisie = false;
    std::optional<Geoloc> geoloc;
};

// Reads the member `adresse` of a signalement's document.
AdresseDeclaree adresseDeclaree(const core::Json& adresse);

// What the BAN is asked: street, postcode and city, arrondissements folded into their city (under the name of an
// arrondissement the score falls too low). Empty when the street is not known.
std::string questionAdresse(const AdresseDeclaree& adresse);
// Postcode and city alone. Empty when either is not known.
std::string questionCommune(const AdresseDeclaree& adresse);

// The first answer of a search in the BAN.
struct ReponseBan {
    double score = 0;    // 0 to 1
    std::string id;      // interoperability key, `13202_2333_00025`
    std::string numero;  // empty when the answer is a street or a place
    std::string voie;    // number and street
    std::string codePostal;
    std::string commune;
    std::string codeInsee;
    std::optional<Geoloc> position;
};

struct Batiment {
    std::string id;
    std::optional<Geoloc> position;
};

// Reads the GeoJSON of a search; empty when it found nothing. Throws core::Error (Unavailable, `ban_illisible`) when
// the text is something else.
std::optional<ReponseBan> lireReponseBan(std::string_view texte);
// Reads the list of buildings of an address, or one building. Throws core::Error (Unavailable, `rnb_illisible`).
std::vector<Batiment> lireBatiments(std::string_view texte);
Batiment lireBatiment(std::string_view texte);

// The answer is this address: score above the minimum, an identifier and an INSEE code, and the same house number when
// one was declared (the middle of a street is not the dwelling).
bool estAcceptee(const AdresseDeclaree& adresse, const ReponseBan& reponse);

// All that was asked and answered.
struct Trouvailles {
    std::optional<ReponseBan> adresse;
    std::optional<ReponseBan> commune;  // asked only when the address was not accepted
    std::vector<Batiment> batiments;    // of the accepted address, when no building was chosen
    std::optional<Geoloc> positionDuBatimentChoisi;
    bool rnbManque = false;  // the register of buildings could not be asked: to be asked again
    TexteOptionnel invariantRial;  // the one dwelling that the tax register has at the accepted address
    bool rialManque = false;
};

enum class PrecisionLieu { Batiment, Adresse, Commune, Aucune };
std::string_view nomDe(PrecisionLieu precision) noexcept;  // BATIMENT, ADRESSE, COMMUNE, AUCUNE

// What holds of the place once the registers were asked: their answer where it is better than the declaration, the
// declaration everywhere else.
struct Localisation {
    PrecisionLieu precision = PrecisionLieu::Aucune;
    std::string banId = kSansBan;
    TexteOptionnel rnbId;
    std::optional<Geoloc> position;
    TexteOptionnel voie;
    std::string codePostal;
    std::string commune;
    std::string codeInsee;
    std::optional<double> score;
    // What the BAN says and was not followed in: another commune than the one that was chosen, or one of another
    // territoire. A dossier never changes its territoire by this; people are told.
    TexteOptionnel codeInseeEcarte;
    TexteOptionnel territoireEcarte;
    // The dwelling in the tax register, when it has exactly one at the address. Told to agents only.
    TexteOptionnel invariantRial;
};

// The rules. An accepted answer gives identifier and position; it replaces the words of an address typed by hand, never
// those of one that was chosen; it is put aside when it names another commune than the chosen one, or leaves the
// dossier's territoire. A commune alone gives no position (the town centre is not the dwelling). Exactly one building
// at the address: its identifier and position. A building that was chosen stays. A failure leaves everything as it was
// declared. (Reference of intake, 3.4 and 10.)
Localisation localiser(const AdresseDeclaree& adresse, const Trouvailles& trouvailles,
                       const domain::Territoires& territoires, const domain::Communes& communes,
                       std::string_view territoire);

// As it is kept and shown; holds the street, which is personal.
core::Json enJson(const Localisation& localisation);

// How long until the next try after `essais` of them failed (from 1): growing to six hours, more or less a fifth drawn
// by `hasard` in [0, 1), so that what failed together does not come back together. It never ends.
std::chrono::milliseconds delaiDeRecherche(int essais, double hasard) noexcept;

}  // namespace histologe::intake
