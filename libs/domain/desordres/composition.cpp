#include "libs/domain/desordres/composition.hpp"

namespace histologe::desordres {
namespace {

void put(PrecisionSet& precisions, PrecisionIndex index, bool holds) noexcept {
    if (holds) {
        precisions.add(index);
    } else {
        precisions.remove(index);
    }
}

// A room the dwelling lacks is either shared or missing altogether; unknown counts as shared.
void putMissingRoom(PrecisionSet& precisions, Reponse room, Reponse collective, PrecisionIndex shared,
                    PrecisionIndex missing) noexcept {
    if (room == Reponse::Non) {
        precisions.add(collective == Reponse::Non ? missing : shared);
    } else {
        precisions.remove(shared);
        precisions.remove(missing);
    }
}

}  // namespace

void updateComposition(const Catalogue& catalogue, const Faits& faits, PrecisionSet& precisions,
                       Regles regles) noexcept {
    constexpr double kMinRoomSurface = 9;
    const auto& of = catalogue.logement();
    if (regles == Regles::Corrigees) {
        for (const auto precision : {of.pieceUniqueSuperficie, of.aucunePiece9, of.cuisineCollectiveOui,
                                     of.cuisineCollectiveNon, of.doucheCollectiveOui, of.doucheCollectiveNon,
                                     of.wcCollectifOui, of.wcCollectifNon, of.wcCuisineEnsemble}) {
            precisions.remove(precision);
        }
    }
    put(precisions, of.sousCombles, faits.sousComblesSansFenetre == Reponse::Oui);
    put(precisions, of.sousSol, faits.sousSolSansFenetre == Reponse::Oui);
    if (faits.pieceUnique) {
        put(precisions, of.pieceUniqueSuperficie, faits.superficie && *faits.superficie < kMinRoomSurface);
    } else {
        put(precisions, of.aucunePiece9, faits.pieceAVivre9m == Reponse::Non);
    }
    putMissingRoom(precisions, faits.cuisine, faits.cuisineCollective, of.cuisineCollectiveOui,
                   of.cuisineCollectiveNon);
    putMissingRoom(precisions, faits.salleDeBain, faits.salleDeBainCollective, of.doucheCollectiveOui,
                   of.doucheCollectiveNon);
    putMissingRoom(precisions, faits.wc, faits.wcCollectif, of.wcCollectifOui, of.wcCollectifNon);
    if (faits.wc != Reponse::Non) put(precisions, of.wcCuisineEnsemble, faits.wcCuisine == Reponse::Oui);
}

std::optional<PrecisionIndex> suroccupationOf(const Catalogue& catalogue, const Faits& faits) noexcept {
    const auto& of = catalogue.logement();
    if (!faits.foyerConnu) return std::nullopt;
    if (faits.allocation == Reponse::Oui) {
        if (!faits.superficie || faits.nombreOccupants <= 0) return std::nullopt;
        const double minimum = faits.nombreOccupants == 1 ? 9.0 : 16.0 + 9.0 * (faits.nombreOccupants - 2);
        if (*faits.superficie < minimum) return of.suroccupationAllocataire;
        return std::nullopt;
    }
    if (faits.nombrePieces != 0 && faits.nombrePieces < faits.nombreOccupants / 2.0)
        return of.suroccupationNonAllocataire;
    return std::nullopt;
}

void updateSuroccupation(const Catalogue& catalogue, const Faits& faits, Retrait retrait, PrecisionSet& precisions,
                         Regles regles) noexcept {
    const auto& of = catalogue.logement();
    if (const auto precision = suroccupationOf(catalogue, faits)) {
        if (regles == Regles::Corrigees) {
            precisions.remove(of.suroccupationAllocataire);
            precisions.remove(of.suroccupationNonAllocataire);
        }
        precisions.add(*precision);
    } else if (retrait == Retrait::Permis) {
        precisions.remove(of.suroccupationAllocataire);
        precisions.remove(of.suroccupationNonAllocataire);
    }
}

}  // namespace histologe::desordres
