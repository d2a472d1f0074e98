#include "services/intake/lieux.hpp"

#include "libs/core/log.hpp"
#include "services/intake/store/communes.hpp"
#include "services/intake/store/territoires.hpp"

namespace histologe::intake {

Lieux::Lieux(postgres::Pool& pool, domain::Communes communes)
    : pool_(pool), communes_(std::make_shared<const domain::Communes>(std::move(communes))) {}

std::shared_ptr<const domain::Communes> Lieux::communes() {
    const std::lock_guard lock(mutex_);
    refresh();
    return communes_;
}

std::shared_ptr<const domain::Territoires> Lieux::territoires() {
    const std::lock_guard lock(mutex_);
    refresh();
    return territoires_;
}

void Lieux::refresh() {
    const auto now = std::chrono::steady_clock::now();
    // A directory that is still empty is looked at each time: it is being loaded.
    const bool isFresh = territoires_ && !territoires_->all().empty() && now - looked_ < std::chrono::seconds(1);
    if (isFresh) return;
    try {
        read();
    } catch (const core::Error& error) {
        if (!territoires_) throw;
        core::log::warning("territoires_not_refreshed", {{"code", error.code()}});
    }
    looked_ = now;
}

void Lieux::read() {
    auto session = pool_.acquire();
    const auto version = versionDesCommunes(*session);
    auto document = documentDesTerritoires(*session);
    // Mostly nothing has changed: then nothing is made anew.
    if (territoires_ && version == version_ && document == document_) return;
    if (version != version_) {
        communes_ = std::make_shared<const domain::Communes>(lireCommunes(*session, version));
        version_ = version;
        core::log::info("communes_loaded",
                        {{"version", static_cast<long long>(version)}, {"rows", communes_->size()}});
    }
    territoires_ = std::make_shared<const domain::Territoires>(
        domain::codesActuels(domain::Territoires::fromJson(document), *communes_));
    document_ = std::move(document);
}

void Lieux::refreshIfChanged() {
    if (!changed_.exchange(false)) return;
    const std::lock_guard lock(mutex_);
    looked_ = {};
}

}  // namespace histologe::intake
