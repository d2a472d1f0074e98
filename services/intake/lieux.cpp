#include "services/intake/lieux.hpp"

#include "libs/core/log.hpp"
#include "services/intake/store/territoires.hpp"

namespace histologe::intake {

Lieux::Lieux(postgres::Pool& pool, domain::Communes communes) : pool_(pool), communes_(std::move(communes)) {}

std::shared_ptr<const domain::Territoires> Lieux::territoires() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    // A directory that is still empty is looked at each time: it is being loaded.
    const bool isFresh = territoires_ && !territoires_->all().empty() && now - looked_ < std::chrono::seconds(1);
    if (isFresh) return territoires_;
    try {
        auto session = pool_.acquire();
        territoires_ = std::make_shared<const domain::Territoires>(domain::Territoires::fromJson(
            core::dumpJson({{"territoires", allTerritoires(*session)}})));
    } catch (const core::Error& error) {
        if (!territoires_) throw;
        core::log::warning("territoires_not_refreshed", {{"code", error.code()}});
    }
    looked_ = now;
    return territoires_;
}

void Lieux::refreshIfChanged() {
    if (!changed_.exchange(false)) return;
    const std::lock_guard lock(mutex_);
    looked_ = {};
}

}  // namespace histologe::intake
