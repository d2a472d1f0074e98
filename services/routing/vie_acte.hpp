// One act of somebody on one dossier, within one transaction: who he is there, and what is told of what he does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/annuaire_courant.hpp"
#include "services/routing/domain/machine.hpp"
#include "services/routing/store/vie_dossiers.hpp"

namespace histologe::routing {

class Acte {
  public:
    // All outlive it. The dossier is locked, and changes with what is done.
    Acte(postgres::Transaction& transaction, const streams::Outbox& outbox, const AnnuaireCharge& charge,
         const auth::Principal& qui, DossierVif& dossier, core::Instant maintenant);

    // His capacities on the dossier; and on the affectation of a partner.
    [[nodiscard]] Acteurs surDossier() const;
    [[nodiscard]] Acteurs surAffectation(const std::string& partenaire);

    // Names him in the history, for what is written from here on.
    void nommer(std::string_view action);

    // Events. Nothing is sent before publier().
    void direStatut(domain::StatutDossier avant, std::string_view action, bool visibleUsager);
    void direAffectation(const AffectationVive& affectation, EtatAffectation avant, std::string_view action);
    void direNouvelleAffectation(const AffectationVive& affectation);

    // What a suivi event says, whoever tells of it; `abonnes` without its author.
    static streams::Event evenementDuSuivi(const streams::Outbox& outbox, const AnnuaireCharge& charge, const DossierVif& dossier,
                                           const SuiviAEcrire& suivi, const std::vector<std::string>& abonnes,
                                           const std::vector<std::string>& saisis);

    struct Mots {
        std::string categorie;
        std::string texte;
        bool visibleUsager = false;
        bool duSysteme = false;  // told by the platform, not by him
    };
    // Writes a suivi and tells of it. Whatever is asked, the usager reads nothing of a dwelling where nobody lives.
    void ecrire(const Mots& mots);
    // From now on he follows the dossier, when writing a suivi of that category makes an agent do so.
    void suivreDesormais(std::string_view categorie);
    void dire(streams::Event evenement) { evenements_.push_back(std::move(evenement)); }
    void publier();

    [[nodiscard]] postgres::Transaction& transaction() const { return transaction_; }
    [[nodiscard]] const AnnuaireCharge& charge() const { return charge_; }
    [[nodiscard]] const auth::Principal& qui() const { return qui_; }
    [[nodiscard]] const streams::Outbox& outbox() const { return outbox_; }
    [[nodiscard]] DossierVif& dossier() const { return dossier_; }
    [[nodiscard]] core::Instant maintenant() const { return maintenant_; }
    // The first of his partners in the dossier's territoire; empty for none.
    [[nodiscard]] const std::string& partenaire() const { return partenaire_; }
    // How others are told who writes: his partner, else the administration.
    [[nodiscard]] std::string auteur() const;
    [[nodiscard]] std::string nomDuPartenaire(const std::string& id) const;
    // Another one in whose name he acts.
    void agirPour(std::string partenaire) { partenaire_ = std::move(partenaire); }

  private:
    core::Json contexte() const;
    core::Json acteur() const;

    postgres::Transaction& transaction_;
    const streams::Outbox& outbox_;
    const AnnuaireCharge& charge_;
    const auth::Principal& qui_;
    DossierVif& dossier_;
    const core::Instant maintenant_;
    std::string partenaire_;
    // Who had it before the act: they are told of it, even when it takes it from them.
    const std::vector<std::string> saisis_;
    std::optional<std::vector<std::string>> abonnes_;
    std::optional<bool> repartit_;
    std::vector<streams::Event> evenements_;
};

}  // namespace histologe::routing
