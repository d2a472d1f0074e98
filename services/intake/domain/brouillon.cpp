#include "services/intake/domain/brouillon.hpp"

#include <array>

#include "libs/core/digest.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/adresse.hpp"
#include "services/intake/domain/lieu.hpp"
#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {
namespace {

using core::Json;

std::string texteOuVide(const Demande& demande, Champ champ) {
    return std::string(demande.texte(champ).value_or(""));
}

bool declareCommeOccupant(const Demande& demande) noexcept {
    return demande.profil() && estOccupant(*demande.profil());
}

std::string courrielDuDeclarant(const Demande& demande) {
    return texteOuVide(
        demande, declareCommeOccupant(demande) ? Champ::VosCoordonneesOccupantEmail : Champ::VosCoordonneesTiersEmail);
}

std::string avecDecalage(core::Instant instant) {
    std::string texte = core::toRfc3339(std::chrono::floor<std::chrono::seconds>(instant));
    // The front reads the offset in figures.
    texte.replace(texte.size() - 1, 1, "+00:00");
    return texte;
}

bool recent(core::Instant creeLe, core::Instant maintenant) {
    return std::chrono::floor<std::chrono::days>(maintenant - creeLe).count() <= kJoursRecents;
}

}  // namespace

EnteteDeBrouillon enteteDe(const Demande& demande) {
    EnteteDeBrouillon entete;
    entete.profil = demande.profil();
    entete.courrielDeclarant = courrielDuDeclarant(demande);
    entete.adresseComplete = texteOuVide(demande, Champ::AdresseLogementAdresse);
    entete.etape = texteOuVide(demande, Champ::CurrentStep);
    const auto mois = demande.texte(Champ::InfoProcedureBailDate);
    if (mois && demande.texte(Champ::InfoProcedureBailleurPrevenu) == "oui") entete.bailleurPrevenuAt = moisDe(*mois);
    entete.logementSocial = demande.texte(demande.profil() == Profil::ServiceSecours
                                              ? Champ::SignalementConcerneLogementSocialServiceSecours
                                              : Champ::SignalementConcerneLogementSocialAutreTiers) == "oui";
    entete.empreinte = empreinteDe(entete.courrielDeclarant, entete.adresseComplete);
    return entete;
}

Correspondant correspondantDe(const Demande& demande) {
    Correspondant correspondant;
    correspondant.prenom = texteOuVide(demande, declareCommeOccupant(demande) ? Champ::VosCoordonneesOccupantPrenom
                                                                              : Champ::VosCoordonneesTiersPrenom);
    correspondant.voie = texteOuVide(demande, Champ::AdresseLogementAdresseDetailNumero);
    correspondant.codePostal = texteOuVide(demande, Champ::AdresseLogementAdresseDetailCodePostal);
    correspondant.commune = texteOuVide(demande, Champ::AdresseLogementAdresseDetailCommune);
    return correspondant;
}

std::string empreinteDe(std::string_view courriel, std::string_view adresseComplete) {
    return core::sha256Hex({courriel, adresseComplete});
}

std::string communePliee(std::string_view commune) {
    std::string pliee = core::fold(core::trim(commune));
    struct Ville {
        std::string_view nom;
        int arrondissements;
    };
    constexpr std::array<Ville, 3> kVilles = {{{"marseille", 16}, {"lyon", 9}, {"paris", 20}}};
    for (const Ville& ville : kVilles) {
        if (!pliee.starts_with(ville.nom)) continue;
        for (int n = 1; n <= ville.arrondissements; ++n) {
            const std::string rang = n == 1 ? " 1er arrondissement" : " " + std::to_string(n) + "e arrondissement";
            if (std::string_view(pliee).substr(ville.nom.size()) == rang) return std::string(ville.nom);
        }
    }
    return pliee;
}

std::optional<CleDeDoublon> cleDeDoublon(const Demande& demande, const domain::Communes& communes) {
    CleDeDoublon cle;
    cle.occupant = declareCommeOccupant(demande);
    cle.courriel = core::fold(core::trim(courrielDuDeclarant(demande)));
    const auto voie = texteOuVide(demande, Champ::AdresseLogementAdresseDetailNumero);
    const auto codePostal = texteOuVide(demande, Champ::AdresseLogementAdresseDetailCodePostal);
    const auto codeInsee = texteOuVide(demande, Champ::AdresseLogementAdresseDetailInsee);
    cle.adresse = cleAdresse(voie, codePostal, inseeActuel(communes, codePostal, codeInsee));
    if (!cle.occupant) cle.nomOccupant = core::fold(core::trim(texteOuVide(demande, Champ::CoordonneesOccupantNom)));
    if (cle.courriel.empty() || voiePliee(voie).empty() || codePostal.empty() || codeInsee.empty()) return std::nullopt;
    if (!cle.occupant && cle.nomOccupant.empty()) return std::nullopt;
    return cle;
}

Json reponseNouveau(std::string_view uuidDuBrouillon) {
    return {{"already_exists", false}, {"uuid", uuidDuBrouillon}};
}

Json reponseDejaSignale(const std::vector<SignalementTrouve>& trouves, const std::optional<BrouillonTrouve>& brouillon,
                        core::Instant maintenant) {
    Json liste = Json::array();
    bool unRecent = false;
    for (const SignalementTrouve& trouve : trouves) {
        const bool estRecent = recent(trouve.creeLe, maintenant);
        unRecent = unRecent || estRecent;
        liste.push_back({{"uuid", trouve.uuid},
                         {"created_at", avecDecalage(trouve.creeLe)},
                         {"has_created_recently", estRecent},
                         {"prenom_occupant", trouve.prenomOccupant},
                         {"nom_occupant", trouve.nomOccupant},
                         {"complement_adresse_occupant", trouve.complementAdresse}});
    }
    return {{"already_exists", true},
            {"type", "signalement"},
            {"signalements", std::move(liste)},
            {"has_created_recently", unRecent},
            {"draft_exists", brouillon.has_value()},
            {"draft_uuid", brouillon ? Json(brouillon->uuid) : Json(nullptr)}};
}

Json reponseDejaCommence(const BrouillonTrouve& brouillon) {
    return {{"already_exists", true},
            {"type", "draft"},
            {"draft_exists", true},
            {"draft_uuid", brouillon.uuid},
            {"created_at", avecDecalage(brouillon.creeLe)},
            {"updated_at", avecDecalage(brouillon.modifieLe)}};
}

}  // namespace histologe::intake
