#include "tools/admin/chantier.hpp"

#include <cstdio>

#include "tools/admin/services.hpp"

namespace histologe::admin {
namespace {

constexpr std::size_t kPertesSurCent = 1;
// So few may go whatever the size of the table.
constexpr std::size_t kPertesPermises = 10;

}  // namespace

Chantier::Chantier()
    : session(connect("routing")), outbox("routing", partitions(), clock, bell), transaction(*session) {
    routing::verrouillerAnnuaire(transaction);
}

void Chantier::direLesCommunes() {
    const auto version = routing::avancerVersion(transaction);
    std::vector<streams::Event> events;
    for (auto& lot : routing::lotsDeCommunes(transaction, version)) {
        events.push_back(outbox.make("annuaire.communes_modifiees", "communes", std::move(lot)));
    }
    outbox.add(transaction, events);
}

void refuserPertes(Rapport& rapport, const routing::Ecart& ecart, const TableWish& wish) {
    const auto avant = ecart.retires + ecart.modifies + ecart.inchanges;
    if (wish.acceptsRemovals || ecart.retires <= kPertesPermises || ecart.retires * 100 <= avant * kPertesSurCent)
        return;
    rapport.refuser(0, "", "trop_de_disparitions",
                    "Trop de lignes de la table actuelle manquent : ce fichier est peut-être incomplet.",
                    std::to_string(ecart.retires));
}

int conclure(const Rapport& rapport, std::size_t lignes, const routing::Ecart* ecart, bool isDryRun) {
    std::printf("%zu rows, %zu refusals, %zu warnings\n", lignes, rapport.refus(), rapport.avertissements());
    if (rapport.refus() > 0 || ecart == nullptr) {
        std::printf("Nothing was changed.\n");
        return 1;
    }
    std::printf("%zu added, %zu changed, %zu gone, %zu as they were%s\n", ecart->ajoutes, ecart->modifies,
                ecart->retires, ecart->inchanges, isDryRun ? "; nothing was written" : "");
    return 0;
}

}  // namespace histologe::admin
