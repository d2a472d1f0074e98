// The categories of suivis. (Reference table of suivi categories.)
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "services/routing/domain/machine.hpp"

namespace histologe::routing {

enum class TypeSuivi : std::uint8_t { Auto, Usager, Partenaire, Technique, ApresCloture };
// What agents who follow the dossier are told.
enum class AvisAuxAgents : std::uint8_t { Aucune, Commentaire, Cloture, Abandon };

struct CategorieSuivi {
    std::string_view code;
    std::string_view libelle;
    TypeSuivi type;
    Visibilite usager;    // Choix: as whoever writes it decides, or the way in which it comes about
    Visibilite bailleur;
    bool annonce;         // mails follow from it; those of visits are sent by the visit itself
    AvisAuxAgents avis;
    bool injonction;      // of a démarche accélérée
    bool abonne;          // an agent who writes one follows the dossier from then on
};

// All 55.
std::span<const CategorieSuivi> categoriesDeSuivi() noexcept;
// Null for a code that is none.
const CategorieSuivi* categorieDeSuivi(std::string_view code) noexcept;

// `AUTO`…; `aucune`…
std::string_view nomDe(TypeSuivi type) noexcept;
std::string_view nomDe(AvisAuxAgents avis) noexcept;

}  // namespace histologe::routing
