#include "services/notification/domain/pause.hpp"

#include <algorithm>
#include <cmath>

namespace histologe::notification {

void PauseServeur::echec(core::Instant now, double hasard) {
    ++echecs_;
    if (enPause(now)) return;
    std::chrono::milliseconds nominale = reglages_.premiere;
    for (int i = 0; i < pauses_ && nominale < reglages_.plusLongue; ++i) nominale *= 2;
    nominale = std::min(nominale, reglages_.plusLongue);
    ++pauses_;
    const double facteur = 1.0 + reglages_.gigue * (2.0 * std::clamp(hasard, 0.0, 1.0) - 1.0);
    jusquA_ = now + std::chrono::milliseconds(std::llround(static_cast<double>(nominale.count()) * facteur));
}

bool PauseServeur::succes() {
    const bool finDePanne = echecs_ >= reglages_.panneApres;
    echecs_ = 0;
    pauses_ = 0;
    jusquA_ = core::Instant{};
    return finDePanne;
}

}  // namespace histologe::notification
