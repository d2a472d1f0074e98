// What a case is suspected of, and what a partner is competent for: one vocabulary for both.
#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>
#include <vector>

#include "libs/domain/vocabulaire/terme.hpp"

namespace histologe::domain {

enum class Qualification : std::uint8_t {
    AccompagnementJuridique,
    AccompagnementSocial,
    AccompagnementTravaux,
    AideBailleurs,
    Arretes,
    Assurantiel,
    Conciliation,
    ConsignationAl,
    Dalo,
    Salete,
    Fsl,
    HebergementRelogement,
    Insalubrite,
    MiseEnSecuritePeril,
    NonDecence,
    NonDecenceEnergetique,
    Nuisibles,
    Rsd,
    Visites,
    Danger,
    Suroccupation,
};
template <>
std::span<const Terme<Qualification>> termes<Qualification>() noexcept;

// How far a qualification of a case has been looked into.
enum class StatutQualification : std::uint8_t {
    Archivee,
    DangerAVerifier,
    SuroccupationAVerifier,
    AssurantielAVerifier,
    InsalubriteAVerifier,
    InsalubriteAveree,
    ManquementSalubriteAVerifier,
    PerilAVerifier,
    PerilAvere,
    NdeAveree,
    NdeConforme,
    NdeAVerifier,
    NonDecenceAVerifier,
    NonDecenceAveree,
    RsdAVerifier,
    RsdAvere,
    SaleteAVerifier,
    SaleteAveree,
};
template <>
std::span<const Terme<StatutQualification>> termes<StatutQualification>() noexcept;

// A set of qualifications in one word.
class Qualifications {
  public:
    constexpr Qualifications() = default;
    constexpr Qualifications(std::initializer_list<Qualification> values) {
        for (const auto value : values) insert(value);
    }

    constexpr void insert(Qualification value) noexcept { bits_ |= bit(value); }
    [[nodiscard]] constexpr bool contains(Qualification value) const noexcept { return (bits_ & bit(value)) != 0; }
    [[nodiscard]] constexpr bool intersects(Qualifications other) const noexcept { return (bits_ & other.bits_) != 0; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr int size() const noexcept { return std::popcount(bits_); }
    // In the order of the enum.
    [[nodiscard]] std::vector<Qualification> list() const;
    friend bool operator==(Qualifications, Qualifications) = default;

  private:
    static constexpr std::uint32_t bit(Qualification value) noexcept { return 1U << static_cast<unsigned>(value); }
    std::uint32_t bits_ = 0;
};

}  // namespace histologe::domain
