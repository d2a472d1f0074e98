// Something new in a dossier: mails to its partners and usagers.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::notification {

streams::Handler onSuiviCree(const core::Clock& clock);

}  // namespace histologe::notification
