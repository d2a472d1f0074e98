// One thing that a usager or a landlord does with his signalement: who he is, whether he may, and what is left of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/message.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/domain/section_examen.hpp"
#include "services/intake/lieux.hpp"
#include "services/intake/store/actes.hpp"
#include "services/intake/store/espace.hpp"

namespace histologe::intake {

// What the operations of the two spaces need; all of it outlives the router.
struct EspaceContext {
    postgres::Pool& pool;
    const streams::Outbox& outbox;
    const core::Clock& clock;
    const desordres::Catalogue& catalogue;
    Lieux& lieux;
};

// Everything happens in one transaction, with the signalement locked when something is to be written.
struct Geste {
    postgres::Transaction& transaction;
    const EspaceContext& context;
    DossierUsager dossier;
    Personne personne;
    core::Instant le;

    [[nodiscard]] bool peut(Action action) const;
    // Throws core::Error (Forbidden): `cgu_a_accepter` when only that is missing, else `action_impossible` in these
    // words.
    void exiger(Action action, const std::string& sinon) const;
};

using FaireGeste = std::function<http::Response(Geste&)>;

// Runs an operation in the name of the bearer's session. Throws core::Error: Unauthenticated when the session was
// closed, NotFound `dossier_introuvable` when nobody may see the signalement any more.
http::Response faireGeste(const EspaceContext& context, const http::Request& request, const FaireGeste& faire);
// The same for what only reads: nobody waits for it.
http::Response voirDossier(const EspaceContext& context, const http::Request& request, const FaireGeste& voir);

// The same for a signalement that a link names.
http::Response faireGesteDuPorteur(const EspaceContext& context, const std::string& signalement,
                                   const FaireGeste& faire);

// Writes the act and its event `usager.acte` (its schema: api/events). `details` holds nothing of a person; `statut` in
// it is the signalement's after the act. Returns the act.
Acte noterActe(Geste& geste, const std::string& categorie, const std::string& texte,
               core::Json details = core::Json::object());

// The declared document changed: kept, told, and noted in the thread. Nothing when nothing changed.
void noterModification(Geste& geste, const Fiche& fiche, const std::string& section,
                       const std::vector<Changement>& changements);

// The injonction ends in an ordinary procedure, which begins now: the signalement is given its territoire's reference
// and waits for validation. The act says so, with the injonction's number and the first day.
Acte passerEnProcedure(Geste& geste, const std::string& categorie, const std::string& texte,
                       core::Json details = core::Json::object());

// As the spaces show it.
core::Json enJson(const Acte& acte);

// The texts of a body, trimmed. The first throws core::Error (InvalidInput, `donnees_invalides`) when it is no message;
// the second also takes none, and is then empty.
std::string texteDuCorps(const core::Json& corps, const char* champ);
std::string texteFacultatif(const core::Json& corps, const char* champ);
// The text of a member, trimmed; empty when there is none.
std::string motDuCorps(const core::Json& corps, const char* champ);

core::Error dossierIntrouvable();
core::Error actionImpossible(const std::string& message);

}  // namespace histologe::intake
