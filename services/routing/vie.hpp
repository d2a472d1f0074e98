// The life of a dossier: what its tables of transitions allow is done here, whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "services/routing/vie_acte.hpp"

namespace histologe::routing {

// What somebody asks for.
struct Demande {
    std::string action;
    std::string motif;
    std::string texte;
    std::string travaux;
    std::optional<bool> visibleUsager;
    std::vector<std::string> abonnes;                    // accounts that will follow
    std::optional<std::vector<std::string>> partenaires;  // whose affectations are put back, when a dossier is reopened
};

// The state refuses (409), or it is not what was read (412): with what may be done now instead.
class TransitionRefusee final : public core::Error {
  public:
    TransitionRefusee(core::ErrorKind kind, std::string code, std::string message, core::Json etat, long long version)
        : core::Error(kind, std::move(code), std::move(message)), etat_(std::move(etat)), version_(version) {}
    // As etatPermis() says it.
    [[nodiscard]] const core::Json& etat() const { return etat_; }
    // Of the dossier, or of the affectation that was asked for.
    [[nodiscard]] long long version() const { return version_; }

  private:
    core::Json etat_;
    long long version_;
};

// State and versions of the dossier and of the affectations, each with the transitions that this person may make now.
core::Json etatPermis(Acte& acte);
// The tables themselves, for people and programs.
core::Json tablesDesTransitions();

// Each checks everything before it changes anything, and throws core::Error: TransitionRefusee; Forbidden
// (`action_interdite`) when his rights never allow it; InvalidInput (`requete_invalide`) for what is asked badly. Then it
// writes the change, its suivi, its events; the history follows by itself.
void agirSurDossier(Acte& acte, const Demande& demande);
void agirSurAffectation(Acte& acte, AffectationVive& affectation, const Demande& demande);
// Gives the dossier to partners and takes it from others: explicit lists, all of it or nothing.
void repartir(Acte& acte, const std::vector<std::string>& ajouter, const std::vector<std::string>& retirer);

}  // namespace histologe::routing
