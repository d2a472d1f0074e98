#include "services/intake/depot.hpp"

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/core/zone.hpp"
#include "libs/domain/desordres/lecture.hpp"
#include "libs/domain/desordres/suspicions.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/injonction.hpp"
#include "services/intake/domain/lieu.hpp"
#include "services/intake/domain/secrets.hpp"
#include "services/intake/evenements_usager.hpp"

namespace histologe::intake {
namespace {

constexpr std::string_view kWaiting = "tmp/";
constexpr char kStatutInitial[] = "NEED_VALIDATION";
constexpr char kInjonction[] = "INJONCTION_BAILLEUR";

std::string folded(const TexteOptionnel& text) {
    return text ? core::fold(*text) : std::string();
}

// Who declared his own dwelling may have somebody follow from the start.
void inviter(Depot& depot, const TiersInvite& tiers, const streams::Outbox& outbox) {
    DossierUsager dossier;
    dossier.uuid = depot.signalement;
    dossier.codeSuivi = depot.codeSuivi;
    dossier.territoire = depot.territoire;
    dossier.contenu = core::parseJson(depot.contenu);
    const auto profil = profilDuDeclarant(dossier.contenu);
    if (!profil || !estOccupant(*profil)) return;
    const auto secret = core::randomHex(kSecretDInvitation);
    Invitation invitation;
    invitation.id = core::uuidV7(depot.deposeLe);
    invitation.signalement = depot.signalement;
    invitation.empreinte = empreinteDuSecret(secret);
    invitation.nom = tiers.nom;
    invitation.prenom = tiers.prenom;
    invitation.courriel = tiers.courriel;
    invitation.creeLe = depot.deposeLe;
    depot.evenementInvitation = streams::written(evenementTiersInvite(outbox, dossier, invitation, secret));
    depot.invitation = std::move(invitation);
}

}  // namespace

std::optional<Depot> prepareDepot(const std::string& brouillon, const Demande& demande, const std::string& charge,
                                  const desordres::Catalogue& catalogue, const domain::Territoires& territoires,
                                  const domain::Communes& communes, const streams::Outbox& outbox, core::Instant now) {
    const auto lecture = desordres::read(catalogue, demande.charge());
    if (lecture.precisions.empty()) return std::nullopt;
    const auto codePostal = demande.texte(Champ::AdresseLogementAdresseDetailCodePostal).value_or("");
    const auto codeInsee = demande.texte(Champ::AdresseLogementAdresseDetailInsee).value_or("");
    auto signalement = construire(demande, territoireDe(territoires, communes, codePostal, codeInsee));
    // Every rule on communes that follows reads this one.
    signalement.adresse.codeInsee = inseeActuel(communes, codePostal, codeInsee);

    Depot depot;
    depot.brouillon = brouillon;
    depot.signalement = core::uuidV7(now);
    depot.codeSuivi = core::uuidV4();
    depot.territoire = signalement.territoire.value_or("");
    const auto code = domain::CodeTerritoire::parse(depot.territoire);
    const auto* territoire = code ? territoires.find(*code) : nullptr;
    // References are numbered by the year of the territory's own calendar.
    depot.annee = core::Zone::findOrParis(territoire != nullptr ? territoire->fuseau : "").yearOf(now);
    depot.statut = kStatutInitial;
    if (entreEnInjonction(signalement, territoire != nullptr && territoire->demarcheAcceleree,
                          desordres::appelleUneAutorite(catalogue, lecture.precisions, lecture.faits))) {
        depot.statut = kInjonction;
        depot.codeBailleur = nouveauCodeBailleur();
    }
    depot.cleAdresse = cleAdresse(signalement.adresse.voie.value_or(""), signalement.adresse.codePostal,
                                  signalement.adresse.codeInsee);
    depot.rnbId = signalement.adresse.rnbId;
    depot.courrielOccupant = folded(signalement.occupant.courriel);
    depot.courrielDeclarant = folded(signalement.declarant.courriel);
    depot.nomOccupant = folded(signalement.occupant.nom);
    depot.charge = charge;
    depot.contenu = core::dumpJson(enJson(signalement));
    depot.deposeLe = now;
    depot.fichiers = fichiersDe(demande);
    for (auto& fichier : depot.fichiers) {
        // The form keeps the key under which a file waits; ours has one name from the start.
        if (fichier.cle.starts_with(kWaiting)) fichier.cle.erase(0, kWaiting.size());
    }
    auto said = evenementDepose(signalement, demande, {std::nullopt, depot.statut, now});
    if (territoire != nullptr) said.donnees["territoireNom"] = territoire->nom;
    said.personnel["codeSuivi"] = depot.codeSuivi;
    if (!depot.codeBailleur.empty()) said.personnel["codeBailleur"] = depot.codeBailleur;
    said.donnees.erase("reference");
    depot.evenement = streams::written(
        outbox.make("signalement.depose", depot.signalement, std::move(said.donnees), std::move(said.personnel)));
    if (signalement.tiersInvite) inviter(depot, *signalement.tiersInvite, outbox);
    return depot;
}

}  // namespace histologe::intake
