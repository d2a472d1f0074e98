#include "services/routing/consumers/signalement_modifie.hpp"

#include <map>

#include "services/routing/consumers/declaration.hpp"

namespace histologe::routing {

streams::Handler onSignalementModifie(AnnuaireCourant& annuaire) {
    return [&annuaire](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::map<std::string, Declaration> last;
        for (const auto* event : events) last.insert_or_assign(event->subject, declarationDe(*event));
        std::vector<Declaration> declarations;
        for (auto& [signalement, declaration] : last) declarations.push_back(std::move(declaration));
        updateDeclarations(transaction, declarations);
        ecrireFiches(transaction, fichesDe(events, *annuaire.get()->annuaire));
    };
}

}  // namespace histologe::routing
