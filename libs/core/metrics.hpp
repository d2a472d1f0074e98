// Counters, gauges and histograms in Prometheus' text form. Names: histologe_<what>_<unit>.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace histologe::core {

using MetricLabels = std::map<std::string, std::string>;

// Only grows. Cheap and safe from any thread.
class Counter {
  public:
    virtual ~Counter() = default;
    virtual void add(double amount = 1) = 0;
};

// Goes up and down. Cheap and safe from any thread.
class Gauge {
  public:
    virtual ~Gauge() = default;
    virtual void set(double value) = 0;
};

// Distribution of durations in seconds. Cheap and safe from any thread.
class Histogram {
  public:
    virtual ~Histogram() = default;
    virtual void observe(double seconds) = 0;
};

// Where a process keeps its measures. Asking twice for the same name and labels gives the same object, which lives as
// long as the registry; asking takes a lock, so keep the reference.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    Counter& counter(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    Gauge& gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    Histogram& histogram(const std::string& name, const std::string& help, const MetricLabels& labels = {});

    // `refresh` is called just before each exposition, to set gauges that are cheaper to read than to keep.
    void beforeExposition(std::function<void()> refresh);

    // The whole registry in the text exposition format.
    [[nodiscard]] std::string expose() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::core
