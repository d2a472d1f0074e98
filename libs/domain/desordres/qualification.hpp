// The legal pre-qualifications a report may carry, and their statuses: the codes that all services write and read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace histologe::desordres {

// The nine qualifications that the rules ever write on a report, in the order in which they are written (reference of
// scoring, 4 and 4.2). The other codes of the field (DALO, FSL, VISITES...) are competences of partenaires only.
enum class Qualification : std::uint8_t {
    NonDecence,
    Rsd,
    Salete,
    MiseEnSecuritePeril,
    Insalubrite,
    Assurantiel,
    Suroccupation,
    Danger,
    NonDecenceEnergetique,
};
inline constexpr std::size_t kQualificationCount = 9;

// A suspicion (Check), a finding (Averee), or a suspicion withdrawn (Archived).
enum class Statut : std::uint8_t {
    Archived,
    DangerCheck,
    SuroccupationCheck,
    AssurantielCheck,
    InsalubriteCheck,
    InsalubriteAveree,
    InsalubriteManquementCheck,
    MiseEnSecuritePerilCheck,
    MiseEnSecuritePerilAveree,
    NdeAveree,
    NdeOk,
    NdeCheck,
    NonDecenceCheck,
    NonDecenceAveree,
    RsdCheck,
    RsdAveree,
    SaleteCheck,
    SaleteAveree,
};

// The code as stored and shown to programs: `NON_DECENCE_ENERGETIQUE`, `INSALUBRITE_MANQUEMENT_CHECK`.
std::string_view codeOf(Qualification qualification) noexcept;
std::string_view codeOf(Statut statut) noexcept;

// The reverse; nothing for a code that is not in the list (case matters).
std::optional<Qualification> qualificationOf(std::string_view code) noexcept;
std::optional<Statut> statutOf(std::string_view code) noexcept;

}  // namespace histologe::desordres
