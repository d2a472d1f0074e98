#include "services/routing/consumers/signalement_modifie.hpp"

#include <map>

#include "services/routing/consumers/declaration.hpp"

namespace histologe::routing {

streams::Handler onSignalementModifie(AnnuaireCourant& annuaire) {
    return [&annuaire](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::map<std::string, Declaration> last;
        for (const auto* event : events) {
            auto declaration = declarationDe(*event);
            auto& kept = last[event->subject];
            // A move is not forgotten because something else was corrected after it.
            if (!declaration.ailleursLe) declaration.ailleursLe = kept.ailleursLe;
            kept = std::move(declaration);
        }
        std::vector<Declaration> declarations;
        std::vector<std::string> signalements;
        for (auto& [signalement, declaration] : last) {
            signalements.push_back(signalement);
            declarations.push_back(std::move(declaration));
        }
        updateDeclarations(transaction, declarations);
        ecrireFiches(transaction, fichesDe(events, *annuaire.get()->annuaire));
        // Where it stands may be what the registers said, and not what is declared.
        suivreDossiers(transaction, signalements);
    };
}

}  // namespace histologe::routing
