#include "services/intake/depot.hpp"

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/core/zone.hpp"
#include "libs/domain/desordres/lecture.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/construction.hpp"
#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/lieu.hpp"

namespace histologe::intake {
namespace {

constexpr std::string_view kWaiting = "tmp/";
constexpr char kStatutInitial[] = "NEED_VALIDATION";

std::string folded(const TexteOptionnel& text) {
    return text ? core::fold(*text) : std::string();
}

}  // namespace

std::optional<Depot> prepareDepot(const std::string& brouillon, const Demande& demande, const std::string& charge,
                                  const desordres::Catalogue& catalogue, const domain::Territoires& territoires,
                                  const domain::Communes& communes, const streams::Outbox& outbox, core::Instant now) {
    if (desordres::precisionsOf(catalogue, demande.charge()).empty()) return std::nullopt;
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
    depot.evenement =
        outbox.make("signalement.depose", depot.signalement, std::move(said.donnees), std::move(said.personnel));
    return depot;
}

}  // namespace histologe::intake
