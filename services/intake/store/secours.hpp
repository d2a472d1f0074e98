// The doors of the rescue services' form.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/secours.hpp"

namespace histologe::intake {

// False when a service bears that name already.
bool insertServiceSecours(postgres::Connection& session, const ServiceSecours& service, const std::string& compte,
                          core::Instant now);
// An open door; slug and uuid must both be right.
std::optional<ServiceSecours> findServiceSecours(postgres::Connection& session, const std::string& slug,
                                                 const std::string& uuid);
// All of them, by territoire and name, open or closed.
std::vector<ServiceSecours> allServicesSecours(postgres::Connection& session);
// Closes a door; false when there is no such open one.
bool closeServiceSecours(postgres::Connection& session, const std::string& uuid);

}  // namespace histologe::intake
