#include <cstdio>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/domain/annuaire_json.hpp"
#include "services/routing/domain/zones.hpp"
#include "services/routing/store/annuaire.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {

int loadTerritoires(const std::string& file) {
    const auto text = core::readFile(file);
    domain::Territoires::fromJson(text);  // refused whole rather than half loaded
    const auto document = core::parseJson(text);
    const auto session = connect("routing");
    const core::SystemClock clock;
    streams::RelayBell bell;
    const streams::Outbox outbox("routing", partitions(), clock, bell);
    postgres::Transaction transaction(*session);
    std::vector<streams::Event> events;
    for (const auto& territoire : routing::saveTerritoires(transaction, document.at("territoires"))) {
        events.push_back(outbox.make("annuaire.territoire_modifie",
                                     "territoire:" + territoire.at("code").get<std::string>(), territoire));
    }
    outbox.add(transaction, events);
    transaction.commit();
    std::printf("%zu territories, %zu changed\n", document.at("territoires").size(), events.size());
    return 0;
}

int loadAnnuaire(const std::string& file) {
    const auto document = core::parseJson(core::readFile(file));
    try {
        routing::readAnnuaire(document);
    } catch (const core::Error& error) {
        for (const auto& violation : error.violations()) {
            std::fprintf(stderr, "%s: %s\n", violation.champ.c_str(), violation.message.c_str());
        }
        throw;
    }
    // Read when a dossier is routed, a zone that cannot be used would only be empty: it is refused here, with the reason.
    std::size_t refused = 0;
    const auto zones = document.value("zones", core::Json::array());
    for (std::size_t place = 0; place < zones.size(); ++place) {
        const auto problem = routing::zoneProblem(zones[place].at("wkt").get<std::string>());
        if (!problem) continue;
        std::fprintf(stderr, "zones.%zu.wkt: %s\n", place, problem->c_str());
        ++refused;
    }
    if (refused > 0) {
        throw core::Error(core::ErrorKind::InvalidInput, "annuaire_illisible", "L'annuaire contient des erreurs.");
    }
    const auto session = connect("routing");
    postgres::Transaction transaction(*session);
    routing::saveAnnuaire(transaction, document);
    transaction.commit();
    for (const auto& [list, entries] : document.items()) {
        if (entries.is_array()) std::printf("%s: %zu\n", list.c_str(), entries.size());
    }
    return 0;
}

}  // namespace histologe::admin
