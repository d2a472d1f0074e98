#include "tools/generate/pays.hpp"

#include <algorithm>
#include <cstdio>

#include "libs/core/files.hpp"

namespace histologe::generate {
namespace {

using core::Json;
using namespace std::chrono_literals;

constexpr double kPartDuGrandTerritoire = 0.09;
constexpr double kPartDuGrandPartenaire = 0.02;
constexpr double kPartDesGrandsImmeubles = 0.30;
constexpr double kGrandsImmeubles = 0.0105;  // as many for each dossier: 1.5 % of all buildings
constexpr std::size_t kPartenaires = 30;     // of a territoire
constexpr std::size_t kNoms = 6000;
constexpr std::size_t kRues = 4000;
constexpr long long kAnnees = 3;

constexpr const char* kSyllabes[] = {"ba", "bel", "ber", "bou", "cha", "cor", "da", "del", "du", "fa", "fer", "gau", "gé", "jo", "la",
                                     "le", "lau", "ma", "mar", "mé", "mo", "na", "no", "pe", "pi", "ra", "ri", "ro", "sa", "sé",
                                     "ta", "tou", "va", "vi", "vey"};
constexpr const char* kFins[] = {"rd", "nt", "ny", "lle", "ret", "teau", "zac", "min", "ssard", "ton", "chet", "r"};
constexpr const char* kPrenoms[] = {"Anne", "Béatrice", "Camille", "Driss", "Élodie", "Fatou", "Guy", "Hélène", "Inès", "Jean",
                                    "Karim", "Léa", "Maïa", "Nawell", "Omar", "Paul", "Rose", "Sami", "Théo", "Yann"};
constexpr const char* kVoies[] = {"rue", "avenue", "boulevard", "impasse", "place", "chemin"};
constexpr const char* kTypes[] = {"COMMUNE_SCHS", "ARS", "CAF_MSA", "ADIL", "DDT_M", "PREFECTURE", "EPCI", "ASSOCIATION", "CCAS"};

std::vector<std::string> inventer(std::size_t combien, std::uint64_t graine) {
    std::vector<std::string> noms;
    for (std::size_t i = 0; i < combien; ++i) {
        Hasard hasard(graine, i);
        std::string nom;
        const auto syllabes = 1 + hasard.parmi(3);
        for (std::size_t s = 0; s < syllabes; ++s) nom += kSyllabes[hasard.parmi(std::size(kSyllabes))];
        nom += kFins[hasard.parmi(std::size(kFins))];
        nom[0] = static_cast<char>(nom[0] - 32);
        noms.push_back(std::move(nom));
    }
    return noms;
}

std::string idPartenaire(const std::string& territoire, std::size_t numero) {
    return "genere-" + territoire + "-" + std::to_string(numero);
}

std::string uuidDe(Hasard& hasard) {
    char texte[40];
    const auto haut = hasard.tirer();
    const auto bas = hasard.tirer();
    std::snprintf(texte, sizeof texte, "%08x-%04x-4%03x-a%03x-%012llx", static_cast<unsigned>(haut >> 32),
                  static_cast<unsigned>(haut >> 16 & 0xFFFF), static_cast<unsigned>(haut & 0xFFF),
                  static_cast<unsigned>(bas >> 48 & 0xFFF), static_cast<unsigned long long>(bas & 0xFFFFFFFFFFFFULL));
    return texte;
}

std::string statutTire(Hasard& hasard) {
    const auto part = hasard.part();
    return part < 0.06 ? "NEED_VALIDATION" : part < 0.50 ? "ACTIVE" : part < 0.93 ? "CLOSED" : part < 0.97 ? "REFUSED" : "ARCHIVED";
}

}  // namespace

std::string Pays::grandPartenaire() { return idPartenaire("13", 0); }

bool Pays::estCommune(const std::string& partenaire) {
    const auto numero = std::stoul(partenaire.substr(partenaire.rfind('-') + 1));
    return std::string_view(kTypes[numero % std::size(kTypes)]) == "COMMUNE_SCHS";
}

Pays::Pays(const std::filesystem::path& donnees, std::size_t dossiers, std::uint64_t graine)
    : taille_(dossiers), graine_(graine), noms_(inventer(kNoms, graine + 1)), rues_(inventer(kRues, graine + 2)) {
    const auto texte = core::readFile(donnees / "territoires.json");
    const auto table = domain::Territoires::fromJson(texte);
    territoires_ = core::parseJson(texte).at("territoires");
    for (auto& territoire : territoires_) territoire["actif"] = true;
    const auto communes = domain::Communes::fromCsv(core::readFile(donnees / "communes.csv"));
    std::vector<std::vector<Lieu>> lieux(table.all().size());
    for (std::size_t i = 0; i < communes.size(); ++i) {
        const auto commune = communes.at(i);
        const auto* territoire = table.territoireOf(commune.codeInsee);
        if (territoire == nullptr) continue;
        const auto emprise = territoire->emprise.value_or(domain::Emprise{48, 3, 46, 1});
        Hasard hasard(graine_ + 3, i);
        lieux[static_cast<std::size_t>(territoire - table.all().data())].push_back(
            {std::string(commune.codeInsee.view()), std::string(commune.codePostal.view()), std::string(commune.nom),
             emprise.ouest + (emprise.est - emprise.ouest) * hasard.part(),
             emprise.sud + (emprise.nord - emprise.sud) * hasard.part()});
    }
    double reste = 0;
    std::vector<double> poids;
    for (std::size_t i = 0; i < lieux.size(); ++i) {
        const bool estGrand = table.all()[i].code.view() == "13";
        poids.push_back(estGrand || lieux[i].empty() ? 0 : 0.3 + Hasard(graine_ + 4, i).part());
        reste += poids.back();
    }
    double cumul = 0;
    for (std::size_t i = 0; i < lieux.size(); ++i) {
        if (lieux[i].empty()) continue;
        Territoire territoire{std::string(table.all()[i].code.view()), 0, std::move(lieux[i])};
        cumul += territoire.code == "13" ? kPartDuGrandTerritoire : poids[i] / reste * (1 - kPartDuGrandTerritoire);
        territoire.poids = cumul;
        // The large cities come first: they are drawn most often.
        std::stable_partition(territoire.lieux.begin(), territoire.lieux.end(),
                              [](const Lieu& lieu) { return domain::foldArrondissement(lieu.nom) != lieu.nom; });
        liste_.push_back(std::move(territoire));
    }
}

const Pays::Territoire& Pays::territoireDe(double part) const {
    const auto place = std::lower_bound(liste_.begin(), liste_.end(), part,
                                        [](const Territoire& territoire, double valeur) { return territoire.poids < valeur; });
    return place == liste_.end() ? liste_.back() : *place;
}

Json Pays::partenaires() const {
    auto liste = Json::array();
    for (const auto& territoire : liste_) {
        for (std::size_t i = 0; i < kPartenaires; ++i) {
            liste.push_back({{"id", idPartenaire(territoire.code, i)},
                             {"territoire", territoire.code},
                             {"nom", "Partenaire " + std::to_string(i + 1) + " du territoire " + territoire.code},
                             {"type", kTypes[i % std::size(kTypes)]},
                             {"courriel", "p" + std::to_string(i) + "@example.org"}});
        }
    }
    return liste;
}

Dossier Pays::dossier(std::size_t numero) const {
    Hasard hasard(graine_, numero);
    Dossier dossier;
    dossier.uuid = uuidDe(hasard);
    // A building decides the place; the large ones are drawn again and again.
    const auto grands = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(taille_) * kGrandsImmeubles));
    const bool estGrand = hasard.chance(kPartDesGrandsImmeubles);
    const auto immeuble = estGrand ? hasard.parmi(grands) : grands + numero;
    Hasard place(graine_ + 5, immeuble);
    const auto& territoire = territoireDe(place.part());
    const auto& lieu = territoire.lieux[place.rang(territoire.lieux.size())];
    declarer(dossier, territoire, lieu, immeuble, hasard, numero);
    vivre(dossier, territoire, hasard, numero % 1000 == 7);
    return dossier;
}

void Pays::declarer(Dossier& dossier, const Territoire& territoire, const Lieu& lieu, std::size_t immeuble, Hasard& hasard,
                    std::size_t numero) const {
    const auto debut = core::parseInstant("2023-09-01T00:00:00Z").value();
    // In the order of their numbers, as references are given.
    const auto age = static_cast<long long>(static_cast<double>(numero) / static_cast<double>(taille_) * kAnnees * 365 * 86400);
    dossier.deposeLe = debut + std::chrono::seconds(age) + std::chrono::microseconds(hasard.parmi(1'000'000));
    const auto annee = core::toRfc3339(dossier.deposeLe).substr(0, 4);
    Hasard adresse(graine_ + 6, immeuble);
    const auto voie = std::to_string(1 + adresse.parmi(120)) + (adresse.chance(0.1) ? " bis " : " ") +
                      kVoies[adresse.parmi(std::size(kVoies))] + " " + rues_[adresse.rang(rues_.size())];
    const auto longitude = lieu.longitude + (adresse.part() - 0.5) * 0.06;
    const auto latitude = lieu.latitude + (adresse.part() - 0.5) * 0.04;
    const auto& nom = noms_[hasard.rang(noms_.size())];
    const auto* prenom = kPrenoms[hasard.parmi(std::size(kPrenoms))];
    const bool importe = hasard.chance(0.12);
    const auto tirage = hasard.part();
    const auto* profil = tirage < 0.62 ? "LOCATAIRE" : tirage < 0.72 ? "BAILLEUR_OCCUPANT" : tirage < 0.84 ? "TIERS_PARTICULIER"
                         : tirage < 0.95 ? "TIERS_PRO" : tirage < 0.98 ? "BAILLEUR" : "SERVICE_SECOURS";
    const auto parc = hasard.part();
    const auto caisse = hasard.part();
    auto& data = dossier.data;
    data = {{"reference", annee + "-" + std::to_string(numero + 1)},
            {"territoire", territoire.code},
            {"profilDeclarant", profil},
            {"codeInsee", lieu.insee},
            {"codePostal", lieu.codePostal},
            {"commune", lieu.nom},
            {"geoloc", hasard.chance(0.97) ? Json{{"lat", latitude}, {"lng", longitude}} : Json(nullptr)},
            {"logementSocial", parc < 0.3 ? Json(true) : parc < 0.9 ? Json(false) : Json(nullptr)},
            {"allocataire", caisse < 0.4   ? Json("CAF")
                            : caisse < 0.45 ? Json("MSA")
                            : caisse < 0.5  ? Json("1")
                            : caisse < 0.85 ? Json("0")
                                            : Json(nullptr)},
            {"source", importe ? "IMPORT" : hasard.chance(0.8) ? "FORM_USAGER_V2" : hasard.chance(0.9) ? "FORM_PRO_BO" : "FORM_SERVICE_SECOURS"},
            {"importe", importe},
            {"reponses", Json::object()}};
    if (hasard.chance(0.8)) data["reponses"]["composition_logement_enfants"] = hasard.chance(0.35) ? "oui" : "non";
    dossier.personnel = {{"occupant",
                          {{"nom", nom},
                           {"prenom", prenom},
                           {"courriel", "occupant" + std::to_string(numero) + "@example.org"},
                           {"telephone", "0600000000"}}},
                         {"declarant", {{"nom", nullptr}, {"prenom", nullptr}, {"courriel", nullptr}, {"telephone", nullptr}}},
                         {"proprietaire", {{"nom", noms_[hasard.rang(noms_.size())]}, {"denomination", nullptr}}},
                         {"adresse", {{"libelle", voie + " " + lieu.codePostal + " " + lieu.nom}, {"voie", voie}, {"etage", nullptr}}}};
    dossier.score = static_cast<double>(hasard.parmi(1000)) / 10;
    dossier.qualifications = Json::array();
    struct Soupcon {
        const char *nom, *statut;
        double part;
    };
    for (const auto& [quoi, statut, part] :
         {Soupcon{"RSD", "RSD_CHECK", 0.3}, {"NON_DECENCE", "NON_DECENCE_CHECK", 0.5}, {"INSALUBRITE", "INSALUBRITE_CHECK", 0.12},
          {"MISE_EN_SECURITE_PERIL", "MISE_EN_SECURITE_PERIL_CHECK", 0.06}, {"NON_DECENCE_ENERGETIQUE", "NDE_CHECK", 0.1}}) {
        if (hasard.chance(part)) dossier.qualifications.push_back({{"qualification", quoi}, {"statut", statut}, {"precisions", Json::array()}});
    }
}

void Pays::vivre(Dossier& dossier, const Territoire& territoire, Hasard& hasard, bool estLourd) const {
    dossier.statut = statutTire(hasard);
    const bool estGrand = territoire.code == "13" && hasard.chance(kPartDuGrandPartenaire / kPartDuGrandTerritoire);
    if (dossier.statut != "NEED_VALIDATION" || estLourd) {
        if (estGrand) dossier.affectations.push_back({grandPartenaire(), ""});
        const auto combien = estLourd ? 21 + hasard.parmi(5) : hasard.parmi(4);
        std::vector<bool> pris(kPartenaires);
        for (std::size_t essai = 0; essai < 400 && dossier.affectations.size() < combien; ++essai) {
            const auto qui = 1 + hasard.parmi(kPartenaires - 1);
            if (pris[qui]) continue;
            pris[qui] = true;
            dossier.affectations.push_back({idPartenaire(territoire.code, qui), ""});
        }
        for (auto& affectation : dossier.affectations) {
            const auto part = hasard.part();
            affectation.statut = dossier.statut == "CLOSED" ? "FERME" : part < 0.2 ? "NOUVEAU" : part < 0.85 ? "EN_COURS" : part < 0.93 ? "REFUSE" : "FERME";
        }
    }
    const auto combien = estLourd ? 200 + hasard.parmi(50) : 1 + hasard.parmi(11);
    auto le = dossier.deposeLe;
    for (std::size_t i = 0; i < combien; ++i) {
        le += std::chrono::seconds(3600 + hasard.parmi(estLourd ? 86'400 : 2'000'000));
        const auto part = hasard.part();
        dossier.suivis.push_back({part < 0.4 ? "systeme" : part < 0.6 ? "usager" : "agent-" + std::to_string(hasard.parmi(500)),
                                  part < 0.4 ? "SIGNALEMENT_IS_ACTIVE" : part < 0.6 ? "MESSAGE_USAGER" : "MESSAGE_PARTNER", le});
    }
}

}  // namespace histologe::generate
