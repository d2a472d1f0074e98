// The sample drafts of the reference, one by one: what is refused, what is built.
#include <set>

#include <catch2/catch.hpp>

#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/domain/lieu.hpp"
#include "tests/unit/intake/colonnes.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

struct Monde {
    domain::Territoires territoires = domain::Territoires::fromJson(fichier("data/territoires.json"));
    domain::Communes communes = domain::Communes::fromCsv(fichier("data/communes.csv"));
    desordres::Catalogue catalogue = desordres::loadShippedCatalogue();
    Json attendus = core::parseJson(fichier("tests/golden/payloads_expected.json")).at("payloads");
};

const Monde& monde() {
    static const Monde unique;
    return unique;
}

Contexte contexteReel() {
    Contexte avec = contexte();
    avec.lieu = [](std::string_view codePostal, std::string_view codeInsee) {
        return situationDuLieu(monde().territoires, monde().communes, codePostal, codeInsee);
    };
    return avec;
}

// `property rule value`, as the reference's table writes a violation.
std::multiset<std::string> nommees(const std::vector<Violation>& violations) {
    std::multiset<std::string> noms;
    for (const Violation& v : violations) {
        std::string nom = v.propriete + ' ';
        switch (v.manquement) {
            case Manquement::Obligatoire:
                nom += "NotBlank";
                break;
            case Manquement::TropLong:
                nom += "Length>" + v.limite;
                break;
            case Manquement::TelephoneInvalide:
                nom += "Telephone";
                break;
            default:
                nom += codeDe(v.manquement);
                break;
        }
        if (v.valeur) nom += ' ' + *v.valeur;
        noms.insert(nom);
    }
    return noms;
}

std::multiset<std::string> nommees(const Json& attendues) {
    std::multiset<std::string> noms;
    for (const Json& attendue : attendues) {
        std::string nom = attendue[0].get<std::string>() + ' ' + attendue[1].get<std::string>();
        if (attendue.size() > 2) nom += ' ' + attendue[2].get<std::string>();
        noms.insert(nom);
    }
    return noms;
}

// Decision: what was not given stays unknown, where the reference stores 0. No sample gives a count or an area of 0.
Json sansZeroParDefaut(Json colonnes) {
    for (const char* nom : {"nb_occupants_logement", "nb_pieces_logement", "nb_niveaux_logement", "superficie"}) {
        const auto it = colonnes.find(nom);
        if (it != colonnes.end() && it->get<double>() == 0) colonnes.erase(it);
    }
    return colonnes;
}

std::multiset<std::string> fichiersNommes(const Demande& demande) {
    std::multiset<std::string> noms;
    for (const FichierDepose& f : fichiersDe(demande)) {
        noms.insert(f.cle.substr(f.cle.rfind('/') + 1) + ' ' + f.typeDocument + ' ' + f.desordreSlug.value_or("-"));
    }
    return noms;
}

std::multiset<std::string> fichiersNommes(const Json& attendus) {
    std::multiset<std::string> noms;
    for (const Json& f : attendus) {
        noms.insert(f["filename"].get<std::string>() + ' ' + f["document_type"].get<std::string>() + ' ' +
                    (f["desordre_slug"].is_null() ? "-" : f["desordre_slug"].get<std::string>()));
    }
    return noms;
}

}  // namespace

TEST_CASE("sample drafts: violations at their own step") {
    for (const auto& [nom, attendu] : monde().attendus.items()) {
        DYNAMIC_SECTION(nom) {
            const Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
            const Demande demande(charge);
            CHECK(nommees(valider(demande, contexteReel())) == nommees(attendu["violations_at_declared_step"]));
        }
    }
}

TEST_CASE("sample drafts: violations that submitting them adds") {
    // Decision on the consents: drafts that show none of the boxes are submittable, as in the reference, so that these
    // samples keep their outcome.
    for (const auto& [nom, attendu] : monde().attendus.items()) {
        DYNAMIC_SECTION(nom) {
            Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
            charge["currentStep"] = kEtapeFinale;
            const Demande demande(charge);
            auto attendues = nommees(attendu["violations_at_declared_step"]);
            attendues.merge(nommees(attendu["additional_violations_when_submitted_as_validation_signalement"]));
            CHECK(nommees(valider(demande, contexteReel())) == attendues);
        }
    }
}

TEST_CASE("sample drafts: the signalement built; absent counts and areas are unknown instead of 0") {
    for (const auto& [nom, attendu] : monde().attendus.items()) {
        DYNAMIC_SECTION(nom) {
            const Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
            const Demande demande(charge);
            const auto texte = [&](Champ champ) { return demande.texte(champ).value_or(""); };
            const Signalement signalement = construire(
                demande, territoireDe(monde().territoires, monde().communes, texte(Champ::AdresseLogementAdresseDetailCodePostal),
                                      texte(Champ::AdresseLogementAdresseDetailInsee)));
            const Json difference = Json::diff(sansZeroParDefaut(attendu["signalement"]), enColonnes(signalement));
            CHECK(difference.dump() == "[]");
        }
    }
}

TEST_CASE("sample drafts: précisions, critères, sums, and whether a signalement is built") {
    const desordres::Catalogue& catalogue = monde().catalogue;
    for (const auto& [nom, attendu] : monde().attendus.items()) {
        DYNAMIC_SECTION(nom) {
            const Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
            const desordres::Lecture lecture = desordres::read(catalogue, charge);
            const Json& desordres = attendu["desordres"];
            std::set<std::string> slugs;
            for (const std::string_view slug : catalogue.slugsOf(lecture.precisions)) slugs.emplace(slug);
            CHECK(slugs == desordres["precisions"].get<std::set<std::string>>());
            CHECK(lecture.precisions.size() == desordres["precisions_count"].get<std::size_t>());
            CHECK(catalogue.criteresOf(lecture.precisions).size() == desordres["criteres_count"].get<std::size_t>());
            const double batiment = catalogue.poidsOf(lecture.precisions, desordres::Zone::Batiment) / 20.0;
            const double logement = catalogue.poidsOf(lecture.precisions, desordres::Zone::Logement) / 20.0;
            CHECK(batiment == Approx(desordres["sum_coef_batiment"].get<double>()));
            CHECK(logement == Approx(desordres["sum_coef_logement"].get<double>()));
            CHECK(!(lecture.precisions & catalogue.dangerous()).empty() ==
                  desordres["any_danger_precision"].get<bool>());
            CHECK(!lecture.precisions.empty() == attendu["built"].get<bool>());
        }
    }
}

TEST_CASE("sample drafts: files") {
    for (const auto& [nom, attendu] : monde().attendus.items()) {
        DYNAMIC_SECTION(nom) {
            const Json charge = core::parseJson(fichier("tests/golden/payloads/" + nom));
            CHECK(fichiersNommes(Demande(charge)) == fichiersNommes(attendu["files"]));
        }
    }
}
