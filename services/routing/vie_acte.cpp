#include "services/routing/vie_acte.hpp"

#include <algorithm>

#include "libs/core/ids.hpp"
#include "services/routing/contexte_evenements.hpp"
#include "services/routing/domain/categories_suivi.hpp"
#include "services/routing/store/abonnements.hpp"

namespace histologe::routing {
namespace {

using core::Json;

constexpr char kAdministration[] = "Administration";

}  // namespace

Acte::Acte(postgres::Transaction& transaction, const streams::Outbox& outbox, const AnnuaireCharge& charge,
           const auth::Principal& qui, DossierVif& dossier, core::Instant maintenant)
    : transaction_(transaction), outbox_(outbox), charge_(charge), qui_(qui), dossier_(dossier), maintenant_(maintenant),
      saisis_(dossier.saisis()) {
    for (const auto& id : qui.partenaires) {
        const auto* partenaire = charge.annuaire->partenaire(PartenaireId{id});
        if (partenaire == nullptr || !partenaire->territoire || partenaire->territoire->view() != dossier.vise.territoire) continue;
        partenaire_ = id;
        break;
    }
}

Acteurs Acte::surDossier() const {
    std::uint32_t acteurs = 0;
    if (qui_.isSuperAdmin()) acteurs |= masque({Acteur::SuperAdmin});
    if (qui_.role == auth::Role::ResponsableTerritoire && qui_.isMemberOf(dossier_.vise.territoire)) {
        acteurs |= masque({Acteur::Responsable});
    }
    return static_cast<Acteurs>(acteurs);
}

Acteurs Acte::surAffectation(const std::string& partenaire) {
    std::uint32_t acteurs = surDossier();
    const bool estDIci = qui_.isSuperAdmin() || qui_.isMemberOf(dossier_.vise.territoire);
    if (estDIci && !partenaire.empty() && qui_.actsFor(partenaire)) {
        acteurs |= qui_.role == auth::Role::Api ? masque({Acteur::Logiciel}) : masque({Acteur::Membre});
    }
    if (estDIci && (qui_.role == auth::Role::Agent || qui_.role == auth::Role::AdminPartenaire)) {
        if (!repartit_) repartit_ = peutRepartir(transaction_, qui_.subject);
        if (*repartit_) acteurs |= masque({Acteur::Repartiteur});
    }
    return static_cast<Acteurs>(acteurs);
}

void Acte::nommer(std::string_view action) {
    nommerActeur(transaction_, {qui_.subject, std::string(auth::nameOf(qui_.role)), partenaire_}, action, maintenant_);
}

std::string Acte::nomDuPartenaire(const std::string& id) const {
    const auto* partenaire = charge_.annuaire->partenaire(PartenaireId{id});
    return partenaire == nullptr ? std::string() : partenaire->nom;
}

std::string Acte::auteur() const {
    const auto nom = nomDuPartenaire(partenaire_);
    return nom.empty() ? kAdministration : nom;
}

Json Acte::contexte() const { return contexteDuDossier(charge_, dossier_.reference, dossier_.vise.territoire); }

Json Acte::acteur() const {
    return {{"compte", qui_.subject},
            {"role", auth::nameOf(qui_.role)},
            {"partenaire", partenaire_.empty() ? Json(nullptr) : Json(partenaire_)}};
}

void Acte::direStatut(domain::StatutDossier avant, std::string_view action, bool visibleUsager) {
    auto dit = contexte();
    dit["ancien"] = domain::nameOf(avant);
    dit["nouveau"] = domain::nameOf(dossier_.vise.statut);
    dit["le"] = core::toRfc3339(maintenant_);
    dit["action"] = action;
    dit["visibleUsager"] = visibleUsager;
    dit["acteur"] = acteur();
    if (dossier_.motifCloture) dit["motifCloture"] = *dossier_.motifCloture;
    if (dossier_.motifRefus) dit["motifRefus"] = *dossier_.motifRefus;
    evenements_.push_back(outbox_.make("dossier.statut_modifie", dossier_.vise.signalement, std::move(dit)));
}

void Acte::direAffectation(const AffectationVive& affectation, EtatAffectation avant, std::string_view action) {
    auto dit = contexte();
    dit["affectationId"] = affectation.id;
    dit["partenaire"] = {{"id", affectation.partenaire}, {"nom", nomDuPartenaire(affectation.partenaire)}};
    dit["ancien"] = nomDe(avant);
    dit["le"] = core::toRfc3339(maintenant_);
    dit["action"] = action;
    dit["acteur"] = acteur();
    dit["statutDossier"] = domain::nameOf(dossier_.vise.statut);
    const bool estRetiree = affectation.etat == EtatAffectation::Absente;
    if (!estRetiree) {
        dit["nouveau"] = nomDe(affectation.etat);
        if (affectation.motifRefus) dit["motif"] = *affectation.motifRefus;
        if (affectation.motifCloture) dit["motif"] = *affectation.motifCloture;
        if (affectation.travaux) dit["travaux"] = *affectation.travaux;
    }
    evenements_.push_back(outbox_.make(estRetiree ? "affectation.retiree" : "affectation.modifiee", dossier_.vise.signalement,
                                       std::move(dit)));
}

void Acte::direNouvelleAffectation(const AffectationVive& affectation) {
    auto dit = contexte();
    dit["affectationId"] = affectation.id;
    dit["statut"] = nomDe(affectation.etat);
    dit["partenaire"] = {{"id", affectation.partenaire}, {"nom", nomDuPartenaire(affectation.partenaire)}};
    dit["codePostal"] = dossier_.codePostal;
    dit["commune"] = dossier_.commune;
    dit["score"] = dossier_.score;
    auto codes = Json::array();
    for (const auto& une : dossier_.qualifications) codes.push_back(une.at("qualification"));
    dit["qualifications"] = std::move(codes);
    dit["acteur"] = acteur();
    const auto contact = charge_.contacts.find(affectation.partenaire);
    const Contact sans;
    const auto& ou = contact == charge_.contacts.end() ? sans : contact->second;
    evenements_.push_back(outbox_.make("affectation.creee", dossier_.vise.signalement, std::move(dit),
                                       {{"partenaire", {{"courriel", ou.courriel}, {"notifiable", ou.notifiable}}}}));
}

void Acte::ecrire(const Mots& mots) {
    SuiviAEcrire suivi{core::uuidV7(maintenant_), dossier_.vise.signalement, mots.categorie, auteur(),
                       qui_.subject, partenaire_, mots.texte, mots.visibleUsager && !dossier_.vacant, maintenant_};
    if (mots.duSysteme) {
        suivi.auteur = "systeme";
        suivi.compte.clear();
        suivi.partenaire.clear();
    }
    ecrireSuivi(transaction_, suivi);
    if (!abonnes_) abonnes_ = abonnes(transaction_, dossier_.vise.signalement);
    auto evenement = evenementDuSuivi(outbox_, charge_, dossier_, suivi, *abonnes_, saisis_);
    evenement.data["acteur"] = acteur();
    evenements_.push_back(std::move(evenement));
    if (!mots.duSysteme) suivreDesormais(mots.categorie);
}

void Acte::suivreDesormais(std::string_view categorie) {
    const auto* connue = categorieDeSuivi(categorie);
    const bool agent = auth::isAgent(qui_.role) && !qui_.isSuperAdmin();
    if (connue != nullptr && connue->abonne && agent) {
        abonner(transaction_, dossier_.vise.signalement, {qui_.subject}, qui_.subject, maintenant_);
    }
}

streams::Event Acte::evenementDuSuivi(const streams::Outbox& outbox, const AnnuaireCharge& charge, const DossierVif& dossier,
                                      const SuiviAEcrire& suivi, const std::vector<std::string>& abonnes,
                                      const std::vector<std::string>& saisis) {
    // Nobody is told of his own act, nor is his partner's mailbox.
    auto suiveurs = abonnes;
    std::erase(suiveurs, suivi.compte);
    auto dit = contexteDuDossier(charge, dossier.reference, dossier.vise.territoire);
    dit["suiviId"] = suivi.id;
    dit["categorie"] = suivi.categorie;
    dit["visibleUsager"] = suivi.visibleUsager;
    dit["auteur"] = suivi.auteur;
    dit["statut"] = domain::nameOf(dossier.vise.statut);
    dit["abonnes"] = suiveurs;
    return outbox.make("suivi.cree", dossier.vise.signalement, std::move(dit),
                       {{"texte", suivi.description}, {"partenaires", partenairesAInformer(charge, saisis, suivi.partenaire)}});
}

void Acte::publier() { outbox_.add(transaction_, evenements_); }

}  // namespace histologe::routing
