#include "services/intake/lieux.hpp"

#include "libs/core/log.hpp"
#include "services/intake/store/communes.hpp"
#include "services/intake/store/territoires.hpp"

namespace histologe::intake {

Lieux::Lieux(postgres::Pool& pool, domain::Communes communes)
    : pool_(pool) {
    lus_.communes = std::make_shared<const domain::Communes>(std::move(communes));
}

std::shared_ptr<const domain::Communes> Lieux::communes() {
    return lus().communes;
}

std::shared_ptr<const domain::Territoires> Lieux::territoires() {
    return lus().territoires;
}

// One caller asks the database, with a session of its own; whoever comes meanwhile, maybe holding a session, goes on with
// what was read before and waits for nobody.
Lieux::Lus Lieux::lus() {
    std::unique_lock reading(reading_, std::defer_lock);
    Lus before;
    {
        const std::lock_guard lock(mutex_);
        // A directory that is still empty is looked at each time: it is being loaded.
        const bool isRead = lus_.territoires && !lus_.territoires->all().empty();
        const bool isFresh = isRead && std::chrono::steady_clock::now() - looked_ < std::chrono::seconds(1);
        if (isFresh || (isRead && !reading.try_lock())) return lus_;
        before = lus_;
        looked_ = std::chrono::steady_clock::now();
    }
    if (!reading.owns_lock()) reading.lock();
    try {
        auto read = readAfter(before);
        const std::lock_guard lock(mutex_);
        return lus_ = std::move(read);
    } catch (const core::Error& error) {
        if (!before.territoires) throw;
        core::log::warning("territoires_not_refreshed", {{"code", error.code()}});
        return before;
    }
}

Lieux::Lus Lieux::readAfter(Lus lus) {
    auto session = pool_.acquire();
    const auto version = versionDesCommunes(*session);
    auto document = documentDesTerritoires(*session);
    // Mostly nothing has changed: then nothing is made anew.
    if (lus.territoires && version == lus.version && document == lus.document) return lus;
    if (version != lus.version) {
        lus.communes = std::make_shared<const domain::Communes>(lireCommunes(*session, version));
        lus.version = version;
        core::log::info("communes_loaded",
                        {{"version", static_cast<long long>(version)}, {"rows", lus.communes->size()}});
    }
    lus.territoires = std::make_shared<const domain::Territoires>(
        domain::codesActuels(domain::Territoires::fromJson(document), *lus.communes));
    lus.document = std::move(document);
    return lus;
}

void Lieux::refreshIfChanged() {
    if (!changed_.exchange(false)) return;
    const std::lock_guard lock(mutex_);
    looked_ = {};
}

}  // namespace histologe::intake
