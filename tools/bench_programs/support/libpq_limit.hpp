// The limits that intake is measured against: the same rows, committed by a program that does nothing else.
#pragma once

#include <string>
#include <vector>

namespace histologe::bench {

// Commits, for `seconds`, one submission a transaction on each of `connections` sessions: the draft's update, the number,
// the signalement, the event and its place in the outbox, as intake wrote them for one submission of `model` (the uuid of
// a signalement there), all statements of a transaction in one round trip. Territories are taken in turn. Returns
// submissions a second.
double commitAlone(const std::string& url, const std::string& model, const std::vector<std::string>& drafts,
                   int connections, double seconds);

// Saves each draft in turn, one commit each, as intake wrote it for the draft `model`, on `connections` sessions for
// `seconds`. Returns saves a second.
double saveAlone(const std::string& url, const std::string& model, const std::vector<std::string>& drafts,
                 int connections, double seconds);

}  // namespace histologe::bench
