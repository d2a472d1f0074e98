// Several instances write at the same time: nothing is lost, nobody waits in a circle.
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/system/statistics/support.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace histologe::statistics::essai;
using namespace std::chrono_literals;

TEST_CASE("instances that write the same counters, and a zone that changes meanwhile, leave exact counters") {
    constexpr int kInstances = 6;
    constexpr int kBatches = 20;
    constexpr int kDossiers = 10;  // of a batch
    Base base;
    std::atomic<int> failures = 0;
    std::vector<std::thread> instances;
    for (int instance = 0; instance < kInstances; ++instance) {
        instances.emplace_back([&, instance] {
            const auto session = base.connect();
            for (int batch = 0; batch < kBatches; ++batch) {
                std::vector<streams::Event> events;
                for (int i = 0; i < kDossiers; ++i) {
                    const int number = (instance * kBatches + batch) * kDossiers + i;
                    // An hour before midnight UTC of a month's last day: the zone decides the month.
                    const auto created = *core::parseInstant("2026-01-31T22:30:00Z");
                    events.push_back(depose(uuid(number), {{"territoire", "974"}}, created));
                    events.push_back(cree(uuid(number), "NEED_VALIDATION", created));
                    events.push_back(modifie(uuid(number), i % 2 == 0 ? "ACTIVE" : "CLOSED", created + 1h, "RSD"));
                    events.push_back(evalue(uuid(number), {"desordres_batiment_proprete_interieur"}, created));
                }
                try {
                    base.apply(*session, events);
                } catch (const core::Error&) {
                    ++failures;
                }
            }
        });
    }
    const auto session = base.connect();
    for (int change = 1; change <= 11; ++change) {
        try {
            base.apply(*session,
                       {territoire("974", "La Réunion", true, change % 2 == 0 ? "Europe/Paris" : "Indian/Reunion",
                                   present() + std::chrono::seconds(change))});
        } catch (const core::Error&) {
            ++failures;
        }
        std::this_thread::sleep_for(20ms);
    }
    for (auto& instance : instances) instance.join();

    CHECK(failures == 0);
    CHECK(base.ecarts().empty());
    constexpr int kAll = kInstances * kBatches * kDossiers;
    const auto figures = base.chiffres("974");
    CHECK(figures.at("count_signalement") == kAll);
    // All of them where the last zone puts them: none was missed while it changed.
    CHECK(figures.at("signalement_per_month").dump() == R"({"Février 2026":)" + std::to_string(kAll) + "}");
    CHECK(figures.at("signalement_per_motif_cloture").at("RSD") == kAll / 2);
    CHECK(figures.at("signalement_per_desordres_categories").at("BATIMENT").at("count") == kAll);
}
