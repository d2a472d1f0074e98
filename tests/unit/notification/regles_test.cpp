#include "services/notification/domain/regles.hpp"

#include <catch2/catch.hpp>

#include "services/notification/domain/variables.hpp"

using namespace histologe::notification;

namespace {

DossierUsagers dossier() {
    DossierUsagers d;
    d.signalementId = "s1";
    d.reference = "2026-11";
    d.territoire = "Ain";
    d.occupant = {"Léa", "Durand", "lea@exemple.fr"};
    d.codeSuivi = "c0de";
    d.adresse = "1 rue des Lilas";
    d.codePostal = "01000";
    d.commune = "Bourg-en-Bresse";
    return d;
}

std::vector<std::string> adresses(const std::vector<CourrielACreer>& courriels) {
    std::vector<std::string> sortie;
    for (const auto& courriel : courriels) sortie.push_back(courriel.destinataire);
    return sortie;
}

using Adresses = std::vector<std::string>;

AffectationCreee affectation() {
    AffectationCreee a;
    a.signalementId = "s1";
    a.affectationId = "a1";
    a.reference = "2026-11";
    a.territoire = "Ain";
    a.codePostal = "01000";
    a.commune = "Bourg-en-Bresse";
    a.qualifications = {"NON_DECENCE", "INCONNUE", "DANGER"};
    a.partenaire = "Mairie de Bourg";
    a.courrielPartenaire = "Habitat@Mairie.Exemple.fr";
    return a;
}

}  // namespace

TEST_CASE("a receipt goes to the occupant and to the declarant, to each address once") {
    DossierUsagers d = dossier();
    auto courriels = courrielsDuDepot(d);
    REQUIRE(courriels.size() == 1);
    CHECK(courriels[0].type == TypeCourriel::AccuseReception);
    CHECK(courriels[0].objet == "s1");
    CHECK(courriels[0].signalementId == "s1");
    CHECK(courriels[0].territoire == "Ain");
    CHECK(courriels[0].variables == Variables{{"prenom", "Léa"},
                                              {"reference", "2026-11"},
                                              {"territoire", "Ain"},
                                              {"adresse", "1 rue des Lilas, 01000 Bourg-en-Bresse"},
                                              {"codeSuivi", "c0de"}});

    d.declarant = {"Marc", "Petit", "marc@association.exemple.fr"};
    courriels = courrielsDuDepot(d);
    CHECK(adresses(courriels) == Adresses{"lea@exemple.fr", "marc@association.exemple.fr"});
    CHECK(courriels[1].variables.at("prenom") == "Marc");

    d.declarant.courriel = " LEA@exemple.fr";
    CHECK(adresses(courrielsDuDepot(d)) == Adresses{"lea@exemple.fr"});
    d.occupant.courriel = "";
    courriels = courrielsDuDepot(d);
    REQUIRE(courriels.size() == 1);
    CHECK(courriels[0].variables.at("prenom") == "Marc");
    d.declarant.courriel = "NC";
    CHECK(courrielsDuDepot(d).empty());
}

TEST_CASE("an accelerated procedure is told to the tenant, and asked of the landlord who has a mail") {
    DossierUsagers d = dossier();
    d.reference = "INJ-2363";
    const Injonction injonction{"Proprio@exemple.fr", "7KQM-2XHA-PB4D-9TZC", "15/12/2026"};
    CHECK(courrielsDeLInjonction(d, injonction).empty());
    d.statut = "INJONCTION_BAILLEUR";
    const auto courriels = courrielsDeLInjonction(d, injonction);
    REQUIRE(adresses(courriels) == Adresses{"lea@exemple.fr", "proprio@exemple.fr"});
    CHECK(courriels[0].type == TypeCourriel::ConfirmationInjonction);
    CHECK(courriels[0].variables.at("repondreAvant") == "15/12/2026");
    CHECK_FALSE(courriels[0].variables.contains("codeBailleur"));
    CHECK(courriels[1].type == TypeCourriel::InjonctionBailleur);
    CHECK(courriels[1].variables == Variables{{"reference", "INJ-2363"},
                                              {"locataire", "Léa Durand"},
                                              {"adresse", "1 rue des Lilas, 01000 Bourg-en-Bresse"},
                                              {"codeBailleur", "7KQM-2XHA-PB4D-9TZC"},
                                              {"repondreAvant", "15/12/2026"},
                                              {"bailleur", "?reference=INJ-2363"}});
    CHECK(adresses(courrielsDeLInjonction(d, {"", "7KQM", ""})) == Adresses{"lea@exemple.fr"});
}

TEST_CASE("an accelerated procedure has no receipt, an unwarned landlord is mentioned") {
    DossierUsagers d = dossier();
    CHECK_FALSE(courrielsDuDepot(d)[0].variables.contains("bailleurAPrevenir"));
    d.bailleurAverti = false;
    CHECK(courrielsDuDepot(d)[0].variables.contains("bailleurAPrevenir"));
    d.statut = "INJONCTION_BAILLEUR";
    CHECK(courrielsDuDepot(d).empty());
}

TEST_CASE("a stranger's words that look like a call are left out of the mail") {
    DossierUsagers d = dossier();
    for (const char* prenom : {"http://gain.exemple", "Allez sur WWW.gain.exemple", "gagnez@gain", "voir gain.com",
                               "<b>", "un prénom bien trop long pour être celui de quelqu’un"}) {
        d.occupant.prenom = prenom;
        CAPTURE(prenom);
        CHECK_FALSE(courrielsDuDepot(d)[0].variables.contains("prenom"));
    }
    d.occupant.prenom = "Marie-Thérèse d’Aÿ";
    CHECK(courrielsDuDepot(d)[0].variables.at("prenom") == "Marie-Thérèse d’Aÿ");
    d.adresse = "https://gain.exemple";
    CHECK(courrielsDuDepot(d)[0].variables.at("adresse") == "01000 Bourg-en-Bresse");
}

TEST_CASE("a partner's mailbox is told of its affectation, and of nobody's name") {
    const auto courriels = courrielsDeLAffectation(affectation());
    REQUIRE(courriels.size() == 1);
    CHECK(courriels[0].type == TypeCourriel::NouvelleAffectation);
    CHECK(courriels[0].objet == "a1");
    CHECK(courriels[0].destinataire == "habitat@mairie.exemple.fr");
    CHECK(courriels[0].variables == Variables{{"reference", "2026-11"},
                                              {"territoire", "Ain"},
                                              {"codePostal", "01000"},
                                              {"commune", "01000 Bourg-en-Bresse"},
                                              {"partenaire", "Mairie de Bourg"},
                                              {"signalementId", "s1"},
                                              {"soupcons", "non-décence, danger pour les occupants"}});
    AffectationCreee muet = affectation();
    muet.courrielPartenaire.clear();
    CHECK(courrielsDeLAffectation(muet).empty());
    AffectationCreee discret = affectation();
    discret.partenaireNotifiable = false;
    CHECK(courrielsDeLAffectation(discret).empty());
}

TEST_CASE("only the acceptance of a report is told as one") {
    CHECK(estValidation({"s1", "NEED_VALIDATION", "ACTIVE"}));
    CHECK(estValidation({"s1", "INJONCTION_BAILLEUR", "ACTIVE"}));
    CHECK_FALSE(estValidation({"s1", "CLOSED", "ACTIVE"}));
    CHECK_FALSE(estValidation({"s1", "ACTIVE", "ACTIVE"}));
    CHECK_FALSE(estValidation({"s1", "NEED_VALIDATION", "REFUSED"}));

    DossierUsagers d = dossier();
    d.declarant = {"Marc", "Petit", "marc@association.exemple.fr"};
    const auto courriels = courrielsDeLaValidation(d);
    CHECK(adresses(courriels) == Adresses{"lea@exemple.fr", "marc@association.exemple.fr"});
    CHECK(courriels[0].type == TypeCourriel::ValidationSignalement);
    d.logementVacant = true;
    CHECK(courrielsDeLaValidation(d).empty());
}

TEST_CASE("a link that was asked for is sent once per request") {
    LienDemande demande;
    demande.demandeId = "e1";
    demande.signalementId = "s1";
    demande.courriel = "lea@exemple.fr";
    demande.codeSuivi = "c0de";
    auto courriels = courrielsDuLien(demande);
    REQUIRE(courriels.size() == 1);
    CHECK(courriels[0].type == TypeCourriel::LienSuivi);
    CHECK(courriels[0].objet == "e1");
    CHECK(courriels[0].territoire.empty());
    CHECK(courriels[0].variables == Variables{{"codeSuivi", "c0de"}});

    demande.brouillonId = "b1";
    demande.creeLe = "2026-11-25T08:00:00Z";
    courriels = courrielsDuLien(demande);
    REQUIRE(courriels.size() == 1);
    CHECK(courriels[0].type == TypeCourriel::RepriseBrouillon);
    CHECK(courriels[0].variables == Variables{{"brouillonId", "b1"}, {"creeLe", "25/11/2026"}});
    demande.courriel = "pas une adresse";
    CHECK(courrielsDuLien(demande).empty());
}

TEST_CASE("every kind of mail has a name of its own that reads back") {
    for (const TypeCourriel type : kTypesCourriel) {
        CHECK_FALSE(nomStocke(type).empty());
        CHECK_FALSE(etiquette(type).empty());
        CHECK(typeDeNom(nomStocke(type)) == type);
    }
    CHECK_FALSE(typeDeNom("INCONNU").has_value());
}

TEST_CASE("P-121: the parts of an address are joined without stray separators") {
    CHECK(adresseComplete("13 AVENUE FELIX FAURE", "06500", "MENTON") == "13 AVENUE FELIX FAURE, 06500 MENTON");
    CHECK(adresseComplete("", "06500", "MENTON") == "06500 MENTON");
    CHECK(adresseComplete("13 AVENUE FELIX FAURE", "", "MENTON") == "13 AVENUE FELIX FAURE, MENTON");
    CHECK(adresseComplete("13 AVENUE FELIX FAURE", "06500", "") == "13 AVENUE FELIX FAURE, 06500");
    CHECK(adresseComplete("13 AVENUE FELIX FAURE", "", "") == "13 AVENUE FELIX FAURE");
    CHECK(adresseComplete("", "", "").empty());
}
