#include <algorithm>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "services/routing/domain/motifs.hpp"
#include "services/routing/domain/textes_vie.hpp"
#include "services/routing/vie_regles.hpp"

namespace histologe::routing {
namespace {

using core::Violation;

constexpr char kPremiereAcceptation[] = "AFFECTATION_IS_ACCEPTED";

// The usager is told once that somebody has taken up his dossier. (Reference of routing, 3.5.)
bool estLaPremierePriseEnCharge(Acte& acte) {
    const auto& dossier = acte.dossier();
    if (dossier.importe || dossier.vise.statut != domain::StatutDossier::EnCours) return false;
    const auto enCours = std::count_if(dossier.affectations.begin(), dossier.affectations.end(),
                                       [](const auto& une) { return une.etat == EtatAffectation::EnCours; });
    return enCours == 1 && !aUnSuivi(acte.transaction(), dossier.vise.signalement, kPremiereAcceptation);
}

class Reponse {
  public:
    Reponse(Acte& acte, AffectationVive& affectation, const TransitionAffectation& transition, const Demande& demande, bool logiciel)
        : acte_(acte), affectation_(affectation), transition_(transition), demande_(demande), logiciel_(logiciel) {}

    void faire() {
        auto violations = fautesDe(transition_, demande_, logiciel_);
        if (a(Effet::Abonner) || a(Effet::AbonnerLesAgents)) choisir(violations);
        if (contient(transition_.gardes, Garde::PartenaireAffectable)) {
            if (const auto refus = refusDuPartenaire(acte_, affectation_.partenaire); !refus.empty()) {
                violations.push_back({"partenaire", "partenaire_non_affectable", refus});
            }
        }
        refuserSi(violations);
        if (acte_.qui().actsFor(affectation_.partenaire)) acte_.agirPour(affectation_.partenaire);
        acte_.nommer(transition_.action);
        const auto avant = affectation_.etat;
        affectation_.etat = transition_.vers;
        if (a(Effet::NouvelleLigne)) {
            recommencer(avant);
            return;
        }
        surLaFiche();
        if (affectation_.etat == EtatAffectation::Absente) {
            retirerAffectation(acte_.transaction(), affectation_.id);
        } else {
            ecrireAffectation(acte_.transaction(), affectation_);
        }
        acte_.direAffectation(affectation_, avant, transition_.action);
        if (affectation_.etat == EtatAffectation::Absente) compterVersion(acte_.transaction(), signalement());
        if (!suiveurs_.empty()) abonner(acte_.transaction(), signalement(), suiveurs_, acte_.qui().subject, acte_.maintenant());
        suivis();
        if (a(Effet::Desabonner)) desabonnerPartenaire(acte_.transaction(), signalement(), affectation_.partenaire);
    }

  private:
    [[nodiscard]] bool a(Effet effet) const { return contient(transition_.effets, effet); }
    [[nodiscard]] const std::string& signalement() const { return acte_.dossier().vise.signalement; }

    void choisir(std::vector<Violation>& violations) {
        const auto agents = agentsDuPartenaire(acte_.transaction(), affectation_.partenaire, signalement());
        if (a(Effet::AbonnerLesAgents)) {
            for (const auto& agent : agents) suiveurs_.push_back(agent.compte);
        } else {
            suiveurs_ = abonnesChoisis(agents, demande_, acte_.qui().subject, violations);
        }
    }

    void surLaFiche() {
        if (a(Effet::EffacerReponse)) {
            affectation_.reponduLe.reset();
            affectation_.reponduPar.reset();
            affectation_.motifRefus.reset();
            affectation_.motifCloture.reset();
            affectation_.travaux.reset();
            affectation_.precisions.reset();
        }
        if (a(Effet::DaterReponse)) {
            affectation_.reponduLe = acte_.maintenant();
            affectation_.reponduPar = acte_.qui().subject;
        }
        if (a(Effet::NoterMotif)) {
            const bool estRefus = transition_.motifs == ListeMotifs::RefusAffectation;
            (estRefus ? affectation_.motifRefus : affectation_.motifCloture) = demande_.motif;
            affectation_.precisions = std::string(core::trim(demande_.texte));
            if (!travaux().empty()) affectation_.travaux = travaux();
        }
    }

    // Asked for some motives, and not kept for the others.
    [[nodiscard]] std::string travaux() const {
        const bool demandes = transition_.motifs == ListeMotifs::ClotureAffectation && !logiciel_ && veutLesTravaux(demande_.motif);
        return demandes ? demande_.travaux : std::string();
    }

    void suivis() {
        if (!transition_.suivi.empty()) {
            const bool visible = transition_.visible == Visibilite::Choix && demande_.visibleUsager.value_or(false);
            // A system that does not tell the usager tells nobody. (Reference of routing, 3.5.)
            if (!(transition_.visible == Visibilite::Choix && logiciel_ && !visible)) {
                acte_.ecrire({std::string(transition_.suivi),
                              raconter({transition_.action, true, acte_.nomDuPartenaire(affectation_.partenaire), demande_.motif,
                                        travaux(), demande_.texte}),
                              visible, false});
            }
        }
        if (a(Effet::AnnoncerPrisEnCharge) && estLaPremierePriseEnCharge(acte_)) {
            acte_.ecrire({kPremiereAcceptation, kPrisEnCharge, true, true});
        }
    }

    // Another row in its place: told of as taken away, and as given again.
    void recommencer(EtatAffectation avant) {
        auto ancienne = affectation_;
        ancienne.etat = EtatAffectation::Absente;
        retirerAffectation(acte_.transaction(), ancienne.id);
        acte_.direAffectation(ancienne, avant, transition_.action);
        desabonnerPartenaire(acte_.transaction(), signalement(), affectation_.partenaire);
        AffectationVive nouvelle;
        nouvelle.id = core::uuidV7(acte_.maintenant());
        nouvelle.partenaire = affectation_.partenaire;
        nouvelle.creeLe = acte_.maintenant();
        ajouterAffectation(acte_.transaction(), signalement(), nouvelle, acte_.qui().subject);
        acte_.direNouvelleAffectation(nouvelle);
        affectation_ = nouvelle;
        compterVersion(acte_.transaction(), signalement());
    }

    Acte& acte_;
    AffectationVive& affectation_;
    const TransitionAffectation& transition_;
    const Demande& demande_;
    const bool logiciel_;
    std::vector<std::string> suiveurs_;
};

}  // namespace

void agirSurAffectation(Acte& acte, AffectationVive& affectation, const Demande& demande) {
    const auto qui = acte.surAffectation(affectation.partenaire);
    const auto gardes = gardesDuDossier(acte.dossier().vise.statut);
    const auto* transition = permise(machineAffectation(), demande.action, affectation.etat, qui, gardes);
    if (transition == nullptr) {
        if (!sienne(machineAffectation(), demande.action, qui)) throw interdite();
        throw refusDeLEtat(acte, affectation.version);
    }
    Reponse(acte, affectation, *transition, demande, contient(transition->qui, Acteur::Logiciel)).faire();
    std::erase_if(acte.dossier().affectations, [](const auto& une) { return une.etat == EtatAffectation::Absente; });
}

void repartir(Acte& acte, const std::vector<std::string>& ajouter, const std::vector<std::string>& retirer) {
    auto& dossier = acte.dossier();
    const auto qui = acte.surAffectation({});
    const auto gardes = gardesDuDossier(dossier.vise.statut);
    if (!sienne(machineAffectation(), "affecter", qui)) throw interdite();
    std::vector<Violation> violations;
    if (ajouter.empty() && retirer.empty()) violations.push_back({"", "requis", "Nommez au moins un partenaire."});
    for (std::size_t i = 0; i < ajouter.size(); ++i) {
        const auto champ = "ajouter." + std::to_string(i);
        const auto refus = refusDuPartenaire(acte, ajouter[i]);
        if (!refus.empty()) violations.push_back({champ, "partenaire_non_affectable", refus});
        if (std::count(ajouter.begin(), ajouter.end(), ajouter[i]) + std::count(retirer.begin(), retirer.end(), ajouter[i]) > 1) {
            violations.push_back({champ, "en_double", "Ce partenaire est nommé deux fois."});
        }
    }
    for (std::size_t i = 0; i < retirer.size(); ++i) {
        const auto champ = "retirer." + std::to_string(i);
        if (dossier.du(retirer[i]) == nullptr) violations.push_back({champ, "partenaire_sans_dossier", "Ce partenaire n'a pas ce dossier."});
        if (std::count(retirer.begin(), retirer.end(), retirer[i]) > 1) {
            violations.push_back({champ, "en_double", "Ce partenaire est nommé deux fois."});
        }
    }
    const bool permet = permise(machineAffectation(), "affecter", EtatAffectation::Absente, qui, gardes) != nullptr;
    const bool dejaLa = std::any_of(ajouter.begin(), ajouter.end(), [&](const auto& id) { return dossier.du(id) != nullptr; });
    if (!permet || (violations.empty() && dejaLa)) throw refusDeLEtat(acte, dossier.version);
    refuserSi(violations);
    acte.nommer("retirer");
    for (const auto& id : retirer) {
        Demande demande;
        demande.action = "retirer";
        agirSurAffectation(acte, *dossier.du(id), demande);
    }
    acte.nommer("affecter");
    for (const auto& id : ajouter) {
        AffectationVive nouvelle;
        nouvelle.id = core::uuidV7(acte.maintenant());
        nouvelle.partenaire = id;
        nouvelle.creeLe = acte.maintenant();
        ajouterAffectation(acte.transaction(), dossier.vise.signalement, nouvelle, acte.qui().subject);
        acte.direNouvelleAffectation(nouvelle);
        dossier.affectations.push_back(std::move(nouvelle));
    }
    compterVersion(acte.transaction(), dossier.vise.signalement);
}

}  // namespace histologe::routing
