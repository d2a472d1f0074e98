#include "services/intake/domain/localisation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"

namespace histologe::intake {
namespace {

using core::Json;

// The BAN takes no longer question.
constexpr std::size_t kQuestionMax = 200;

std::string texteDe(const Json& adresse, const char* nom) {
    const auto place = adresse.find(nom);
    return place != adresse.end() && place->is_string() ? place->get<std::string>() : std::string();
}

TexteOptionnel texteOuRien(const Json& adresse, const char* nom) {
    auto texte = texteDe(adresse, nom);
    return core::trim(texte).empty() ? std::nullopt : TexteOptionnel(std::move(texte));
}

std::string question(std::string texte) {
    std::replace_if(
        texte.begin(), texte.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    if (texte.size() > kQuestionMax) texte.resize(kQuestionMax);
    while (!texte.empty() && !core::isUtf8(texte)) texte.pop_back();
    return texte;
}

// A city is asked for under its own name.
std::string ville(const AdresseDeclaree& adresse) {
    return std::string(domain::foldArrondissement(core::trim(adresse.commune)));
}

struct Numero {
    std::string chiffres;
    std::string suffixe;  // `bis`, `b`
};

// The house number with which a folded street begins: `12 bis rue x`.
Numero numeroDe(std::string_view voie) {
    constexpr std::array<std::string_view, 10> kSuffixes = {"bis",     "ter",    "quater", "quinquies", "sexies",
                                                            "septies", "octies", "nonies", "decies",    ""};
    const auto mots = core::split(voiePliee(voie), ' ');
    Numero numero;
    if (mots.empty() || mots[0].empty() || mots[0].find_first_not_of("0123456789") != std::string::npos) return numero;
    numero.chiffres = mots[0];
    if (mots.size() < 2) return numero;
    const bool estSuffixe =
        mots[1].size() == 1 || std::find(kSuffixes.begin(), kSuffixes.end(), mots[1]) != kSuffixes.end();
    if (estSuffixe && mots[1][0] >= 'a' && mots[1][0] <= 'z') numero.suffixe = mots[1];
    return numero;
}

Numero numeroDe(const ReponseBan& reponse) {
    return numeroDe(reponse.numero.empty() ? reponse.voie : reponse.numero);
}

std::string actuel(const domain::Communes& communes, std::string_view codeInsee) {
    const auto code = domain::CodeInsee::parse(codeInsee);
    return code ? communes.actuelle(*code).str() : std::string();
}

TexteOptionnel territoireDuCode(const domain::Territoires& territoires, std::string_view codeInsee) {
    const auto code = domain::CodeInsee::parse(codeInsee);
    const auto* territoire = code ? territoires.territoireOf(*code) : nullptr;
    return territoire != nullptr ? TexteOptionnel(territoire->code.str()) : std::nullopt;
}

Json ou(const TexteOptionnel& texte) {
    return texte ? Json(*texte) : Json(nullptr);
}

}  // namespace

AdresseDeclaree adresseDeclaree(const Json& adresse) {
    AdresseDeclaree lue;
    if (!adresse.is_object()) return lue;
    lue.voie = texteOuRien(adresse, "voie");
    lue.codePostal = texteDe(adresse, "codePostal");
    lue.commune = texteDe(adresse, "commune");
    lue.codeInsee = texteDe(adresse, "codeInsee");
    lue.rnbId = texteOuRien(adresse, "rnbId");
    if (const auto geoloc = adresse.find("geoloc"); geoloc != adresse.end() && geoloc->is_object()) {
        const auto lat = geoloc->find("lat");
        const auto lng = geoloc->find("lng");
        const bool estPoint = lat != geoloc->end() && lng != geoloc->end() && lat->is_number() && lng->is_number();
        if (estPoint) lue.geoloc = Geoloc{lat->get<double>(), lng->get<double>()};
    }
    const auto manuelle = adresse.find("saisieManuelle");
    const bool estManuelle = manuelle != adresse.end() && manuelle->is_boolean() && manuelle->get<bool>();
    lue.choisie = lue.geoloc.has_value() && !estManuelle && !lue.codeInsee.empty();
    return lue;
}

std::string questionAdresse(const AdresseDeclaree& adresse) {
    if (!adresse.voie) return {};
    return question(*adresse.voie + " " + adresse.codePostal + " " + ville(adresse));
}

std::string questionCommune(const AdresseDeclaree& adresse) {
    const auto nom = ville(adresse);
    return adresse.codePostal.empty() || nom.empty() ? std::string() : question(adresse.codePostal + " " + nom);
}

bool estAcceptee(const AdresseDeclaree& adresse, const ReponseBan& reponse) {
    if (!(reponse.score > kScoreBanMinimal) || reponse.id.empty() || !domain::CodeInsee::parse(reponse.codeInsee)) {
        return false;
    }
    const auto declare = numeroDe(adresse.voie.value_or(""));
    return declare.chiffres.empty() || declare.chiffres == numeroDe(reponse).chiffres;
}

std::string_view nomDe(PrecisionLieu precision) noexcept {
    constexpr std::array<std::string_view, 4> kNoms = {"BATIMENT", "ADRESSE", "COMMUNE", "AUCUNE"};
    return kNoms.at(static_cast<std::size_t>(precision));
}

Localisation localiser(const AdresseDeclaree& adresse, const Trouvailles& trouvailles,
                       const domain::Territoires& territoires, const domain::Communes& communes,
                       std::string_view territoire) {
    Localisation l;
    l.rnbId = adresse.rnbId;
    l.position = adresse.geoloc;
    l.voie = adresse.voie;
    l.codePostal = adresse.codePostal;
    l.commune = adresse.commune;
    l.codeInsee = adresse.codeInsee;
    const auto& trouvee = trouvailles.adresse;
    if (trouvee) l.score = trouvee->score;
    const bool acceptee = trouvee && estAcceptee(adresse, *trouvee);
    const auto& lieu = acceptee ? trouvee : trouvailles.commune;
    const auto codeTrouve = lieu ? actuel(communes, lieu->codeInsee) : std::string();
    const bool memeCommune = adresse.codeInsee.empty() || actuel(communes, adresse.codeInsee) == codeTrouve;
    const auto territoireTrouve = territoireDuCode(territoires, codeTrouve);
    const bool sortDuTerritoire = !codeTrouve.empty() && territoireTrouve.value_or("") != territoire;
    if (acceptee && (sortDuTerritoire || (!memeCommune && adresse.choisie))) {
        l.codeInseeEcarte = codeTrouve;
        if (sortDuTerritoire) l.territoireEcarte = territoireTrouve;
    } else if (acceptee) {
        l.precision = PrecisionLieu::Adresse;
        l.banId = trouvee->id;
        l.invariantRial = trouvailles.invariantRial;
        if (!adresse.choisie) {
            // A letter after the number that the BAN does not know is not lost.
            const bool memeSuffixe = numeroDe(adresse.voie.value_or("")).suffixe == numeroDe(*trouvee).suffixe;
            if (memeSuffixe && !trouvee->voie.empty()) l.voie = trouvee->voie;
            if (!trouvee->codePostal.empty()) l.codePostal = trouvee->codePostal;
            if (!trouvee->commune.empty()) l.commune = trouvee->commune;
            l.codeInsee = codeTrouve;
        }
        if (trouvee->position && !adresse.choisie) l.position = trouvee->position;
    } else if (lieu && !codeTrouve.empty() && !lieu->commune.empty()) {
        l.precision = PrecisionLieu::Commune;
        if (adresse.codeInsee.empty() && !sortDuTerritoire) l.codeInsee = codeTrouve;
        if (sortDuTerritoire) {
            l.codeInseeEcarte = codeTrouve;
            l.territoireEcarte = territoireTrouve;
        }
    }
    if (adresse.rnbId) {
        if (trouvailles.positionDuBatimentChoisi) {
            l.position = trouvailles.positionDuBatimentChoisi;
            l.precision = PrecisionLieu::Batiment;
        }
    } else if (l.precision == PrecisionLieu::Adresse && trouvailles.batiments.size() == 1) {
        const auto& batiment = trouvailles.batiments.front();
        l.rnbId = batiment.id;
        if (batiment.position) {
            l.position = batiment.position;
            l.precision = PrecisionLieu::Batiment;
        }
    }
    return l;
}

Json enJson(const Localisation& l) {
    Json geoloc = nullptr;
    if (l.position) geoloc = {{"lat", l.position->lat}, {"lng", l.position->lng}};
    return {{"precision", nomDe(l.precision)},
            {"banId", l.banId},
            {"rnbId", ou(l.rnbId)},
            {"geoloc", std::move(geoloc)},
            {"voie", ou(l.voie)},
            {"codePostal", l.codePostal},
            {"commune", l.commune},
            {"codeInsee", l.codeInsee},
            {"score", l.score ? Json(*l.score) : Json(nullptr)},
            {"codeInseeEcarte", ou(l.codeInseeEcarte)},
            {"territoireEcarte", ou(l.territoireEcarte)},
            {"invariantRial", ou(l.invariantRial)}};
}

std::chrono::milliseconds delaiDeRecherche(int essais, double hasard) noexcept {
    using namespace std::chrono_literals;
    constexpr std::array<std::chrono::milliseconds, 6> kDelais = {10s, 60s, 5min, 30min, 2h, 6h};
    const auto place = static_cast<std::size_t>(std::clamp(essais - 1, 0, static_cast<int>(kDelais.size()) - 1));
    const double part = 0.8 + 0.4 * std::clamp(hasard, 0.0, 1.0);
    return std::chrono::milliseconds(static_cast<long long>(static_cast<double>(kDelais.at(place).count()) * part));
}

}  // namespace histologe::intake
