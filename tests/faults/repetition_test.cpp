// Every event comes twice and more, in bursts.
#include <iostream>
#include <map>
#include <thread>

#include <catch2/catch.hpp>
#include <httplib.h>

#include "tests/faults/support/campaign.hpp"

using namespace histologe;
using namespace histologe::faults;

namespace {

// Queues again for its relay what a service has said from `first` on; the greatest number so far.
long long sayAgain(environment::Sql& sql, const std::string& service, long long first) {
    sql.rows("INSERT INTO " + service + ".evenements_a_publier (numero, cree_le) SELECT numero, cree_le FROM " +
                 service + ".evenements WHERE numero >= $1::bigint ON CONFLICT DO NOTHING",
             {std::to_string(first)});
    return std::stoll(sql.rows("SELECT COALESCE(max(numero), 0) FROM " + service + ".evenements")[0][0].value());
}

double published(environment::Environment& environment, const std::string& service) {
    httplib::Client http("127.0.0.1", environment.adminPort(service));
    const auto answer = http.Get("/metrics");
    REQUIRE(answer);
    const std::string name = "\nhistologe_outbox_published_total ";
    const auto at = answer->body.find(name);
    REQUIRE(at != std::string::npos);
    return std::stod(answer->body.substr(at + name.size()));
}

}  // namespace

TEST_CASE("every event delivered twice and in bursts has one effect") {
    Campaign campaign({"repetition"});
    campaign.start();
    auto sql = campaign.superuser();
    std::map<std::string, long long> from;
    for (const auto& service : environment::services()) from[service] = 1;
    for (int time = 1; time <= 8; ++time) {
        campaign.reach(time * 0.12);
        std::this_thread::sleep_for(campaign.moment(200));
        for (auto& [service, first] : from) first = sayAgain(sql, service, first) + 1;
    }
    campaign.finish();
    // All of it in one burst: what came after the last one, and everything else for the third time.
    for (const auto& service : environment::services()) sayAgain(sql, service, 1);
    campaign.finish();
    double events = 0;
    double deliveries = 0;
    for (const auto& service : environment::services()) {
        const auto said = std::stod(sql.rows("SELECT count(*) FROM " + service + ".evenements")[0][0].value());
        if (said == 0) continue;
        INFO(service);
        // Notification says most of its events after the burst, as its mails leave.
        if (service != "notification") {
            CHECK(Campaign::eventually([&] { return published(campaign.environment(), service) >= 2 * said; }));
        }
        events += said;
        deliveries += published(campaign.environment(), service);
    }
    std::cout << "repetition: " << events << " events delivered " << deliveries << " times" << std::endl;
}
