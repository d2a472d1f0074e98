// The scheduled work of intake, in the way of all services.
#pragma once

#include "libs/service/travaux.hpp"

namespace histologe::intake {

using service::Travail;

class Travaux final : public service::Travaux {
  public:
    Travaux(std::vector<Travail> travaux, const core::Clock& clock, core::Metrics& metrics)
        : service::Travaux("intake", std::move(travaux), clock, metrics) {}
};

}  // namespace histologe::intake
