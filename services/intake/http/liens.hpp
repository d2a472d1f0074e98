// Mails with a link, asked for by whoever stands before the form: they go to the address that is stored, and to no
// other.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// Mails of this kind that one mail address may be sent in an hour, whoever asks.
inline constexpr int kLiensParAdresse = 10;

// Binds `sendBrouillonLink`, `sendLienSuivi`, `requestLienSuivi`. The references outlive the router.
void bindLiens(http::Router& router, postgres::Pool& pool, const streams::Outbox& outbox, const core::Clock& clock,
               Lieux& lieux);

}  // namespace histologe::intake
