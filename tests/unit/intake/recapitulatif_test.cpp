#include "services/intake/domain/recapitulatif.hpp"

#include <catch2/catch.hpp>

#include "services/intake/domain/secours.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using namespace histologe::intake;
using core::Json;

namespace {

Json form() {
    return {{"mission", {{"matriculeDeclarant", "M-118"}, {"dateMission", "2026-11-20"}}},
            {"adresse",
             {{"adresseOccupant", "3 rue <b>Haute</b> & Basse"},
              {"cpOccupant", "13002"},
              {"villeOccupant", "Marseille"},
              {"inseeOccupant", "13202"},
              {"isLogementSocial", "nsp"},
              {"natureLogement", "appartement"},
              {"typeEtageLogement", "SOUSSOL"}}},
            {"occupant", {{"profilOccupant", "LOCATAIRE"}, {"nomOccupant", "Martin"}, {"nbAdultesDansLogement", 2}}},
            {"bailleur", {{"isBailleurAverti", "non"}}},
            {"desordres",
             {{"desordres", {"desordres_service_secours_nuisibles", "desordres_service_secours_autre"}},
              {"desordreAutre", "Escalier sans rampe <script>"}}}};
}

std::string html() {
    ContexteDeSection contexte;
    contexte.aujourdhui = std::chrono::sys_days{std::chrono::year{2026} / 11 / 25};
    ServiceSecours service;
    service.nom = "Pompiers d'Essai";
    const auto declaration = lireDeclaration(form(), service, desordres::testing::shipped(), contexte);
    for (const auto& violation : declaration.violations) FAIL_CHECK(violation.champ + " " + violation.code);
    return recapitulatifHtml(desordres::testing::shipped(), {"2026-12", service.nom, "25/11/2026 à 14:30",
                                                             declaration.fiche.contenu, declaration.fiche.reponses, 3});
}

}  // namespace

TEST_CASE("the summary says what was declared, in words, and takes nothing of it for HTML") {
    const auto text = html();
    const auto holds = [&](const std::string& piece) {
        INFO(piece);
        CHECK(text.find(piece) != std::string::npos);
    };
    holds("<html lang=\"fr\">");
    holds("<title>Signalement 2026-12 : récapitulatif</title>");
    holds("<td>Pompiers d&#39;Essai</td>");
    holds("<td>25/11/2026 à 14:30</td>");
    holds("<th scope=\"row\">Date de la mission</th><td>20/11/2026</td>");
    holds("<td>3 rue &lt;b&gt;Haute&lt;/b&gt; &amp; Basse</td>");
    holds("<td>Sous-sol</td>");
    holds("<th scope=\"row\">Nombre de personnes</th><td>2</td>");
    holds("Escalier sans rampe &lt;script&gt;");
    holds("<th scope=\"row\">Fichiers joints</th><td>3</td>");
    CHECK(text.find("<script>") == std::string::npos);
    CHECK(text.find("http") == std::string::npos);
    CHECK(text.find("Nom du propriétaire") == std::string::npos);  // not said
    // Headings stand in order.
    CHECK(text.find("<h1>") < text.find("<h2>"));
    CHECK(text.find("<h3>") == std::string::npos);
}
