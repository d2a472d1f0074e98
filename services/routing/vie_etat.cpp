// The tables of transitions, and what they allow somebody on one dossier, as they are shown.
#include "libs/http/etag.hpp"
#include "services/routing/domain/motifs.hpp"
#include "services/routing/vie.hpp"

namespace histologe::routing {
namespace {

using core::Json;

Json montrerMotifs(ListeMotifs liste, bool logiciel) {
    auto motifs = Json::array();
    for (const auto& motif : motifsDe(liste, logiciel)) {
        motifs.push_back({{"code", motif.code}, {"libelle", motif.mots}, {"travaux", liste == ListeMotifs::ClotureAffectation && !logiciel && veutLesTravaux(motif.code)}});
    }
    return motifs;
}

template <typename Etat>
Json montrerPermises(std::span<const Transition<Etat>> machine, Etat etat, Acteurs qui, Gardes remplies) {
    auto liste = Json::array();
    const bool logiciel = contient(qui, Acteur::Logiciel);
    for (const auto* une : permises(machine, etat, qui, remplies)) {
        liste.push_back({{"action", une->action},
                         {"vers", nomDe(une->vers)},
                         {"motifs", montrerMotifs(une->motifs, logiciel)},
                         {"texteRequis", une->texte},
                         {"visibleUsager", nomDe(une->visible)},
                         {"abonnes", contient(une->gardes, Garde::AbonneChoisi)},
                         {"partenaires", contient(une->effets, Effet::RemettreAffectations)}});
    }
    return liste;
}

template <typename Element>
Json noms(std::uint32_t bits, int combien) {
    auto liste = Json::array();
    for (int i = 0; i < combien; ++i) {
        const auto element = static_cast<Element>(i);
        if (contient(bits, element)) liste.push_back(nomDe(element));
    }
    return liste;
}

template <typename Etat>
Json montrerMachine(std::span<const Transition<Etat>> machine, int etats) {
    auto liste = Json::array();
    for (const auto& une : machine) {
        liste.push_back({{"action", une.action},
                         {"de", noms<Etat>(une.de, etats)},
                         {"vers", nomDe(une.vers)},
                         {"qui", noms<Acteur>(une.qui, kActeurs)},
                         {"gardes", noms<Garde>(une.gardes, kGardes)},
                         {"motifs", nomDe(une.motifs)},
                         {"texteRequis", une.texte},
                         {"effets", noms<Effet>(une.effets, kEffets)},
                         {"suivi", une.suivi.empty() ? Json(nullptr) : Json(une.suivi)},
                         {"visibleUsager", nomDe(une.visible)}});
    }
    return liste;
}

}  // namespace

Json etatPermis(Acte& acte) {
    const auto& dossier = acte.dossier();
    const auto gardes = gardesDuDossier(dossier.vise.statut);
    auto affectations = Json::array();
    for (const auto& une : dossier.affectations) {
        affectations.push_back({{"id", une.id},
                                {"partenaire", une.partenaire},
                                {"nom", acte.nomDuPartenaire(une.partenaire)},
                                {"statut", nomDe(une.etat)},
                                {"etag", http::etag(une.version)},
                                {"permises", montrerPermises(machineAffectation(), une.etat, acte.surAffectation(une.partenaire), gardes)}});
    }
    const bool affecte =
        permise(machineAffectation(), "affecter", EtatAffectation::Absente, acte.surAffectation({}), gardes) != nullptr;
    return {{"uuid", dossier.vise.signalement},
            {"statut", domain::nameOf(dossier.vise.statut)},
            {"etag", http::etag(dossier.version)},
            {"permises", montrerPermises(machineDossier(), dossier.vise.statut, acte.surDossier(), gardes)},
            {"affecter", affecte},
            {"affectations", affectations}};
}

Json tablesDesTransitions() {
    return {{"machines",
             {{{"machine", "dossier"}, {"transitions", montrerMachine(machineDossier(), static_cast<int>(domain::termes<domain::StatutDossier>().size()))}},
              {{"machine", "affectation"}, {"transitions", montrerMachine(machineAffectation(), kEtatsAffectation)}}}},
            {"motifs",
             {{"refus_dossier", montrerMotifs(ListeMotifs::RefusDossier, false)},
              {"refus_affectation", montrerMotifs(ListeMotifs::RefusAffectation, false)},
              {"cloture_dossier", montrerMotifs(ListeMotifs::ClotureDossier, false)},
              {"cloture_affectation", montrerMotifs(ListeMotifs::ClotureAffectation, false)},
              {"cloture_affectation_logiciel", montrerMotifs(ListeMotifs::ClotureAffectation, true)},
              {"cloture_injonction", montrerMotifs(ListeMotifs::ClotureInjonction, false)}}}};
}

}  // namespace histologe::routing
