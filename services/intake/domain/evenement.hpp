// What the service tells the others when a signalement is submitted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "services/intake/domain/demande.hpp"
#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {

// The event's two parts: `donnees` says nothing of a person, `personnel` holds names and contacts and is erased from
// the log by anonymisation.
struct Evenement {
    core::Json donnees;
    core::Json personnel;
};

// What the service decided beside the answers.
struct Enregistrement {
    std::optional<std::string> reference;  // `2026-41`; none while the number is not definitive
    std::string statut;                    // NEED_VALIDATION, INJONCTION_BAILLEUR
    core::Instant creeLe;
};

// The event `signalement.depose` (its schema: api/events/signalement.depose.json).
Evenement evenementDepose(const Signalement& signalement, const Demande& demande, const Enregistrement& enregistrement);

// The answers that scoring reads, and no others: the chosen categories, désordres, type and composition of the
// dwelling, lease and energy certificate, allowance, insurance. Only boxes, numbers and words of a choice (at most 40
// of [A-Za-z0-9_.-]) pass: a free text, a name, a phone number or a file cannot, whatever key it was sent under.
core::Json reponsesPourEvaluation(const core::Json& charge);

// True for a key of the form that the evaluation reads, whatever its value.
bool estLueParEvaluation(std::string_view cle) noexcept;

}  // namespace histologe::intake
