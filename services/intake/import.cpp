#include "services/intake/import.hpp"

#include <algorithm>
#include <set>

#include "libs/core/ids.hpp"
#include "services/intake/fichier_importe.hpp"
#include "services/intake/import_dit.hpp"
#include "services/intake/store/fiches.hpp"
#include "services/intake/store/imports.hpp"
#include "services/intake/store/references.hpp"
#include "services/intake/store/saisies.hpp"

namespace histologe::intake {
namespace {

using core::Json;

// References of so many rows are looked up at once.
constexpr std::size_t kParRequete = 1000;

class Import {
  public:
    Import(postgres::Connection& session, const streams::Outbox& outbox, const core::Clock& clock,
           const ReglagesDImport& reglages, const ContexteDImport& contexte,
           const std::function<void(const Remarque&)>& remarque)
        : session_(session),
          outbox_(outbox),
          clock_(clock),
          reglages_(reglages),
          contexte_(contexte),
          remarque_(remarque) {}

    BilanDImport mener() {
        examiner();
        if (bilan_.refus > 0 || reglages_.simulation) return bilan_;
        avancement_ = commencerImport(session_, contexte_.territoire, empreinte_, clock_.now());
        bilan_.dejaFait = avancement_.fini;
        bilan_.repriseApres = avancement_.ligne;
        if (!avancement_.fini) ecrire();
        return bilan_;
    }

  private:
    // Reads the whole file, handing each signalement to `prendre`.
    template <typename Prendre>
    void lire(std::vector<Remarque>& remarques, Prendre prendre, Empreinte* empreinte) {
        std::optional<EnteteDImport> entete;
        LecteurCsv lecteur([&](LigneCsv&& ligne) {
            if (!entete) {
                entete.emplace(ligne, remarques);
            } else {
                prendre(ligne.ligne, lireLigne(ligne, *entete, contexte_, remarques));
            }
        });
        parBlocs(reglages_.fichier, [&](std::string_view octets) {
            if (empreinte != nullptr) empreinte->ajouter(octets);
            lecteur.lire(octets);
        });
        lecteur.finir();
    }

    void dire(const Remarque& remarque) {
        ++(remarque.estUnRefus ? bilan_.refus : bilan_.avertissements);
        if (remarque.code == "desordre_inconnu") ++bilan_.desordresInconnus[remarque.valeur];
        remarque_(remarque);
    }

    void examiner() {
        std::vector<Remarque> remarques;
        std::set<Numero> vus;
        std::map<Numero, std::size_t> aVerifier;
        Empreinte empreinte;
        const auto vider = [&] {
            for (const auto& remarque : remarques) dire(remarque);
            remarques.clear();
        };
        lire(
            remarques,
            [&](std::size_t ligne, const std::optional<SignalementImporte>& lu) {
                const bool estRefusee = std::any_of(remarques.begin(), remarques.end(), [&](const Remarque& r) {
                    return r.ligne == ligne && r.estUnRefus;
                });
                if (!lu && !estRefusee) ++bilan_.ignorees;
                if (lu || estRefusee) ++bilan_.lignes;
                if (lu) {
                    const Numero numero{lu->annee, lu->numero};
                    if (!vus.insert(numero).second) {
                        remarques.push_back({ligne, "Ref signalement", "reference_en_double",
                                             "Cette référence est là deux fois.",
                                             referenceDefinitive(lu->annee, lu->numero), true});
                    }
                    aVerifier.emplace(numero, ligne);
                }
                vider();
                if (aVerifier.size() >= kParRequete) verifier(aVerifier);
            },
            &empreinte);
        vider();
        verifier(aVerifier);
        empreinte_ = empreinte.hex();
    }

    // References that signalements of another source bear.
    void verifier(std::map<Numero, std::size_t>& lot) {
        std::vector<Numero> numeros;
        for (const auto& [numero, ligne] : lot) numeros.push_back(numero);
        for (const auto& numero : numerosPris(session_, contexte_.territoire, numeros)) {
            refuserReference(lot.at(numero), numero);
        }
        lot.clear();
    }

    void refuserReference(std::size_t ligne, const Numero& numero) {
        dire({ligne, "Ref signalement", "reference_prise", "Un signalement de la plateforme porte cette référence.",
              referenceDefinitive(numero.first, numero.second), true});
    }

    void ecrire() {
        std::vector<Remarque> remarques;
        std::vector<SignalementImporte> lot;
        std::size_t derniere = avancement_.ligne;
        lire(
            remarques,
            [&](std::size_t ligne, std::optional<SignalementImporte>&& lu) {
                remarques.clear();
                if (ligne <= avancement_.ligne) return;
                derniere = ligne;
                if (lu) lot.push_back(std::move(*lu));
                if (lot.size() >= reglages_.lot) ecrireLot(lot, derniere, false);
            },
            nullptr);
        ecrireLot(lot, derniere, true);
    }

    void ecrireLot(std::vector<SignalementImporte>& lot, std::size_t derniere, bool fini) {
        const auto now = clock_.now();
        postgres::Transaction transaction(session_);
        for (const auto& lu : lot) ecrireUn(transaction, lu, now);
        avancement_.ligne = derniere;
        avancement_.importes += lot.size();
        avancement_.fini = fini;
        avancerImport(transaction, contexte_.territoire, empreinte_, avancement_, now);
        transaction.commit();
        outbox_.announce();
        lot.clear();
    }

    void ecrireUn(postgres::Transaction& transaction, const SignalementImporte& lu, core::Instant now) {
        const auto contenu = contenuImporte(lu);
        const Numero numero{lu.annee, lu.numero};
        const auto creeLe = lu.creeLe ? reglages_.fuseau.startOf(*lu.creeLe) : now;
        if (const auto connu = lockConnu(transaction, contexte_.territoire, numero)) {
            // Somebody declared a dwelling since the file was examined, and drew this number: it is his.
            if (!connu->estImporte) return refuserReference(lu.ligne, numero);
            mettreAJour(transaction, *connu, lu, contenu, creeLe, now);
            return;
        }
        NouveauSignalement nouveau;
        nouveau.uuid = core::uuidV7(now);
        nouveau.codeSuivi = core::uuidV4();
        nouveau.territoire = contexte_.territoire;
        nouveau.annee = lu.annee;
        nouveau.numero = lu.numero;
        nouveau.statut = lu.statut;
        nouveau.source = "IMPORT";
        nouveau.contenu = contenu;
        nouveau.reponses = Json::object();
        nouveau.creeLe = creeLe;
        remplirCles(nouveau);
        noterNumero(transaction, {nouveau.territoire, nouveau.annee}, nouveau.numero);
        insertSignalement(transaction, nouveau);
        affecter(transaction, nouveau.uuid, lu);
        auto said = evenementImporte(lu, contenu, creeLe);
        said.personnel["codeSuivi"] = nouveau.codeSuivi;
        outbox_.add(transaction, outbox_.make("signalement.depose", nouveau.uuid, std::move(said.donnees),
                                              std::move(said.personnel)));
        ++bilan_.ecrits;
    }

    void mettreAJour(postgres::Transaction& transaction, const SignalementConnu& connu,
                     const SignalementImporte& lu, const Json& contenu, core::Instant creeLe, core::Instant now) {
        if (connu.contenu == contenu) {
            ++bilan_.inchanges;
            return;
        }
        if (connu.version != 1) {
            ++bilan_.inchanges;
            dire({lu.ligne, "Ref signalement", "modifie_depuis",
                  "Ce signalement a été modifié depuis son import : il reste tel qu'il est.",
                  referenceDefinitive(lu.annee, lu.numero), false});
            return;
        }
        FicheGardee gardee;
        gardee.uuid = connu.uuid;
        gardee.version = 0;  // an import is the first version until somebody edits it
        gardee.fiche = {contenu, Json::object()};
        saveFiche(transaction, gardee, now);
        affecter(transaction, connu.uuid, lu);
        auto said = evenementImporte(lu, contenu, creeLe);
        said.donnees["modification"] = {{"section", "import"},
                                        {"champs", Json::array()},
                                        {"version", 2},
                                        {"auteur", "import"},
                                        {"role", "super_admin"}};
        said.personnel["changements"] = Json::array();
        outbox_.add(transaction, outbox_.make("signalement.modifie", connu.uuid, std::move(said.donnees),
                                              std::move(said.personnel)));
        ++bilan_.misAJour;
    }

    void affecter(postgres::Transaction& transaction, const std::string& uuid, const SignalementImporte& lu) const {
        std::vector<AffectationDite> affectations;
        for (const auto& partenaire : lu.partenaires) {
            affectations.push_back({uuid, partenaire, lu.statut == "CLOSED" ? "FERME" : "EN_COURS"});
        }
        if (!affectations.empty()) saveAffectations(transaction, affectations);
    }

    postgres::Connection& session_;
    const streams::Outbox& outbox_;
    const core::Clock& clock_;
    const ReglagesDImport& reglages_;
    const ContexteDImport& contexte_;
    const std::function<void(const Remarque&)>& remarque_;
    BilanDImport bilan_;
    std::string empreinte_;
    AvancementDImport avancement_;
};

}  // namespace

BilanDImport importer(postgres::Connection& session, const streams::Outbox& outbox, const core::Clock& clock,
                      const ReglagesDImport& reglages, const ContexteDImport& contexte,
                      const std::function<void(const Remarque&)>& remarque) {
    return Import(session, outbox, clock, reglages, contexte, remarque).mener();
}

}  // namespace histologe::intake
