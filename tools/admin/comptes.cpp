// Accounts: the first one, which nobody is there to create.
#include <cstdio>
#include <stdexcept>

#include "libs/streams/outbox.hpp"
#include "services/routing/comptes.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {

int createCompte(const CompteWish& wish) {
    const auto role = auth::roleNamed(wish.role);
    if (!role || !auth::isAgent(*role)) throw std::runtime_error(wish.role + " is no role of agents");
    routing::FicheCompte fiche;
    fiche.courriel = routing::courrielCanonique(wish.courriel);
    if (!routing::estCourriel(fiche.courriel)) throw std::runtime_error(wish.courriel + " is no mail address");
    fiche.role = *role;
    fiche.prenom = wish.prenom;
    fiche.nom = wish.nom;
    if (fiche.role != auth::Role::SuperAdmin && wish.partenaires.empty()) {
        throw std::runtime_error("an account of this role works for a partner: --partenaire");
    }
    const auto session = connect("routing");
    const core::SystemClock clock;
    streams::RelayBell bell;
    const streams::Outbox outbox("routing", partitions(), clock, bell);
    const routing::VieDesComptes vie(outbox, clock);
    postgres::Transaction transaction(*session);
    for (const auto& partenaire : wish.partenaires) {
        if (!routing::lirePartenaireOuvert(transaction, partenaire)) {
            throw std::runtime_error("there is no partner " + partenaire);
        }
    }
    const auto id = vie.creer(transaction, fiche, wish.partenaires, false);
    const auto lien = vie.envoyerLien(transaction, *routing::lireCompte(transaction, id), routing::courriels::kActivation);
    transaction.commit();
    std::printf("account %s; a mail is on its way. Its link, for one day: /activation-compte/%s/%s\n", id.c_str(), id.c_str(),
                lien.c_str());
    return 0;
}

}  // namespace histologe::admin
