#include "tools/admin/import_annuaire.hpp"

#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/store/annuaire.hpp"

namespace histologe::admin {

ImportCounts importAnnuaire(const ImportSettings& settings, const core::Json& territoires, const core::Json& annuaire,
                            const core::Clock& clock) {
    // The relay of the running service publishes what is written here.
    streams::RelayBell bell;
    const streams::Outbox outbox("routing", settings.partitions, clock, bell);
    postgres::Connection connection(settings.databaseUrl, "routing");
    postgres::Transaction transaction(connection);
    ImportCounts counts;
    if (const auto list = territoires.find("territoires"); list != territoires.end()) {
        counts.territoires = static_cast<int>(list->size());
        std::vector<streams::Event> events;
        for (auto& changed : routing::saveTerritoires(transaction, *list)) {
            const auto code = changed.at("code").get<std::string>();
            events.push_back(outbox.make("annuaire.territoire_modifie", code, std::move(changed)));
        }
        counts.modifies = static_cast<int>(events.size());
        outbox.add(transaction, events);
    }
    if (!annuaire.empty()) {
        routing::saveAnnuaire(transaction, annuaire);
    }
    transaction.commit();
    return counts;
}

}  // namespace histologe::admin
