// The directory as people edit it: what its operations have in common, and where they are bound.
#pragma once

#include <memory>
#include <string>

#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/annuaire_courant.hpp"
#include "services/routing/comptes.hpp"
#include "services/routing/store/fiches_annuaire.hpp"

namespace histologe::routing {

// All outlive the router.
struct ContexteAnnuaire {
    postgres::Pool& pool;
    AnnuaireCourant& annuaire;
    const VieDesComptes& vie;  // its clock, its outbox, and the accounts of a partner that goes
};

// `listPartenaires`, `createPartenaire`, `getPartenaire`, `updatePartenaire`, `archivePartenaire`,
// `listPartenaireHistorique`.
void bindPartenaires(http::Router& router, const ContexteAnnuaire& contexte);
// `getInterconnexion`, `updateInterconnexion`.
void bindInterconnexions(http::Router& router, const ContexteAnnuaire& contexte);
// `listZones`, `createZone`, `getZone`, `updateZone`, `archiveZone`, `listZoneHistorique`.
void bindZones(http::Router& router, const ContexteAnnuaire& contexte);
// `listRegles`, `createRegle`, `getRegle`, `updateRegle`, `archiveRegle`, `listRegleHistorique`.
void bindRegles(http::Router& router, const ContexteAnnuaire& contexte);
// `simulateRegles`.
void bindSimulations(http::Router& router, const ContexteAnnuaire& contexte);
// `listBailleurs`, `createBailleur`, `getBailleur`, `updateBailleur`, `archiveBailleur`, `listBailleurHistorique`.
void bindFichesBailleurs(http::Router& router, const ContexteAnnuaire& contexte);
// `listEtiquettes`, `createEtiquette`, `getEtiquette`, `updateEtiquette`, `archiveEtiquette`,
// `listEtiquetteHistorique`, `getEtiquettesDuDossier`, `replaceEtiquettesDuDossier`.
void bindEtiquettes(http::Router& router, const ContexteAnnuaire& contexte);

// `getTerritoire`, `listCommunesDuTerritoire`, `listEpcisDuTerritoire`. `donnees` is the folder of the shipped
// communes, which count until others are imported.
void bindCommunes(http::Router& router, const ContexteAnnuaire& contexte, const std::string& donnees);

// One request about the directory: who asks, in which transaction. A writer locks the directory first, so that what it
// checks still holds when it commits.
class Seance {
  public:
    enum class Usage { Lecture, Ecriture };
    Seance(const ContexteAnnuaire& contexte, const http::Request& request, Usage usage);

    [[nodiscard]] const Acteur& acteur() const { return acteur_; }
    [[nodiscard]] postgres::Transaction& transaction() { return transaction_; }
    [[nodiscard]] core::Instant now() const { return now_; }
    [[nodiscard]] const domain::Territoires& territoires() const { return *charge_->territoires; }
    [[nodiscard]] const AnnuaireCharge& charge() const { return *charge_; }

    // The sheet of this name in the address. Throws core::Error (NotFound, `<code>`) when there is none, or
    // `estVisible` says no: who may not see it is told that there is none.
    template <typename Visible>
    FicheLue demandee(Genre genre, const char* parametre, const char* code, const Visible& estVisible) {
        const auto id = request_.pathParameters.get(parametre);
        auto fiche = lireFiche(transaction_, genre, id);
        if (!fiche || !estVisible(*fiche)) inconnue(code);
        return *fiche;
    }
    [[noreturn]] static void inconnue(const char* code);

    // Throws core::Error (PreconditionFailed, InvalidInput) unless the request names the version of the sheet.
    void exigerVersion(const FicheLue& fiche) const;
    // Write a sheet, and its line of the history, in this transaction.
    FicheLue creer(Genre genre, const core::Json& contenu);
    FicheLue changer(Genre genre, const FicheLue& avant, const core::Json& contenu, bool archive = false);
    // Commits; from then on this process reads the directory anew, and what was said leaves.
    void conclure();
    // Commits, and answers with the sheet; a new one (`201`) stands below `racine`.
    http::Response conclure(const FicheLue& fiche, const core::Json& vue);
    http::Response conclureNeuve(const FicheLue& fiche, const core::Json& vue, const std::string& racine);

    http::Response historique(Genre genre, const std::string& id);

  private:
    const ContexteAnnuaire& contexte_;
    const http::Request& request_;
    Acteur acteur_;
    core::Instant now_;
    std::shared_ptr<const AnnuaireCharge> charge_;
    postgres::Pool::Lease session_;
    postgres::Transaction transaction_;
};

// The territory of a sheet; empty when it has none.
std::string territoireDe(const core::Json& contenu);

// The criteria of the address: `territoire`, `type`, `competence`, `q`, `archives`, `curseur`, `limite`; and of whom the
// list may show sheets (territoiresDesListes).
FiltreFiches filtreDe(const http::Request& request, const Acteur& acteur);
// A page of `nom`, with the address of the next one.
http::Response pageDe(const http::Request& request, const char* nom, std::vector<FicheLue> fiches, int limite,
                      const std::function<core::Json(const FicheLue&)>& montrer);

// The sheet with its ETag.
http::Response reponse(int statut, const core::Json& json, const FicheLue& fiche);

// `avant` with the members of the body in place of its own: `champs` are those that a body may have.
core::Json modifiee(const core::Json& avant, const core::Json& corps);

// Throws core::Error (InvalidInput, `requete_invalide`) with these refusals when there are any.
void refuserSi(Refus refus);
// Throws core::Error (Conflict).
[[noreturn]] void refuserConflit(const char* code, const char* message, const char* champ = nullptr);

}  // namespace histologe::routing
