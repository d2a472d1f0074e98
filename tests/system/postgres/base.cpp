#include "tests/system/postgres/base.hpp"

namespace histologe::postgres::test {

environment::Environment& server() {
    static const auto environment = [] {
        auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_postgres");
        auto made = std::make_unique<environment::Environment>(std::move(settings));
        made->startPostgres();
        return made;
    }();
    return *environment;
}

Base::Base() {
    static int count = 0;
    name_ = "base_" + std::to_string(++count);
    server().postgres().createDatabase(name_);
}

std::string Base::url() const {
    return server().postgres().url("intake", name_);
}

environment::Sql Base::superuser() const {
    return environment::Sql(server().postgres().superuserUrl(name_));
}

std::string Base::one(const std::string& statement) const {
    return superuser().rows(statement).at(0).at(0).value();
}

int Base::endSessions() const {
    return static_cast<int>(superuser()
                                .rows("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                                      "WHERE datname = current_database() AND usename = 'intake'")
                                .size());
}

}  // namespace histologe::postgres::test
