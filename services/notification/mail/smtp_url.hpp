// How an operator names a mail server.
#pragma once

#include <optional>
#include <string_view>

#include "services/notification/mail/smtp_client.hpp"

namespace histologe::notification {

// Reads `smtp://hote:port` (plain), `smtp+starttls://…` or `smtps://…`, with `utilisateur:motdepasse@` before the host
// where the server asks for it (percent-encoded). The port may be left out: 25, 587, 465. Empty when it is none of
// these. Only the fields that an URL can say are set.
std::optional<ReglagesSmtp> lireUrlSmtp(std::string_view url);

}  // namespace histologe::notification
