#include "libs/core/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>

namespace histologe::core {
namespace {

// From a tenth of a millisecond to ten seconds.
const prometheus::Histogram::BucketBoundaries kSeconds = {0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                          0.05,   0.1,    0.25,  0.5,    1,     2.5,  10};

struct CounterOf final : Counter {
    explicit CounterOf(prometheus::Counter& c) : held(c) {}
    void add(double amount) override { held.Increment(amount); }
    prometheus::Counter& held;
};

struct GaugeOf final : Gauge {
    explicit GaugeOf(prometheus::Gauge& g) : held(g) {}
    void set(double value) override { held.Set(value); }
    prometheus::Gauge& held;
};

struct HistogramOf final : Histogram {
    explicit HistogramOf(prometheus::Histogram& h) : held(h) {}
    void observe(double seconds) override { held.Observe(seconds); }
    prometheus::Histogram& held;
};

}  // namespace

struct Metrics::State {
    using Key = std::pair<std::string, MetricLabels>;
    prometheus::Registry registry;
    std::mutex mutex;
    std::map<Key, std::unique_ptr<Counter>> counters;
    std::map<Key, std::unique_ptr<Gauge>> gauges;
    std::map<Key, std::unique_ptr<Histogram>> histograms;
    std::vector<std::function<void()>> refreshers;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::counter(const std::string& name, const std::string& help, const MetricLabels& labels) {
    const std::lock_guard lock(state_->mutex);
    auto& place = state_->counters[{name, labels}];
    if (!place) {
        auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry);
        place = std::make_unique<CounterOf>(family.Add(labels));
    }
    return *place;
}

Gauge& Metrics::gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
    const std::lock_guard lock(state_->mutex);
    auto& place = state_->gauges[{name, labels}];
    if (!place) {
        auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry);
        place = std::make_unique<GaugeOf>(family.Add(labels));
    }
    return *place;
}

Histogram& Metrics::histogram(const std::string& name, const std::string& help, const MetricLabels& labels) {
    const std::lock_guard lock(state_->mutex);
    auto& place = state_->histograms[{name, labels}];
    if (!place) {
        auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry);
        place = std::make_unique<HistogramOf>(family.Add(labels, kSeconds));
    }
    return *place;
}

void Metrics::beforeExposition(std::function<void()> refresh) {
    const std::lock_guard lock(state_->mutex);
    state_->refreshers.push_back(std::move(refresh));
}

std::string Metrics::expose() const {
    std::vector<std::function<void()>> refreshers;
    {
        const std::lock_guard lock(state_->mutex);
        refreshers = state_->refreshers;
    }
    for (const auto& refresh : refreshers) refresh();
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace histologe::core
