#include "services/routing/domain/simulation.hpp"

#include <algorithm>

#include "services/routing/domain/index_territoire.hpp"

namespace histologe::routing {
namespace {

template <typename Entry>
void garder(const std::vector<Entry>& toutes, std::vector<Entry>& gardees, domain::CodeTerritoire territoire) {
    std::copy_if(toutes.begin(), toutes.end(), std::back_inserter(gardees),
                 [&](const Entry& une) { return une.territoire == territoire; });
}

// What a rule says of the case, in the order in which people think of it.
struct Condition {
    bool RegleExpliquee::*tient;
    const char* code;
    const char* message;
};
constexpr Condition kConditions[] = {
    {&RegleExpliquee::profil, "profil", "La règle ne vise pas ce profil de déclarant."},
    {&RegleExpliquee::codeInsee, "commune", "La règle ne vise pas cette commune, ou la commune n'est pas connue."},
    {&RegleExpliquee::parc, "parc", "La règle ne vise pas ce parc de logements."},
    {&RegleExpliquee::allocataire, "allocataire", "La règle ne vise pas cette situation d'allocataire."},
    {&RegleExpliquee::procedure, "procedure", "Aucune des procédures de la règle n'est suspectée."},
};

}  // namespace

ContenuAnnuaire partDuTerritoire(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                 const std::optional<Regle>& essai) {
    const auto& tout = annuaire.contenu();
    ContenuAnnuaire part;
    garder(tout.partenaires, part.partenaires, territoire);
    garder(tout.zones, part.zones, territoire);
    garder(tout.regles, part.regles, territoire);
    part.epcis = tout.epcis;
    std::copy_if(tout.bailleurs.begin(), tout.bailleurs.end(), std::back_inserter(part.bailleurs),
                 [&](const Bailleur& un) {
                     return std::find(un.territoires.begin(), un.territoires.end(), territoire) != un.territoires.end();
                 });
    if (!essai) return part;
    const auto place =
        std::find_if(part.regles.begin(), part.regles.end(), [&](const Regle& une) { return une.id == essai->id; });
    if (place != part.regles.end()) {
        *place = *essai;
    } else {
        part.regles.push_back(*essai);
    }
    return part;
}

std::optional<RegleId> regleQuiRetient(const Explication& explication, std::uint32_t numero) {
    for (const auto& couple : explication.couples) {
        if (couple.partenaire == numero && couple.retenu) return explication.regles[couple.regle].id;
    }
    return std::nullopt;
}

std::vector<Raison> raisonsDe(const Annuaire& annuaire, const Explication& explication, std::uint32_t numero,
                              ModeAffectation mode) {
    std::vector<Raison> raisons;
    if (regleQuiRetient(explication, numero)) return raisons;
    const auto& explique = explication.partenaires[numero];
    const auto& partenaire = *annuaire.partenaire(explique.id);
    const auto& index = *annuaire.index(*partenaire.territoire);
    const auto dire = [&](std::optional<RegleId> regle, const char* code, const char* message) {
        raisons.push_back({std::move(regle), code, message});
    };
    if (!explication.positionConnue) dire({}, "position_inconnue", "La position du logement n'est pas connue.");
    if (explique.dejaAffecte && mode == ModeAffectation::Reelle)
        dire({}, "deja_affecte", "Ce partenaire a déjà le dossier.");
    if (explique.localisation.zoneExclue) {
        dire({}, "zone_exclue", "Le logement est dans une zone dont ce partenaire est exclu.");
    } else if (!explique.localisation.candidat()) {
        dire({}, "hors_perimetre", "Le périmètre de ce partenaire ne contient pas le logement.");
    }
    bool estVise = false;
    for (const auto& couple : explication.couples) {
        const auto& regle = *index.regles[couple.regle].regle;
        if (couple.partenaire != numero || regle.typePartenaire != partenaire.type) continue;
        estVise = true;
        for (const auto& condition : kConditions) {
            if (!(explication.regles[couple.regle].*condition.tient)) dire(regle.id, condition.code, condition.message);
        }
        if (!couple.partenaireNonExclu) dire(regle.id, "partenaire_exclu", "La règle laisse ce partenaire de côté.");
        if (!couple.typePartenaire)
            dire(regle.id, "autre_bailleur",
                 "Ce partenaire n'est pas le bailleur du logement, ou le bailleur n'est pas connu.");
    }
    if (!estVise) dire({}, "aucune_regle", "Aucune règle active n'est pour ce type de partenaire.");
    return raisons;
}

}  // namespace histologe::routing
