#include "libs/core/metrics.hpp"

#include <catch2/catch.hpp>

using histologe::core::Metrics;

TEST_CASE("measures are exposed with their labels, and gauges refreshed first") {
    Metrics metrics;
    metrics.counter("histologe_x_total", "x", {{"a", "1"}}).add(2);
    metrics.counter("histologe_x_total", "x", {{"a", "1"}}).add();
    auto& gauge = metrics.gauge("histologe_y", "y");
    metrics.beforeExposition([&] { gauge.set(7); });
    metrics.histogram("histologe_z_seconds", "z").observe(0.003);
    const auto text = metrics.expose();
    CHECK(text.find("histologe_x_total{a=\"1\"} 3") != std::string::npos);
    CHECK(text.find("histologe_y 7") != std::string::npos);
    CHECK(text.find("histologe_z_seconds_bucket{le=\"0.005\"} 1") != std::string::npos);
}
