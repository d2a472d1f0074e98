#include "services/intake/depot_fiche.hpp"

#include "libs/core/ids.hpp"
#include "libs/core/zone.hpp"
#include "services/intake/domain/evenement_fiche.hpp"
#include "services/intake/store/fichiers.hpp"
#include "services/intake/store/references.hpp"
#include "services/intake/store/saisies.hpp"

namespace histologe::intake {

std::string deposerFiche(postgres::Transaction& transaction, const streams::Outbox& outbox,
                         const domain::Territoires& territoires, const FicheADeposer& depot, core::Instant now) {
    const auto code = domain::CodeTerritoire::parse(depot.territoire);
    const auto* territoire = code ? territoires.find(*code) : nullptr;
    NouveauSignalement nouveau;
    nouveau.uuid = depot.uuid;
    nouveau.codeSuivi = core::uuidV4();
    nouveau.territoire = depot.territoire;
    nouveau.annee = core::Zone::findOrParis(territoire != nullptr ? territoire->fuseau : "").yearOf(now);
    const Compteur compteur{nouveau.territoire, nouveau.annee};
    nouveau.numero = tirerNumeros(transaction, {{compteur, 1}}).at(compteur);
    nouveau.statut = "NEED_VALIDATION";
    nouveau.source = depot.source;
    nouveau.creePar = depot.compte;
    nouveau.contenu = depot.fiche.contenu;
    nouveau.contenu["territoire"] = depot.territoire;
    nouveau.reponses = depot.fiche.reponses;
    nouveau.creeLe = now;
    remplirCles(nouveau);
    insertSignalement(transaction, nouveau);
    suivreFichiersDuBrouillon(transaction, depot.uuid);
    if (!depot.fichiers.empty()) attacherFichiers(transaction, depot.uuid, depot.fichiers);

    const auto reference = referenceDefinitive(nouveau.annee, nouveau.numero);
    auto said = evenementDeFiche({nouveau.contenu, nouveau.reponses}, {reference, nouveau.statut, now});
    said.donnees["source"] = depot.source;
    if (territoire != nullptr) said.donnees["territoireNom"] = territoire->nom;
    if (!depot.saisie.is_null()) said.donnees["saisie"] = depot.saisie;
    said.personnel["codeSuivi"] = nouveau.codeSuivi;
    outbox.add(transaction,
               outbox.make("signalement.depose", depot.uuid, std::move(said.donnees), std::move(said.personnel)));
    return reference;
}

}  // namespace histologe::intake
