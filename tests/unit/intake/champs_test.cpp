// Every row of the table of the form's answers, held against the code: the rules it names, for the profiles and at the
// steps it names, and nothing besides; the place where the builder puts the answer.
#include <functional>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/text.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/fichiers.hpp"
#include "services/intake/domain/regles.hpp"
#include "tests/unit/intake/commun.hpp"
#include "tests/unit/intake/complet.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;
using core::Json;

namespace {

const Json& table() {
    static const Json lue = core::parseJson(fichier("tests/golden/intake_champs.json"));
    return lue;
}

// The codes told of one property.
std::set<std::string> codes(const Json& charge, const std::string& propriete) {
    std::set<std::string> tous;
    for (const auto& violation : violationsDe(charge)) {
        const auto at = violation.find(": ");
        if (violation.substr(0, at) == propriete) tous.insert(violation.substr(at + 2));
    }
    return tous;
}

using Codes = std::set<std::string>;

struct Ligne {
    const Json& json;
    std::string cle = json.at("cle");
    std::string propriete = json.at("propriete");

    [[nodiscard]] const Json* regle(const std::string& nom) const {
        for (const Json& r : json.at("regles")) {
            if (r.at("rule") == nom) return &r;
        }
        return nullptr;
    }
    [[nodiscard]] Codes codes(const Json& valeur, Profil profil = Profil::Locataire) const {
        Json charge = complet(profil);
        charge[cle] = valeur;
        return ::codes(charge, propriete);
    }
};

std::string majuscules(std::string_view mot) {
    std::string texte(mot);
    for (char& c : texte) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return texte;
}

// At which calls the table requires the answer of a profile.
struct Exigence {
    bool chaqueAppel = false;
    bool envoi = false;
};

Exigence exigence(const Ligne& ligne, Profil profil) {
    Exigence exigee;
    for (const Json& r : ligne.json.at("regles")) {
        if (r.at("rule") == "When" && ligne.cle == "profil") exigee.envoi = true;
        if (r.at("rule") != "NotBlank") continue;
        if (!r.contains("groups")) exigee.chaqueAppel = true;
        for (const Json& groupe : r.value("groups", Json::array())) {
            if (groupe == "POST_" + majuscules(motDe(profil))) exigee.chaqueAppel = true;
            if (groupe == "PUT_" + majuscules(motDe(profil))) exigee.envoi = true;
        }
    }
    exigee.envoi = exigee.envoi || exigee.chaqueAppel;
    // Decisions where the service of reference answers 500 (reference of intake, 10, row 5).
    if (ligne.cle == "profil") exigee.chaqueAppel = true;
    if (ligne.cle == "signalement_concerne_profil_detail_bailleur_proprietaire")
        exigee.envoi = profil == Profil::BailleurOccupant;
    if (ligne.cle == "signalement_concerne_profil_detail_bailleur_bailleur") exigee.envoi = profil == Profil::Bailleur;
    return exigee;
}

bool estSpeciale(const std::string& cle) {
    return cle == "files" || cle == "categorieDisorders" || cle.ends_with("_upload");
}

void pourChaque(const std::function<void(const Ligne&)>& essai) {
    for (const Json& json : table().at("champs")) {
        const Ligne ligne{json};
        if (estSpeciale(ligne.cle)) continue;
        INFO(ligne.cle);
        essai(ligne);
    }
}

std::string lettres(std::size_t nombre) {
    std::string texte;
    for (std::size_t i = 0; i < nombre; ++i) texte += "é";
    return texte;
}

}  // namespace

TEST_CASE("the smallest draft of each profile breaks no rule") {
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        CHECK(violationsDe(complet(profil)) == Liste{});
    }
}

TEST_CASE("table of fields: each key has its property") {
    CHECK(table().at("champs").size() == 123);
    pourChaque([](const Ligne& ligne) {
        REQUIRE(champDe(ligne.cle));
        CHECK(proprieteDe(*champDe(ligne.cle)) == ligne.propriete);
        CHECK((regleDe(*champDe(ligne.cle)).genre == Genre::Booleen) == (ligne.json.at("type") == "bool"));
    });
}

TEST_CASE("table of fields: required of the profiles and at the steps that it names") {
    pourChaque([](const Ligne& ligne) {
        if (ligne.cle == "currentStep" || ligne.cle.starts_with("utilisation_service_ok_")) return;
        for (const Profil profil : kTousLesProfils) {
            for (const bool finale : {false, true}) {
                const auto exigee = exigence(ligne, profil);
                const bool attendu = finale ? exigee.envoi : exigee.chaqueAppel;
                for (const Json& rien : {Json(nullptr), Json(""), Json(false), Json::array()}) {
                    INFO(motDe(profil) << (finale ? ", final" : ", earlier") << ", " << rien.dump());
                    Json charge = complet(profil);
                    charge[ligne.cle] = rien;
                    if (!finale) charge["currentStep"] = "zone_concernee";
                    CHECK(codes(charge, ligne.propriete) == (attendu ? Codes{"obligatoire"} : Codes{}));
                    charge.erase(ligne.cle);
                    CHECK(codes(charge, ligne.propriete) == (attendu ? Codes{"obligatoire"} : Codes{}));
                }
            }
        }
    });
}

TEST_CASE("table of fields: the example of each row is taken, of every profile") {
    pourChaque([](const Ligne& ligne) {
        if (!ligne.json.contains("exemple")) return;
        for (const Profil profil : kTousLesProfils) {
            INFO(motDe(profil));
            CHECK(ligne.codes(ligne.json.at("exemple"), profil).empty());
        }
    });
}

TEST_CASE("table of fields: choices are those of the row") {
    std::size_t fermees = 0;
    pourChaque([&fermees](const Ligne& ligne) {
        const Json* regle = ligne.regle("Choice");
        const auto& choix = regleDe(*champDe(ligne.cle)).choix;
        CHECK((regle != nullptr) == !choix.empty());
        if (regle == nullptr) return;
        ++fermees;
        CHECK(regle->at("choices").get<std::set<std::string>>() == std::set<std::string>(choix.begin(), choix.end()));
        for (const Json& un : regle->at("choices")) {
            if (ligne.cle != "profil") CHECK(ligne.codes(un).empty());
        }
        CHECK(ligne.codes("autre chose") == Codes{"choix_inconnu"});
    });
    CHECK(fermees == 49);
}

TEST_CASE("table of fields: lengths are those of the row") {
    // Decisions: what the reference leaves without bound and a column cannot hold.
    const std::map<std::string, unsigned> notres = {{"adresse_logement_adresse_detail_rnb_id", 255},
                                                    {"coordonnees_bailleur_email", 255},
                                                    {"message_administration", 50000}};
    pourChaque([&notres](const Ligne& ligne) {
        const Json* regle = ligne.regle("Length");
        unsigned limite = regle == nullptr ? 0 : regle->at("max").get<unsigned>();
        if (const auto it = notres.find(ligne.cle); it != notres.end()) limite = it->second;
        CHECK(regleDe(*champDe(ligne.cle)).longueurMax == limite);
        if (limite == 0 || ligne.regle("Type") != nullptr) return;
        CHECK(ligne.codes(lettres(limite)).count("trop_long") == 0);
        CHECK(ligne.codes(lettres(limite + 1)).count("trop_long") == 1);
    });
}

TEST_CASE("table of fields: patterns, addresses, phones and dates of the row") {
    const std::map<std::string, std::pair<Liste, Liste>> formes = {
        {"/^[0-9]{5}$/", {{"13002", "00000"}, {"1300", "130022", "2A004", "13 02", "13002\n"}}},
        {"/^[0-9][0-9A-Za-z][0-9]{3}$/", {{"13202", "2A004", "2b033"}, {"A2004", "1320", "132021", "13-02"}}},
        {"Email",
         {{"a.b@example.org", "x+y@sous.domaine.fr"}, {"a@b", "a b@c.fr", "a.@b.fr", "\"a\"@b.fr", "a@b@c.fr"}}},
        {"TelephoneFormat",
         {{"0808080808", "08 08 08 08 08", "08-08-08-08-08", "+33808080808", "0692345678", "+33 8 08 08 08 08"},
          {"0808080808D", "08ABCD0808", "080808080@", "0808", "Non communiqué", "ABCDEFGHIJ", "060639980001"}}},
        {"Y-m-d", {{"1984-02-29", "2019-05-01"}, {"1983-02-29", "2019-13-01", "01/05/2019", "2019-5-1", "hier"}}},
        {"Y", {{"1948", "2020"}, {"48", "vers 1948", "19488", "1948 "}}},
    };
    std::map<std::string, int> vues;
    pourChaque([&](const Ligne& ligne) {
        for (const Json& r : ligne.json.at("regles")) {
            std::string forme;
            if (r.at("rule") == "Regex") forme = r.at("pattern");
            if (r.at("rule") == "DateTime") forme = r.at("format");
            if (r.at("rule") == "Email" || r.at("rule") == "TelephoneFormat") forme = r.at("rule");
            if (forme.empty()) continue;
            ++vues[forme];
            for (const auto& bonne : formes.at(forme).first) {
                INFO(bonne);
                CHECK(ligne.codes(bonne).empty());
            }
            for (const auto& mauvaise : formes.at(forme).second) {
                INFO(mauvaise);
                // Blanks around an answer are dropped before it is judged.
                if (mauvaise == core::trim(mauvaise)) CHECK(ligne.codes(mauvaise).size() == 1);
            }
        }
    });
    CHECK(vues == std::map<std::string, int>{{"/^[0-9]{5}$/", 2},
                                             {"/^[0-9][0-9A-Za-z][0-9]{3}$/", 1},
                                             {"Email", 4},
                                             {"TelephoneFormat", 8},
                                             {"Y-m-d", 5},
                                             {"Y", 1}});
    // Decision: the table bounds the length of the invited person's address only; one that cannot be written to would
    // lose the invitation.
    Json charge = complet(Profil::Locataire);
    charge["travailleur_social_accompagnement_inviter_referent_comme_tiers_email"] = "personne";
    CHECK(violationsDe(charge) ==
          Liste{"travailleurSocialAccompagnementInviterReferentCommeTiersEmail: courriel_invalide"});
}

TEST_CASE("table of fields: bounds of numbers and dates of the row") {
    int bornees = 0;
    pourChaque([&bornees](const Ligne& ligne) {
        for (const Json& r : ligne.json.at("regles")) {
            const auto nom = r.at("rule").get<std::string>();
            const auto refusees = [&](std::initializer_list<Json> valeurs, const char* code) {
                ++bornees;
                for (const Json& valeur : valeurs) {
                    INFO(valeur.dump());
                    CHECK(ligne.codes(valeur) == Codes{code});
                }
            };
            if (nom == "Type") refusees({"abc", "12 m2", "1,5"}, "nombre_attendu");
            if (nom == "Positive") refusees({"-1", -3}, "trop_petit");
            if (nom == "PositiveOrZero") {
                refusees({"-1", -3}, "trop_petit");
                CHECK(ligne.codes("0").empty());
            }
            if (nom == "LessThan") {
                const auto limite = r.at("value").get<int>();
                refusees({limite, std::to_string(limite + 1)}, "trop_grand");
                CHECK(ligne.codes(limite - 1).empty());
            }
            if (nom == "LessThanOrEqual") {
                refusees({r.at("value").get<int>() + 1}, "trop_grand");
                CHECK(ligne.codes(r.at("value")).empty());
            }
            if (nom == "GreaterThan") {
                refusees({"1900-01-01", "0022-01-01"}, "date_trop_ancienne");
                CHECK(ligne.codes("1900-01-02").empty());
            }
        }
    });
    CHECK(bornees == 4 + 3 + 1 + 2 + 1 + 2);
}

TEST_CASE("table of fields: where the builder puts each answer") {
    const std::map<std::string, Profil> noms = {{"L", Profil::Locataire},         {"BOC", Profil::BailleurOccupant},
                                                {"TP", Profil::TiersParticulier}, {"PRO", Profil::TiersPro},
                                                {"B", Profil::Bailleur},          {"SS", Profil::ServiceSecours}};
    std::size_t places = 0;
    pourChaque([&](const Ligne& ligne) {
        for (const Json& vers : ligne.json.value("vers", Json::array())) {
            std::istringstream pour(vers.at("pour").get<std::string>());
            for (std::string nom; pour >> nom;) {
                INFO(nom);
                Json charge = complet(noms.at(nom));
                charge[ligne.cle] = ligne.json.at("exemple");
                const Demande demande(charge);
                const Json signalement = enJson(construire(demande, "13"));
                for (const auto& [chemin, attendu] : vers.items()) {
                    if (chemin == "pour") continue;
                    INFO(chemin);
                    CHECK(signalement.at(Json::json_pointer(chemin)) == attendu);
                    ++places;
                }
            }
        }
    });
    CHECK(places > 250);
}

TEST_CASE("table of fields: answers kept under their own key") {
    const auto garde = [](const Json& ligne, const Json& valeur, const Json& attendu) {
        for (const Profil profil : kTousLesProfils) {
            const std::string cle = ligne.at("cle");
            INFO(cle << ", " << motDe(profil));
            Json charge = complet(profil);
            charge[cle] = valeur;
            const Demande demande(charge);
            const Json objet = enJson(construire(demande, "13")).at(ligne.at("objet").get<std::string>());
            // The rescue services' form asks no complement.
            if (profil == Profil::ServiceSecours && ligne.at("objet") == "informationComplementaire") {
                CHECK(objet.empty());
            } else {
                CHECK(objet.value(cle, Json()) == attendu);
            }
        }
    };
    std::size_t gardees = 0;
    for (const Json& ligne : table().at("champs")) {
        if (!ligne.contains("objet")) continue;
        ++gardees;
        const Json& exemple = ligne.at("exemple");
        garde(ligne, exemple, ligne.at("type") == "bool" ? Json(true) : exemple);
    }
    for (const Json& ligne : table().at("bruts")) {
        if (!ligne.contains("objet")) continue;
        ++gardees;
        if (ligne.at("cle").get<std::string>().starts_with("utilisation_service_ok_")) {
            garde(ligne, 1, true);
        } else {
            garde(ligne, "Texte 1", "Texte 1");
        }
    }
    CHECK(gardees == 56 + 10);
}

TEST_CASE("rules between answers, each on the property that the form reads") {
    Json charge = complet(Profil::Locataire);
    charge["composition_logement_nombre_personnes"] = "2";
    charge["composition_logement_nombre_enfants"] = "10";
    CHECK(codes(charge, "compositionLogementNombreEnfants") == Codes{"enfants_trop_nombreux"});
    charge["composition_logement_nombre_enfants"] = "2";
    CHECK(violationsDe(charge) == Liste{});

    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        charge = complet(profil);
        charge["travailleur_social_quitte_logement"] = "oui";
        const bool exige = profil != Profil::BailleurOccupant;
        CHECK(codes(charge, "travailleurSocialPreavisDepart") == (exige ? Codes{"obligatoire"} : Codes{}));
        charge["signalement_concerne_profil_detail_profil_occupant"] = "bailleur_occupant";
        CHECK(violationsDe(charge) == Liste{});
    }
}

TEST_CASE("whoever has a single room has said how many: the form does not ask the number") {
    for (const Profil profil : kTousLesProfils) {
        INFO(motDe(profil));
        Json charge = complet(profil);
        charge.erase("composition_logement_nb_pieces");
        charge["composition_logement_piece_unique"] = "piece_unique";
        CHECK(violationsDe(charge) == Liste{});
        const Demande demande(charge);
        CHECK(construire(demande, "13").logement.nbPieces == 1);
        charge["composition_logement_piece_unique"] = "plusieurs_pieces";
        CHECK(violationsDe(charge) == Liste{"compositionLogementNbPieces: obligatoire"});
    }
}

TEST_CASE("what is only stored is never judged") {
    for (const Json& ligne : table().at("bruts")) {
        const std::string cle = ligne.at("cle");
        // An upload must be one of ours; a country code bears on its phone; a consent that is shown must be given.
        if (cle.ends_with("_upload") || cle.ends_with("_countrycode") || cle.starts_with("utilisation_service_ok_"))
            continue;
        const auto champ = champDe(cle);
        if (champ && !regleDe(*champ).choix.empty()) continue;
        INFO(cle);
        Json charge = complet(Profil::Locataire);
        charge[cle] = "Texte 1";
        CHECK(violationsDe(charge) == Liste{});
    }
}
