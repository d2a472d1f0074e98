// What an operator may set of the mails.
#pragma once

#include "libs/core/config.hpp"
#include "services/notification/jobs/expedition.hpp"

namespace histologe::notification {

// Declares and reads HISTOLOGE_NOTIFICATION_SMTP_* and HISTOLOGE_NOTIFICATION_MAIL_*. The database's URL and the site's
// address, which every service has, are left to the caller. Throws core::ConfigError.
ReglagesExpedition lireReglages(core::Config& config);

}  // namespace histologe::notification
