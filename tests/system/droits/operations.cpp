#include "tests/system/droits/operations.hpp"

namespace histologe::droits {
namespace {

// clang-format off
constexpr Operation kOperations[] = {
    // Anybody: the public form, the doors, what is published.
    {"getFormulaire", ""}, {"checkBrouillon", ""}, {"createBrouillon", ""}, {"saveBrouillon", ""},
    {"getBrouillonInformations", ""}, {"sendBrouillonLink", ""}, {"archiveBrouillon", ""}, {"getCatalogueDesordres", ""},
    {"loginApi", ""}, {"issueToken", ""}, {"signIn", ""}, {"confirmSignIn", ""}, {"refreshSession", ""}, {"signOut", ""},
    {"requestPasswordLink", ""}, {"checkPasswordLink", ""}, {"choosePassword", ""}, {"startProconnect", ""},
    {"finishProconnect", ""}, {"openBailleurAccess", ""}, {"openUsagerAccess", ""}, {"confirmUsagerCourriel", ""},
    {"uploadFichier", ""}, {"getFichier", ""}, {"getInvitation", ""}, {"acceptInvitation", ""}, {"refuseInvitation", ""},
    {"sendLienSuivi", ""}, {"requestLienSuivi", ""}, {"getDictionary", ""}, {"getQuestions", ""}, {"getDesordres", ""},
    {"simulateScore", ""}, {"getServiceSecours", ""}, {"verifierEtapeDesSecours", ""}, {"declarerParLesSecours", ""},
    {"getStatistiquesPubliques", ""}, {"checkTerritory", ""}, {"getDemarcheAcceleree", ""}, {"getRecapitulatifDesSecours", ""}, {"listTerritoires", ""}, {"searchBailleurs", ""},

    // Agents and systems, on dossiers.
    {"listDossiers", "SRPAI"}, {"countDossiers", "SRPAI"}, {"mapDossiers", "SRPAI"},
    {"getDossier", "SRPAI", Objet::Dossier}, {"listMemeAdresse", "SRPAI", Objet::Dossier},
    {"getTransitions", "SRPAI"}, {"getTransitionsDossier", "SRPAI", Objet::Dossier}, {"listHistorique", "SRPAI", Objet::Dossier},
    {"actOnDossier", "SRPAI", Objet::Pilotage, R"({"action": "fermer", "motif": "PERIL", "texte": "Le danger est écarté.", "visibleUsager": false})"},
    {"dispatchDossier", "SRPAI", Objet::Pilotage, R"({"ajouter": [], "retirer": []})"},
    {"actOnAffectation", "SRPAI", Objet::Affectation, R"({"action": "fermer", "motif": "PERIL", "texte": "Le danger est écarté.", "travaux": "NON"})"},
    {"getTableauDeBord", "SRPA"},
    {"listRecherches", "SRPAI"}, {"createRecherche", "SRPAI"},
    {"updateRecherche", "SRPAI", Objet::Recherche, R"({"nom": "Autre", "parametres": {"status": "nouveau"}})"},
    {"deleteRecherche", "SRPAI", Objet::Recherche},
    {"getSignalement", "SRPAI", Objet::Dossier}, {"getSection", "SRPAI", Objet::Dossier},
    {"modifierSection", "SRPAI", Objet::Modification, R"({"nom": "Agence"})"},
    {"listModifications", "SRPAI", Objet::Dossier}, {"listAcces", "SR", Objet::Dossier},
    {"getLocalisation", "SRPAI", Objet::Dossier}, {"listVoisins", "SRPAI", Objet::Dossier},
    {"getScore", "SRPAI", Objet::Dossier}, {"listInvitations", "SRPAI", Objet::Dossier},
    {"createInvitation", "SRPAI", Objet::Modification, R"({"nom": "Roy", "prenom": "Ada", "courriel": "tiers-{alea}@exemple.fr"})"},
    {"setBatiment", "SRPAI", Objet::Modification, R"({"rnbId": "ABCD1234EFGH"})"},
    {"getFichiersSignalement", "SRPAIU", Objet::Dossier},
    {"addFichiersSignalement", "SRPAIU", Objet::Modification, R"({"fichiers": [{"cle": "personne.jpg"}]})"},
    {"patchFichier", "SRPAIU", Objet::Fichier, R"({"titre": "Mur"})"}, {"deleteFichier", "SRPAIU", Objet::Fichier},

    {"listCategoriesSuivi", "SRPAI"}, {"listSuivis", "SRPAI", Objet::Dossier}, {"readSuivis", "SRPAI", Objet::Dossier},
    {"createSuivi", "SRPAI", Objet::Modification, R"({"texte": "Nous passerons mardi.", "visibleUsager": false})"},
    {"updateSuivi", "SRPAI", Objet::SuiviDAutrui, R"({"texte": "Nous passerons mercredi.", "visibleUsager": false})"},
    {"deleteSuivi", "SRPAI", Objet::Suivi},
    {"listAbonnements", "SRPAI", Objet::Dossier}, {"subscribeDossier", "SRPAI", Objet::Dossier},
    {"unsubscribeDossier", "SRPAI", Objet::Dossier, "{}"},

    // The directory.
    {"listPartenaires", "SRP"}, {"getPartenaire", "SRP", Objet::Partenariat}, {"listPartenaireHistorique", "SRP", Objet::Partenariat},
    {"updatePartenaire", "SRP", Objet::Partenariat, R"({"nom": "Autre nom"})"}, {"archivePartenaire", "SRP", Objet::Tenue},
    {"createPartenaire", "SRP", Objet::DuTerritoire, R"({"nom": "Ailleurs {alea}", "type": "AUTRE", "territoire": "13"})"},
    {"getInterconnexion", "SRP", Objet::Territoire}, {"updateInterconnexion", "SRP", Objet::Territoire, R"({"esaboraActif": false})"},
    {"listZones", "SR"}, {"getZone", "SR", Objet::Territoire}, {"listZoneHistorique", "SR", Objet::Territoire},
    {"updateZone", "SR", Objet::Territoire, R"({"nom": "Autre nom"})"}, {"archiveZone", "SR", Objet::Territoire},
    {"createZone", "SR", Objet::DuTerritoire, R"zone({"nom": "Zone {alea}", "type": "AUTRE", "territoire": "13", "wkt": "POLYGON ((5 43, 6 43, 6 44, 5 43))"})zone"},
    {"listRegles", "SR"}, {"getRegle", "SR", Objet::Territoire}, {"listRegleHistorique", "SR", Objet::Territoire},
    {"createRegle", "S"}, {"updateRegle", "S", Objet::Aucun, R"({"active": false})"}, {"archiveRegle", "S"},

    {"simulateRegles", "S", Objet::Aucun, R"({"faits": {"territoire": "13"}})"},
    {"listBailleurs", "SR"}, {"getBailleur", "SR", Objet::Territoire}, {"listBailleurHistorique", "SR", Objet::Territoire},
    {"createBailleur", "S"}, {"updateBailleur", "S", Objet::Aucun, R"({"nom": "Autre nom"})"}, {"archiveBailleur", "S"},
    {"listEtiquettes", "SRPA"}, {"getEtiquette", "SRPA", Objet::Membres}, {"listEtiquetteHistorique", "SR", Objet::Membres},
    {"createEtiquette", "SR", Objet::DuTerritoire, R"({"libelle": "Suivi {alea}", "territoire": "13"})"},
    {"updateEtiquette", "SR", Objet::Membres, R"({"libelle": "Autre {alea}"})"}, {"archiveEtiquette", "SR", Objet::Membres},
    {"getEtiquettesDuDossier", "SRPAI", Objet::Dossier},
    {"replaceEtiquettesDuDossier", "SRPA", Objet::Modification, R"({"etiquettes": []})"},
    {"getTerritoire", "SRPAI"}, {"listCommunesDuTerritoire", "SRPAI"}, {"listEpcisDuTerritoire", "SRPAI"},

    // Drafts of agents.
    {"listSaisies", "SRPAI"}, {"createSaisie", "SRPAI"}, {"getSaisie", "SRPAI", Objet::Saisie},
    {"archiveSaisie", "SRPAI", Objet::Saisie},
    {"saveEtape", "SRPAI", Objet::Saisie, R"({"nombrePieces": 3})"},
    {"validerSaisie", "SRPAI", Objet::Saisie, R"({"consentementTiers": true, "consentementDonneesSante": true})"},

    // Accounts.
    {"getMoi", "SRPA", Objet::Personnel}, {"changeMyPassword", "SRPA", Objet::Personnel},
    {"askMyCourriel", "SRPA", Objet::Personnel}, {"confirmMyCourriel", "SRPA", Objet::Personnel}, {"getApiMoi", "I", Objet::Personnel}, {"signOutEverywhere", "SRPA", Objet::Personnel},
    {"listComptes", "SRP"}, {"getCompte", "SRP", Objet::Compte}, {"listCompteHistorique", "SRP", Objet::Compte},
    {"createCompte", "SRP", Objet::Partenaire, R"({"courriel": "personne-{alea}@exemple.fr", "prenom": "Ada", "nom": "Roy", "role": "agent", "partenaire": "{partenaire}"})"},
    {"attachCompte", "SRP", Objet::Partenaire, R"({"courriel": "personne-{alea}@exemple.fr", "partenaire": "{partenaire}"})"},
    {"updateCompte", "SRP", Objet::Compte, R"({"prenom": "Ada"})"}, {"archiveCompte", "SRP", Objet::Compte},
    {"removeComptePartenaire", "SRP", Objet::Compte},
    {"transferCompte", "SRP", Objet::Compte, R"({"vers": "{partenaire}"})"}, {"sendCompteActivation", "SRP", Objet::Compte},
    {"disableCompte", "SRP", Objet::CompteDeSuperAdmin}, {"reactivateCompte", "SRP", Objet::CompteDeSuperAdmin, "{}"},
    {"listComptesApi", "S"}, {"createCompteApi", "S"}, {"getCompteApi", "S"}, {"archiveCompteApi", "S"},
    {"updateCompteApiPermissions", "S"}, {"renewCompteApiSecret", "S"},

    // The super admin's.
    {"recalculerScores", "S"}, {"listServicesSecours", "S"}, {"createServiceSecours", "S"}, {"closeServiceSecours", "S"},

    // The usager's and the landlord's spaces.
    {"setUsagerBatiment", "U", Objet::Personnel},
    {"closeUsagerAccess", "U", Objet::Personnel}, {"acceptUsagerCgu", "U", Objet::Personnel}, {"getUsagerSignalement", "U", Objet::Personnel},
    {"listUsagerFil", "U", Objet::Personnel}, {"sendUsagerMessage", "U", Objet::Personnel}, {"addUsagerFichiers", "U", Objet::Personnel},
    {"getUsagerSection", "U", Objet::Personnel}, {"modifyUsagerSection", "U", Objet::Personnel}, {"createUsagerInvitation", "U", Objet::Personnel},
    {"stopUsagerProcedure", "U", Objet::Personnel}, {"continueUsagerProcedure", "U", Objet::Personnel}, {"switchUsagerProcedure", "U", Objet::Personnel},
    {"answerUsagerCloture", "U", Objet::Personnel}, {"noteUsagerBailleurPrevenu", "U", Objet::Personnel},
    {"closeBailleurAccess", "B", Objet::Personnel}, {"getBailleurDossier", "B", Objet::Personnel}, {"answerBailleur", "B", Objet::Personnel},
    {"closeBailleur", "B", Objet::Personnel}, {"sendBailleurMessage", "B", Objet::Personnel},
};
// clang-format on

}  // namespace

std::span<const Operation> operations() noexcept { return kOperations; }

}  // namespace histologe::droits
