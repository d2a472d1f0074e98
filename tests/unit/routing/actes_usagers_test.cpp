// The suivis that routing makes of the acts of usagers and landlords.
#include "services/routing/domain/actes_usagers.hpp"

#include <catch2/catch.hpp>

using namespace histologe::routing;
using histologe::core::Json;

TEST_CASE("a message is its words, seen by usagers; a landlord's is the agents' to read") {
    CHECK(suivisDe({"MESSAGE_USAGER", "occupant", Json::object(), "Il pleut dedans."}) ==
          std::vector<SuiviDActe>{{"MESSAGE_USAGER", "Il pleut dedans.", true}});
    CHECK(suivisDe({"MESSAGE_USAGER_POST_CLOTURE", "occupant", Json::object(), "Encore."}).at(0).visibleUsager);
    CHECK_FALSE(suivisDe({"MESSAGE_BAILLEUR", "bailleur", Json::object(), "Encore."}).at(0).visibleUsager);
}

TEST_CASE("a wish says what is wished, why, and then the words") {
    CHECK(suivisDe({"DEMANDE_ABANDON_PROCEDURE", "occupant", {{"motif", "RELOGEMENT_OCCUPANT"}}, "Je pars."})
              .at(0)
              .description == "L'arrêt du dossier est demandé.\nMotif : l'occupant est relogé.\nJe pars.");
    CHECK(suivisDe({"DEMANDE_POURSUITE_PROCEDURE", "occupant", Json::object(), ""}).at(0).description ==
          "La poursuite du dossier est demandée.");
    CHECK(suivisDe({"DEMANDE_ABANDON_PROCEDURE", "occupant", {{"motif", "D_UN_AUTRE_TEMPS"}}, "Je pars."})
              .at(0)
              .description == "L'arrêt du dossier est demandé.\nJe pars.");
}

TEST_CASE("what a landlord answers is seen by usagers, his words are not") {
    for (const auto* categorie :
         {"INJONCTION_BAILLEUR_REPONSE_OUI", "INJONCTION_BAILLEUR_REPONSE_OUI_AVEC_AIDE",
          "INJONCTION_BAILLEUR_REPONSE_OUI_DEMARCHES_COMMENCEES", "INJONCTION_BAILLEUR_REPONSE_NON",
          "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_BAILLEUR", "INJONCTION_BAILLEUR_DEMANDE_CLOTURE_PAR_BAILLEUR"}) {
        const auto suivis = suivisDe({categorie, "bailleur", Json::object(), "Mes raisons."});
        REQUIRE(suivis.size() == 2);
        CHECK(suivis[0].visibleUsager);
        CHECK(suivis[0].description.find("raisons") == std::string::npos);
        CHECK_FALSE(suivis[1].visibleUsager);
        CHECK(suivis[1].description == "Mes raisons.");
        CHECK(suivis[1].categorie.ends_with("_COMMENTAIRE"));
        CHECK(suivisDe({categorie, "bailleur", Json::object(), ""}).size() == 1);
    }
}

TEST_CASE("an edit says what was completed, never its values") {
    const auto said = [](const Json& details) {
        return suivisDe({"SIGNALEMENT_EDITED_FO", "occupant", details, "x"}).at(0);
    };
    CHECK(said({{"section", "bailleur"}, {"champs", {"nom"}}}).description ==
          "Le dossier est complété : les informations sur le bailleur.");
    CHECK(said({{"section", "documents"}, {"fichiers", 1}}).description == "Un document est ajouté au dossier.");
    CHECK(said({{"section", "documents"}, {"fichiers", 3}}).description == "3 documents sont ajoutés au dossier.");
    CHECK(said({{"section", "documents_retires"}}).description == "Un document est retiré du dossier.");
    CHECK(said({{"section", "invitation"}}).description == "Une personne est invitée à suivre le dossier.");
    CHECK(said({{"section", "invitation"}, {"reponse", "REFUSED"}}).description ==
          "La personne invitée à suivre le dossier a refusé.");
    CHECK(said({{"section", "coordonnees-tiers"}}).description == "La personne invitée à suivre le dossier a accepté.");
    CHECK(said({{"section", "d-un-autre-temps"}}).description == "Le dossier est complété.");
    CHECK(said(Json::object()).visibleUsager);
}

TEST_CASE("an act that this version does not know is kept for agents") {
    CHECK(suivisDe({"AUTRE_CHOSE", "occupant", Json::object(), "Des mots."}) ==
          std::vector<SuiviDActe>{{"AUTRE_CHOSE", "Des mots.", false}});
}
