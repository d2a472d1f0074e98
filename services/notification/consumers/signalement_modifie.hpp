// A corrected signalement: its usagers are written to where they are now.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::notification {

streams::Handler onSignalementModifie(const core::Clock& clock);

}  // namespace histologe::notification
