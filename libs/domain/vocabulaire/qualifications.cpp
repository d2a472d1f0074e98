#include "libs/domain/vocabulaire/qualifications.hpp"

namespace histologe::domain {
namespace {

constexpr Terme<Qualification> kQualifications[] = {
    {Qualification::AccompagnementJuridique, "ACCOMPAGNEMENT_JURIDIQUE", "Accompagnement juridique"},
    {Qualification::AccompagnementSocial, "ACCOMPAGNEMENT_SOCIAL", "Accompagnement social"},
    {Qualification::AccompagnementTravaux, "ACCOMPAGNEMENT_TRAVAUX", "Accompagnement travaux"},
    {Qualification::AideBailleurs, "AIDE_BAILLEURS", "Aide aux bailleurs"},
    {Qualification::Arretes, "ARRETES", "Arrêtés"},
    {Qualification::Assurantiel, "ASSURANTIEL", "Assurantiel"},
    {Qualification::Conciliation, "CONCILIATION", "Conciliation"},
    {Qualification::ConsignationAl, "CONSIGNATION_AL", "Consignation AL"},
    {Qualification::Dalo, "DALO", "DALO"},
    {Qualification::Salete, "SALETE", "Saleté"},
    {Qualification::Fsl, "FSL", "FSL"},
    {Qualification::HebergementRelogement, "HEBERGEMENT_RELOGEMENT", "Hébergement / relogement"},
    {Qualification::Insalubrite, "INSALUBRITE", "Insalubrité"},
    {Qualification::MiseEnSecuritePeril, "MISE_EN_SECURITE_PERIL", "Mise en sécurité / Péril"},
    {Qualification::NonDecence, "NON_DECENCE", "Non décence"},
    {Qualification::NonDecenceEnergetique, "NON_DECENCE_ENERGETIQUE", "Non décence énergétique"},
    {Qualification::Nuisibles, "NUISIBLES", "Nuisibles"},
    {Qualification::Rsd, "RSD", "RSD"},
    {Qualification::Visites, "VISITES", "Visites"},
    {Qualification::Danger, "DANGER", "Danger"},
    {Qualification::Suroccupation, "SUROCCUPATION", "Suroccupation"},
};

using enum StatutQualification;
constexpr Terme<StatutQualification> kStatuts[] = {
    {Archivee, "ARCHIVED", "Écartée"},
    {DangerAVerifier, "DANGER_CHECK", "Suspicion de danger pour l'occupant"},
    {SuroccupationAVerifier, "SUROCCUPATION_CHECK", "Suspicion de suroccupation"},
    {AssurantielAVerifier, "ASSURANTIEL_CHECK", "Peut relever de l'assurance"},
    {InsalubriteAVerifier, "INSALUBRITE_CHECK", "Suspicion d'insalubrité"},
    {InsalubriteAveree, "INSALUBRITE_AVEREE", "Insalubrité constatée"},
    {ManquementSalubriteAVerifier, "INSALUBRITE_MANQUEMENT_CHECK", "Suspicion de manquement à la salubrité"},
    {PerilAVerifier, "MISE_EN_SECURITE_PERIL_CHECK", "Suspicion de péril"},
    {PerilAvere, "MISE_EN_SECURITE_PERIL_AVEREE", "Péril constaté"},
    {NdeAveree, "NDE_AVEREE", "Non décence énergétique constatée"},
    {NdeConforme, "NDE_OK", "Décence énergétique conforme"},
    {NdeAVerifier, "NDE_CHECK", "Non décence énergétique à vérifier"},
    {NonDecenceAVerifier, "NON_DECENCE_CHECK", "Suspicion de non décence"},
    {NonDecenceAveree, "NON_DECENCE_AVEREE", "Non décence constatée"},
    {RsdAVerifier, "RSD_CHECK", "Suspicion d'infraction au RSD"},
    {RsdAvere, "RSD_AVEREE", "Infraction au RSD constatée"},
    {SaleteAVerifier, "SALETE_CHECK", "Suspicion de saleté"},
    {SaleteAveree, "SALETE_AVEREE", "Saleté constatée"},
};

}  // namespace

template <>
std::span<const Terme<Qualification>> termes<Qualification>() noexcept {
    return kQualifications;
}
template <>
std::span<const Terme<StatutQualification>> termes<StatutQualification>() noexcept {
    return kStatuts;
}

std::vector<Qualification> Qualifications::list() const {
    std::vector<Qualification> values;
    for (const auto& terme : kQualifications) {
        if (contains(terme.valeur)) values.push_back(terme.valeur);
    }
    return values;
}

}  // namespace histologe::domain
