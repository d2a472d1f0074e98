#include "services/routing/faits.hpp"

#include "services/routing/domain/bailleurs.hpp"

namespace histologe::routing {
namespace {

std::vector<QualificationEvaluee> readQualifications(const core::Json& list) {
    std::vector<QualificationEvaluee> evaluation;
    for (const auto& one : list) {
        const auto qualification = domain::parseName<domain::Qualification>(one.at("qualification").get<std::string>());
        if (!qualification) continue;  // of a later catalogue: no rule can name it
        const auto statut = one.find("statut");
        evaluation.push_back({*qualification, statut == one.end() || statut->is_null()
                                                  ? std::nullopt
                                                  : domain::parseName<domain::StatutQualification>(
                                                        statut->get_ref<const std::string&>())});
    }
    return evaluation;
}

}  // namespace

std::optional<DossierAAffecter> faitsDe(const DossierAOrienter& dossier, const AnnuaireCharge& charge) {
    const auto& annuaire = *charge.annuaire;
    const auto& declaration = dossier.declaration;
    const auto territoire = domain::CodeTerritoire::parse(declaration.territoire);
    if (!territoire) return std::nullopt;
    DossierAAffecter facts{*territoire, {}, {}, {}, Allocataire::NeSaitPas, {}, {}, {}, {}};
    if (declaration.codeInsee) facts.codeInsee = domain::CodeInsee::parse(*declaration.codeInsee);
    if (facts.codeInsee) facts.codeInsee = charge.fusions.actuelle(*facts.codeInsee);
    if (declaration.longitude && declaration.latitude) {
        facts.position = Position{*declaration.longitude, *declaration.latitude};
    }
    facts.logementSocial = declaration.logementSocial;
    facts.allocataire = parseAllocataire(declaration.allocataire);
    if (declaration.profil) facts.profil = domain::parseName<domain::ProfilDeclarant>(*declaration.profil);
    if (declaration.bailleur) {
        facts.bailleur = bailleurDuLogement(annuaire, *territoire, declaration.logementSocial, *declaration.bailleur);
    }
    for (const auto& one : dossier.dejaAffectes) facts.dejaAffectes.push_back(PartenaireId{one});
    facts.qualifications = qualificationsActives(readQualifications(dossier.qualifications));
    return facts;
}

}  // namespace histologe::routing
