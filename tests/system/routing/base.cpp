#include "tests/system/routing/base.hpp"

#include "libs/postgres/migrations.hpp"

namespace histologe::streams {
std::vector<postgres::Migration> migrations();
}
namespace histologe::service {
std::vector<postgres::Migration> migrations();
}
namespace histologe::routing {
std::vector<postgres::Migration> migrations();
}

namespace histologe::routing::test {

environment::Environment& base(const std::string& nom) {
    static environment::Environment kEnvironment(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, nom));
    static const bool kStarted = [] {
        kEnvironment.startPostgres();
        postgres::Connection session(kEnvironment.databaseUrl("routing"), "routing");
        auto all = streams::migrations();
        for (const auto& more : {service::migrations(), routing::migrations()}) all.insert(all.end(), more.begin(), more.end());
        postgres::migrate(session, all);
        return true;
    }();
    (void)kStarted;
    return kEnvironment;
}

}  // namespace histologe::routing::test
