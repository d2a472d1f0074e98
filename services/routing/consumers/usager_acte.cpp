#include "services/routing/consumers/usager_acte.hpp"

#include <map>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "services/routing/contexte_evenements.hpp"
#include "services/routing/domain/actes_usagers.hpp"
#include "services/routing/domain/machine.hpp"
#include "services/routing/store/actes_usagers.hpp"
#include "services/routing/store/recherche_fiches.hpp"
#include "services/routing/store/vie_dossiers.hpp"

namespace histologe::routing {
namespace {

using core::Json;

constexpr char kNew[] = "NEED_VALIDATION";

// True when the table lets usagers or landlords bring a dossier from one status to the other.
bool isTheirs(const std::string& auteur, const std::string& before, const std::string& after) {
    const auto from = domain::parseName<domain::StatutDossier>(before);
    const auto to = domain::parseName<domain::StatutDossier>(after);
    const auto acteur = auteur == "bailleur" ? Acteur::Bailleur : Acteur::Usager;
    if (!from || !to) return false;
    for (const auto* one : permises(machineDossier(), *from, static_cast<Acteurs>(masque({acteur})), gardesDuDossier(*from))) {
        if (one->vers == *to) return true;
    }
    return false;
}

// What one batch does.
class Batch {
  public:
    Batch(const streams::Outbox& outbox, const AnnuaireCharge& charge,
          std::unordered_map<std::string, DossierTouche> dossiers)
        : outbox_(outbox), charge_(charge), dossiers_(std::move(dossiers)) {}

    void take(const streams::Event& event) {
        const auto found = dossiers_.find(event.subject);
        if (found == dossiers_.end()) {
            throw core::Error(core::ErrorKind::Internal, "dossier_inconnu", "Ce dossier n'existe pas.", {},
                              event.subject);
        }
        auto& dossier = found->second;
        const auto& data = event.data;
        const ActeDePersonne acte{data.at("categorie").get<std::string>(), data.at("auteur").get<std::string>(),
                                  data.at("details"), event.personnel.value("texte", "")};
        move(event, dossier, acte);
        bool isFirst = true;
        for (const auto& suivi : suivisDe(acte)) {
            const auto id = isFirst ? data.at("acteId").get<std::string>() : core::uuidV7(event.time);
            suivis_.push_back(
                {id, event.subject, suivi.categorie, acte.auteur, suivi.description, suivi.visibleUsager, event.time});
            say(event.subject, dossier, suivis_.back());
            isFirst = false;
        }
    }

    void write(postgres::Transaction& transaction, Orienteur& orienteur) const {
        insertSuivisDePersonnes(transaction, suivis_);
        std::vector<EtatTouche> etats;
        for (const auto& [signalement, etat] : etats_) etats.push_back(etat);
        if (!etats.empty()) {
            nommerActeurs(transaction, acteurs_);
            saveEtatsTouches(transaction, etats);
            nommerActeurs(transaction, Json::object());
        }
        // A case that begins anew has another reference.
        suivreDossiers(transaction, begunAnew_);
        outbox_.add(transaction, events_);
        orienteur.orienter(transaction, begunAnew_);
    }

  private:
    EtatTouche& stateOf(const std::string& signalement) {
        auto& etat = etats_[signalement];
        etat.signalement = signalement;
        return etat;
    }

    void move(const streams::Event& event, DossierTouche& dossier, const ActeDePersonne& acte) {
        const auto& data = event.data;
        if (acte.categorie == "DEMANDE_ABANDON_PROCEDURE") {
            auto& etat = stateOf(event.subject);
            etat.abandonDemande = true;
            etat.motifUsager = acte.details.value("motif", "");
        } else if (acte.categorie == "DEMANDE_POURSUITE_PROCEDURE") {
            auto& etat = stateOf(event.subject);
            etat.abandonDemande = false;
            etat.motifUsager = std::nullopt;
        }
        const auto before = data.at("ancienStatut").get<std::string>();
        const auto after = data.at("statut").get<std::string>();
        if (before == after || dossier.statut != before) return;
        if (!isTheirs(acte.auteur, before, after)) {
            throw core::Error(core::ErrorKind::Internal, "transition_inconnue", "Cette transition n'existe pas.", {},
                              event.subject + " " + before + " " + after);
        }
        acteurs_[event.subject] = acte.auteur;
        auto& etat = stateOf(event.subject);
        etat.statut = after;
        if (after == kNew) {
            dossier.reference = data.at("reference").get<std::string>();
            etat.reference = dossier.reference;
            etat.deposeLe = event.time;
            begunAnew_.push_back(event.subject);
        }
        dossier.statut = after;
        auto said = context(dossier);
        said["ancien"] = before;
        said["nouveau"] = after;
        said["le"] = core::toRfc3339(event.time);
        events_.push_back(outbox_.make("dossier.statut_modifie", event.subject, std::move(said)));
    }

    void say(const std::string& signalement, const DossierTouche& dossier, const SuiviDePersonne& suivi) {
        auto said = context(dossier);
        said["suiviId"] = suivi.id;
        said["categorie"] = suivi.categorie;
        said["visibleUsager"] = suivi.visibleUsager;
        said["auteur"] = suivi.auteur;
        said["statut"] = dossier.statut;
        events_.push_back(outbox_.make("suivi.cree", signalement, std::move(said),
                                       {{"texte", suivi.description}, {"partenaires", partenairesAInformer(charge_, dossier.partenaires)}}));
    }

    Json context(const DossierTouche& dossier) const {
        return contexteDuDossier(charge_, dossier.reference, dossier.territoire);
    }

    const streams::Outbox& outbox_;
    const AnnuaireCharge& charge_;
    std::unordered_map<std::string, DossierTouche> dossiers_;
    std::map<std::string, EtatTouche> etats_;
    std::vector<SuiviDePersonne> suivis_;
    std::vector<streams::Event> events_;
    std::vector<std::string> begunAnew_;
    Json acteurs_ = Json::object();
};

}  // namespace

streams::Handler onUsagerActe(const streams::Outbox& outbox, AnnuaireCourant& annuaire, Orienteur& orienteur) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<std::string> signalements;
        for (const auto* event : events) signalements.push_back(event->subject);
        const auto charge = annuaire.get();
        Batch batch(outbox, *charge, lockDossiersTouches(transaction, signalements));
        for (const auto* event : events) batch.take(*event);
        batch.write(transaction, orienteur);
    };
}

}  // namespace histologe::routing
