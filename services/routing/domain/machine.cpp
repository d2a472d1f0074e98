#include "services/routing/domain/machine.hpp"

#include <array>

namespace histologe::routing {
namespace {

using S = domain::StatutDossier;
using E = EtatAffectation;
using A = Acteur;
using G = Garde;
using F = Effet;
using L = ListeMotifs;
using V = Visibilite;

constexpr Acteurs qui(std::initializer_list<Acteur> acteurs) noexcept { return static_cast<Acteurs>(masque(acteurs)); }
constexpr Gardes si(std::initializer_list<Garde> gardes) noexcept { return static_cast<Gardes>(masque(gardes)); }
constexpr Effets fait(std::initializer_list<Effet> effets) noexcept { return masque(effets); }

constexpr Acteurs kPilotes = qui({A::SuperAdmin, A::Responsable});
constexpr Acteurs kQuiRepartit = qui({A::SuperAdmin, A::Responsable, A::Repartiteur});

// clang-format off
constexpr TransitionDossier kDossier[] = {
    // action                from                          to                      who                                            guards                  motives                 text   effects                                                                                          suivi
    {"orienter",             masque({S::Nouveau}),           S::EnCours,             qui({A::Systeme}),                             si({}),                 L::Aucune,              false, fait({F::DaterValidation}), "SIGNALEMENT_IS_ACTIVE", V::Oui},
    {"valider",              masque({S::Nouveau}),           S::EnCours,             kPilotes,                                      si({G::AbonneChoisi}),  L::Aucune,              false, fait({F::DaterValidation, F::Abonner}), "SIGNALEMENT_IS_ACTIVE", V::Oui},
    {"refuser",              masque({S::Nouveau}),           S::Refuse,              kPilotes,                                      si({}),                 L::RefusDossier,        true,  fait({F::NoterRefus}), "SIGNALEMENT_IS_REFUSED", V::Oui},
    {"fermer",               masque({S::EnCours}),           S::Ferme,               kPilotes,                                      si({}),                 L::ClotureDossier,      true,  fait({F::NoterCloture, F::FermerAffectations, F::Desabonner}), "SIGNALEMENT_IS_CLOSED", V::Choix},
    {"rouvrir",              masque({S::Ferme, S::Refuse}),  S::EnCours,             kPilotes,                                      si({}),                 L::Aucune,              false, fait({F::DaterValidation, F::EffacerDecision, F::RemettreAffectations}), "SIGNALEMENT_IS_REOPENED", V::Choix},
    {"archiver",             masque({S::Ferme, S::Refuse}),  S::Archive,             kPilotes,                                      si({}),                 L::Aucune,              false, fait({F::RetirerEnAttente}), "", V::Non},
    {"desarchiver",          masque({S::Archive}),           S::EnCours,             qui({A::SuperAdmin}),                          si({}),                 L::Aucune,              false, fait({F::DaterValidation, F::EffacerDecision}), "", V::Non},
    {"basculer",             masque({S::Injonction}),        S::Nouveau,             qui({A::Systeme, A::Usager, A::Bailleur}),     si({}),                 L::Aucune,              false, fait({F::Recommencer}), "", V::Non},
    {"cloturer_injonction",  masque({S::Injonction}),        S::InjonctionCloturee,  qui({A::Systeme, A::Usager}),                  si({}),                 L::Aucune,              false, fait({}), "", V::Non},
    {"fermer_injonction",    masque({S::Injonction}),        S::InjonctionCloturee,  qui({A::SuperAdmin}),                          si({}),                 L::ClotureInjonction,   true,  fait({F::NoterMotifUsager}), "INJONCTION_BAILLEUR_CLOTURE_PAR_ADMIN", V::Oui},
};

constexpr std::uint32_t kToutes = masque({E::Nouveau, E::EnCours, E::Refuse, E::Ferme});
constexpr TransitionAffectation kAffectation[] = {
    {"orienter",             masque({E::Absente}),                     E::Nouveau,  qui({A::Systeme}),   si({}),                                                      L::Aucune,              false, fait({}), "", V::Non},
    {"affecter",             masque({E::Absente}),                     E::Nouveau,  kQuiRepartit,        si({G::DossierTraite, G::PartenaireAffectable}),             L::Aucune,              false, fait({}), "", V::Non},
    {"accepter",             masque({E::Nouveau, E::Refuse}),          E::EnCours,  qui({A::Membre}),    si({G::DossierTraite, G::AbonneChoisi}),                     L::Aucune,              false, fait({F::EffacerReponse, F::DaterReponse, F::Abonner, F::AnnoncerPrisEnCharge}), "", V::Non},
    {"accepter",             masque({E::Nouveau, E::Refuse}),          E::EnCours,  qui({A::Logiciel}),  si({G::DossierTraite, G::DossierEnCours}),                   L::Aucune,              false, fait({F::EffacerReponse, F::DaterReponse, F::AbonnerLesAgents, F::AnnoncerPrisEnCharge}), "", V::Non},
    {"refuser",              masque({E::Nouveau}),                     E::Refuse,   qui({A::Membre}),    si({G::DossierTraite}),                                      L::RefusAffectation,    true,  fait({F::DaterReponse, F::NoterMotif}), "AFFECTATION_IS_REFUSED", V::Non},
    {"refuser",              masque({E::Nouveau}),                     E::Refuse,   qui({A::Logiciel}),  si({G::DossierTraite, G::DossierEnCours}),                   L::RefusAffectation,    true,  fait({F::DaterReponse, F::NoterMotif}), "AFFECTATION_IS_REFUSED", V::Non},
    {"fermer",               masque({E::EnCours}),                     E::Ferme,    qui({A::Membre}),    si({G::DossierTraite}),                                      L::ClotureAffectation,  true,  fait({F::DaterReponse, F::NoterMotif, F::Desabonner}), "AFFECTATION_IS_CLOSED", V::Non},
    {"fermer",               masque({E::EnCours}),                     E::Ferme,    qui({A::Logiciel}),  si({G::DossierTraite, G::DossierEnCours}),                   L::ClotureAffectation,  true,  fait({F::DaterReponse, F::NoterMotif, F::Desabonner}), "AFFECTATION_IS_CLOSED", V::Non},
    {"rouvrir",              masque({E::Ferme}),                       E::Nouveau,  qui({A::Membre}),    si({G::DossierTraite}),                                      L::Aucune,              false, fait({F::EffacerReponse}), "SIGNALEMENT_IS_REOPENED", V::Choix},
    {"rouvrir",              masque({E::Ferme}),                       E::Nouveau,  qui({A::Logiciel}),  si({G::DossierTraite, G::DossierEnCours}),                   L::Aucune,              false, fait({F::EffacerReponse}), "SIGNALEMENT_IS_REOPENED", V::Choix},
    {"reinitialiser",        masque({E::Refuse, E::Ferme}),            E::Nouveau,  kPilotes,            si({G::DossierTraite, G::PartenaireAffectable}),             L::Aucune,              false, fait({F::EffacerReponse, F::NouvelleLigne, F::Desabonner}), "", V::Non},
    {"retirer",              kToutes,                                E::Absente,  kQuiRepartit,        si({G::DossierTraite}),                                      L::Aucune,              false, fait({F::Desabonner}), "", V::Non},
    // What follows from a transition of the dossier.
    {"fermer_avec",          masque({E::Nouveau, E::EnCours}),         E::Ferme,    qui({A::Systeme}),   si({}),                                                      L::Aucune,              false, fait({F::DaterReponse, F::NoterMotif}), "", V::Non},
    {"remettre",             masque({E::Refuse, E::Ferme}),            E::Nouveau,  qui({A::Systeme}),   si({}),                                                      L::Aucune,              false, fait({F::EffacerReponse}), "", V::Non},
    {"retirer_avec",         masque({E::Nouveau}),                     E::Absente,  qui({A::Systeme}),   si({}),                                                      L::Aucune,              false, fait({}), "", V::Non},
};
// clang-format on

constexpr std::array<std::string_view, kEtatsAffectation> kEtats = {"ABSENTE", "NOUVEAU", "EN_COURS", "REFUSE", "FERME"};
constexpr std::array<std::string_view, kActeurs> kNomsActeurs = {
    "systeme", "super_admin", "responsable_territoire", "repartiteur", "membre", "logiciel", "usager", "bailleur"};
constexpr std::array<std::string_view, kGardes> kNomsGardes = {"dossier_traite", "dossier_en_cours", "abonne_choisi",
                                                               "partenaire_affectable"};
constexpr std::array<std::string_view, kEffets> kNomsEffets = {
    "dater_validation",  "noter_refus",    "noter_cloture", "effacer_decision", "noter_motif_usager", "recommencer",
    "fermer_affectations", "remettre_affectations", "retirer_en_attente", "effacer_reponse", "dater_reponse", "noter_motif",
    "nouvelle_ligne",    "abonner",        "abonner_les_agents", "desabonner",   "annoncer_pris_en_charge"};
constexpr std::array<std::string_view, 6> kNomsListes = {"aucune",          "refus_dossier",       "refus_affectation",
                                                         "cloture_dossier", "cloture_affectation", "cloture_injonction"};
constexpr std::array<std::string_view, 3> kNomsVisibilites = {"non", "oui", "choix"};

}  // namespace

std::span<const TransitionDossier> machineDossier() noexcept { return kDossier; }
std::span<const TransitionAffectation> machineAffectation() noexcept { return kAffectation; }

Gardes gardesDuDossier(domain::StatutDossier statut) noexcept {
    std::uint32_t gardes = 0;
    if (statut == S::EnCours || statut == S::Injonction) gardes |= masque({G::DossierTraite});
    if (statut == S::EnCours) gardes |= masque({G::DossierEnCours});
    return static_cast<Gardes>(gardes);
}

EtatAffectation etatDe(domain::StatutAffectation statut) noexcept {
    switch (statut) {
        case domain::StatutAffectation::Nouveau: return E::Nouveau;
        case domain::StatutAffectation::EnCours: return E::EnCours;
        case domain::StatutAffectation::Refuse: return E::Refuse;
        case domain::StatutAffectation::Ferme: return E::Ferme;
    }
    return E::Absente;
}

std::optional<domain::StatutAffectation> statutDe(EtatAffectation etat) noexcept {
    switch (etat) {
        case E::Nouveau: return domain::StatutAffectation::Nouveau;
        case E::EnCours: return domain::StatutAffectation::EnCours;
        case E::Refuse: return domain::StatutAffectation::Refuse;
        case E::Ferme: return domain::StatutAffectation::Ferme;
        case E::Absente: break;
    }
    return std::nullopt;
}

std::string_view nomDe(EtatAffectation etat) noexcept { return kEtats.at(static_cast<std::size_t>(etat)); }
std::string_view nomDe(domain::StatutDossier statut) noexcept { return domain::nameOf(statut); }
std::string_view nomDe(Acteur acteur) noexcept { return kNomsActeurs.at(static_cast<std::size_t>(acteur)); }
std::string_view nomDe(Garde garde) noexcept { return kNomsGardes.at(static_cast<std::size_t>(garde)); }
std::string_view nomDe(Effet effet) noexcept { return kNomsEffets.at(static_cast<std::size_t>(effet)); }
std::string_view nomDe(ListeMotifs liste) noexcept { return kNomsListes.at(static_cast<std::size_t>(liste)); }
std::string_view nomDe(Visibilite visibilite) noexcept { return kNomsVisibilites.at(static_cast<std::size_t>(visibilite)); }

}  // namespace histologe::routing
