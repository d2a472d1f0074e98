// The identity of a mail in the outside world.
#pragma once

#include <string>
#include <string_view>

namespace histologe::notification {

// Message-ID of the mail stored under `courrielId` (a UUID): `<courriel.{id}@{domaine}>`. The same for every try, so
// that a mailbox that receives a mail twice, because we died between the server's acceptance and our record of it, can
// tell.
std::string messageId(std::string_view courrielId, std::string_view domaine);

}  // namespace histologe::notification
