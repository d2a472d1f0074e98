#include <algorithm>

#include "libs/core/text.hpp"
#include "services/routing/domain/textes_vie.hpp"
#include "services/routing/vie_regles.hpp"

namespace histologe::routing {
namespace {

using core::Violation;

// The managers who may be chosen to follow a validated dossier: a super admin's choice is the territoire, a manager's his own
// partners. (Reference of routing, 3.2.)
std::vector<std::string> quiSuivra(Acte& acte, const Demande& demande, std::vector<Violation>& violations) {
    const bool national = acte.qui().isSuperAdmin();
    const auto partenaires = national ? std::vector<std::string>{} : acte.qui().partenaires;
    const auto& vise = acte.dossier().vise;
    // Whoever manages a territoire without a partner there chooses himself.
    if (!national && partenaires.empty()) return {acte.qui().subject};
    const auto possibles = responsablesDuTerritoire(acte.transaction(), vise.territoire, partenaires, vise.signalement);
    return abonnesChoisis(possibles, demande, national ? std::string() : acte.qui().subject, violations);
}

// The affectations that a reopening puts back: those named, which were refused or closed by partners that still exist.
std::vector<AffectationVive*> aRemettre(Acte& acte, const Demande& demande, std::vector<Violation>& violations) {
    std::vector<AffectationVive*> choisies;
    if (!demande.partenaires) {
        violations.push_back({"partenaires", "requis", "Nommez les partenaires qui reprennent le dossier, ou donnez une liste vide."});
        return choisies;
    }
    for (std::size_t i = 0; i < demande.partenaires->size(); ++i) {
        const auto& id = demande.partenaires->at(i);
        const auto champ = "partenaires." + std::to_string(i);
        auto* affectation = acte.dossier().du(id);
        const bool remettable = affectation != nullptr && permise(machineAffectation(), "remettre", affectation->etat,
                                                                  static_cast<Acteurs>(masque({Acteur::Systeme})), 0) != nullptr;
        if (!remettable) {
            violations.push_back({champ, "affectation_non_rouvrable", "Ce partenaire n'a ni refusé ni fermé ce dossier."});
        } else if (const auto refus = refusDuPartenaire(acte, id); !refus.empty()) {
            violations.push_back({champ, "partenaire_non_affectable", refus});
        } else if (std::find(choisies.begin(), choisies.end(), affectation) != choisies.end()) {
            violations.push_back({champ, "en_double", "Ce partenaire est nommé deux fois."});
        } else {
            choisies.push_back(affectation);
        }
    }
    return choisies;
}

void effacerReponse(AffectationVive& une) {
    une.reponduLe.reset();
    une.reponduPar.reset();
    une.motifRefus.reset();
    une.motifCloture.reset();
    une.travaux.reset();
    une.precisions.reset();
}

class Changement {
  public:
    Changement(Acte& acte, const TransitionDossier& transition, const Demande& demande)
        : acte_(acte), transition_(transition), demande_(demande), dossier_(acte.dossier()) {}

    void faire() {
        std::vector<Violation> violations = fautesDe(transition_, demande_, false);
        if (a(Effet::Abonner)) suiveurs_ = quiSuivra(acte_, demande_, violations);
        if (a(Effet::RemettreAffectations)) remises_ = aRemettre(acte_, demande_, violations);
        refuserSi(violations);
        acte_.nommer(transition_.action);
        const auto avant = dossier_.vise.statut;
        dossier_.vise.statut = transition_.vers;
        surLaFiche();
        ecrireDossier(acte_.transaction(), dossier_);
        const bool visible = transition_.visible == Visibilite::Oui || demande_.visibleUsager.value_or(false);
        acte_.direStatut(avant, transition_.action, visible && transition_.visible != Visibilite::Non);
        if (a(Effet::Abonner)) abonner(acte_.transaction(), dossier_.vise.signalement, suiveurs_, acte_.qui().subject, acte_.maintenant());
        // Before the affectations change, so that whoever follows is still there to be told.
        if (!transition_.suivi.empty()) {
            acte_.ecrire({std::string(transition_.suivi),
                          raconter({transition_.action, false, {}, demande_.motif, {}, demande_.texte}), visible, false});
        }
        surLesAffectations();
    }

  private:
    [[nodiscard]] bool a(Effet effet) const { return contient(transition_.effets, effet); }

    void surLaFiche() {
        const auto maintenant = acte_.maintenant();
        if (a(Effet::DaterValidation) && !dossier_.valideLe) dossier_.valideLe = maintenant;
        if (a(Effet::NoterRefus)) dossier_.motifRefus = demande_.motif;
        if (a(Effet::NoterCloture)) {
            dossier_.closLe = maintenant;
            dossier_.closPar = acte_.qui().subject;
            dossier_.motifCloture = demande_.motif;
            dossier_.commentaireCloture = std::string(core::trim(demande_.texte));
        }
        if (a(Effet::EffacerDecision)) {
            dossier_.closLe.reset();
            dossier_.closPar.reset();
            dossier_.motifCloture.reset();
            dossier_.commentaireCloture.reset();
            dossier_.motifRefus.reset();
        }
        if (a(Effet::NoterMotifUsager)) dossier_.motifUsager = demande_.motif;
    }

    void surLesAffectations() {
        if (a(Effet::FermerAffectations)) {
            for (auto& une : dossier_.affectations) {
                if (une.etat == EtatAffectation::Nouveau || une.etat == EtatAffectation::EnCours) suivreLeDossier(une, "fermer_avec");
            }
        }
        if (a(Effet::RemettreAffectations)) {
            for (auto* une : remises_) suivreLeDossier(*une, "remettre");
        }
        if (a(Effet::RetirerEnAttente)) {
            for (auto& une : dossier_.affectations) {
                if (une.etat == EtatAffectation::Nouveau) suivreLeDossier(une, "retirer_avec");
            }
            std::erase_if(dossier_.affectations, [](const auto& une) { return une.etat == EtatAffectation::Absente; });
        }
    }

    void suivreLeDossier(AffectationVive& une, std::string_view action) {
        const auto* ligne = permise(machineAffectation(), action, une.etat, static_cast<Acteurs>(masque({Acteur::Systeme})), 0);
        if (ligne == nullptr) return;
        const auto avant = une.etat;
        une.etat = ligne->vers;
        if (contient(ligne->effets, Effet::EffacerReponse)) effacerReponse(une);
        if (contient(ligne->effets, Effet::DaterReponse)) {
            une.reponduLe = acte_.maintenant();
            une.reponduPar = acte_.qui().subject;
        }
        if (contient(ligne->effets, Effet::NoterMotif)) une.motifCloture = demande_.motif;
        if (une.etat == EtatAffectation::Absente) {
            retirerAffectation(acte_.transaction(), une.id);
        } else {
            ecrireAffectation(acte_.transaction(), une);
        }
        if (a(Effet::Desabonner) || une.etat == EtatAffectation::Absente) {
            desabonnerPartenaire(acte_.transaction(), dossier_.vise.signalement, une.partenaire);
        }
        acte_.direAffectation(une, avant, action);
    }

    Acte& acte_;
    const TransitionDossier& transition_;
    const Demande& demande_;
    DossierVif& dossier_;
    std::vector<std::string> suiveurs_;
    std::vector<AffectationVive*> remises_;
};

}  // namespace

void agirSurDossier(Acte& acte, const Demande& demande) {
    const auto& vise = acte.dossier().vise;
    const auto qui = acte.surDossier();
    const auto* transition = permise(machineDossier(), demande.action, vise.statut, qui, gardesDuDossier(vise.statut));
    if (transition == nullptr) {
        if (!sienne(machineDossier(), demande.action, qui)) throw interdite();
        throw refusDeLEtat(acte, acte.dossier().version);
    }
    Changement(acte, *transition, demande).faire();
}

}  // namespace histologe::routing
