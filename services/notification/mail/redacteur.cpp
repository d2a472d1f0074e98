#include "services/notification/mail/redacteur.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <kainjow/mustache.hpp>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "services/notification/domain/message_id.hpp"
#include "services/notification/mail/entetes.hpp"
#include "services/notification/mail/gabarits.hpp"

namespace histologe::notification {
namespace {

namespace mustache = kainjow::mustache;

constexpr const char* kSansTerritoire = "ALERTE";

const char* nomDeGabarit(TypeCourriel type) {
    switch (type) {
        case TypeCourriel::AccuseReception:
            return "accuse_reception";
        case TypeCourriel::ValidationSignalement:
            return "validation_signalement";
        case TypeCourriel::NouvelleAffectation:
            return "nouvelle_affectation";
        case TypeCourriel::LienSuivi:
            return "lien_suivi";
        case TypeCourriel::RepriseBrouillon:
            return "reprise_brouillon";
        case TypeCourriel::NouveauSuiviPartenaire:
            return "nouveau_suivi_partenaire";
        case TypeCourriel::AbandonPartenaire:
            return "abandon_partenaire";
        case TypeCourriel::NouveauSuiviUsager:
            return "nouveau_suivi_usager";
        case TypeCourriel::AbandonAuteur:
            return "abandon_auteur";
        case TypeCourriel::AbandonAutre:
            return "abandon_autre";
        case TypeCourriel::InvitationTiers:
            return "invitation_tiers";
        case TypeCourriel::ConfirmationCourriel:
            return "confirmation_courriel";
        case TypeCourriel::ChangementCourriel:
            return "changement_courriel";
        case TypeCourriel::InjonctionCloseBailleur:
            return "injonction_close_bailleur";
        case TypeCourriel::ClotureDemandeeUsager:
            return "cloture_demandee_usager";
        case TypeCourriel::ConfirmationInjonction:
            return "confirmation_injonction";
        case TypeCourriel::InjonctionBailleur:
            return "injonction_bailleur";
        case TypeCourriel::RecapitulatifSecours:
            return "recapitulatif_secours";
        case TypeCourriel::ActivationCompte:
            return "activation_compte";
        case TypeCourriel::ActivationDemandee:
            return "activation_compte";
        case TypeCourriel::RappelActivation:
            return "rappel_activation";
        case TypeCourriel::MotDePassePerdu:
            return "mot_de_passe_perdu";
        case TypeCourriel::CompteSupprime:
            return "compte_supprime";
        case TypeCourriel::CompteRetire:
            return "compte_retire";
        case TypeCourriel::CompteTransfere:
            return "compte_transfere";
        case TypeCourriel::CompteReactive:
            return "compte_reactive";
        case TypeCourriel::CompteNouveauPartenaire:
            return "compte_nouveau_partenaire";
        case TypeCourriel::CompteBientotArchive:
            return "compte_bientot_archive";
        case TypeCourriel::ComptesBientotArchives:
            return "comptes_bientot_archives";
        case TypeCourriel::CodeConnexion:
            return "code_connexion";
    }
    return "";
}

core::Error gabaritInvalide(const std::string& nom, const std::string& pourquoi) {
    return {core::ErrorKind::Internal,
            "gabarit_invalide",
            "Un modèle de courriel ne peut pas être lu.",
            {},
            nom + ": " + pourquoi};
}

enum class Echappement { Html, Aucun };

mustache::mustache charge(const std::string& nom, Echappement echappement) {
    const std::string_view contenu = gabarit(nom);
    if (contenu.empty()) throw gabaritInvalide(nom, "absent");
    mustache::mustache modele{std::string(contenu)};
    if (!modele.is_valid()) throw gabaritInvalide(nom, modele.error_message());
    if (echappement == Echappement::Aucun) modele.set_custom_escape([](const std::string& texte) { return texte; });
    return modele;
}

std::string rend(mustache::mustache& modele, const mustache::data& donnees) {
    std::string sortie = modele.render(donnees);
    if (!modele.error_message().empty()) throw gabaritInvalide("rendu", modele.error_message());
    return sortie;
}

// Lines ended by CRLF, at most one empty line in a row, none at the ends: what optional paragraphs leave behind is
// tidied.
std::string enLignes(const std::string& texte) {
    std::string sortie;
    bool vide = true;
    for (const std::string& brute : core::split(texte, '\n')) {
        std::string ligne = brute;
        while (!ligne.empty() && (ligne.back() == ' ' || ligne.back() == '\r')) ligne.pop_back();
        if (ligne.empty() && vide) continue;
        vide = ligne.empty();
        sortie += ligne + "\r\n";
    }
    if (sortie.size() >= 4 && sortie.compare(sortie.size() - 4, 4, "\r\n\r\n") == 0) sortie.resize(sortie.size() - 2);
    return sortie;
}

// Links are made when the mail is written, so that a retried mail follows a front that has moved.
void ajouteLiens(const std::string& site, const Variables& variables, mustache::data& donnees) {
    static constexpr struct {
        const char* variable;
        const char* lien;
        const char* chemin;
    } kLiens[] = {{"codeSuivi", "lienSuivi", "/suivre-mon-signalement/"},
                  {"signalementId", "lienDossier", "/bo/signalements/"},
                  {"brouillonId", "lienBrouillon", "/signalement-draft/"},
                  {"accepter", "lienAccepter", "/invitation/"},
                  {"refuser", "lienRefuser", "/invitation/"},
                  {"confirmation", "lienConfirmation", "/confirmation-courriel/"},
                  {"bailleur", "lienBailleur", "/connexion-bailleur"},
                  {"recapitulatif", "lienRecapitulatif", "/services-secours/"},
                  {"activation", "lienActivation", "/activation-compte/"},
                  {"reinitialisation", "lienReinitialisation", "/nouveau-mot-de-passe/"}};
    for (const auto& modele : kLiens)
        if (const auto trouve = variables.find(modele.variable); trouve != variables.end())
            donnees.set(modele.lien, site + modele.chemin + surUneLigne(trouve->second));
}

}  // namespace

struct Redacteur::Gabarits {
    struct Jeu {
        mustache::mustache sujet;
        mustache::mustache texte;
        mustache::mustache html;
    };
    mustache::mustache baseTexte = charge("base.txt", Echappement::Aucun);
    mustache::mustache baseHtml = charge("base.html", Echappement::Html);
    std::map<TypeCourriel, Jeu> jeux;

    Gabarits() {
        for (const TypeCourriel type : kTypesCourriel) {
            const std::string nom = nomDeGabarit(type);
            jeux.emplace(type, Jeu{charge(nom + ".sujet", Echappement::Aucun), charge(nom + ".txt", Echappement::Aucun),
                                   charge(nom + ".html", Echappement::Html)});
        }
    }
};

Redacteur::Redacteur(Presentation presentation)
    : presentation_(std::move(presentation)), gabarits_(std::make_unique<Gabarits>()) {
    const std::size_t arobase = presentation_.expediteur.find('@');
    domaine_ = arobase == std::string::npos ? "localhost" : presentation_.expediteur.substr(arobase + 1);
}

Redacteur::~Redacteur() = default;

CourrielPret Redacteur::rediger(const std::string& courrielId, const CourrielACreer& courriel) {
    Gabarits::Jeu& jeu = gabarits_->jeux.at(courriel.type);
    mustache::data donnees{mustache::data::type::object};
    for (const auto& [nom, valeur] : courriel.variables) donnees.set(nom, surUneLigne(valeur));
    ajouteLiens(presentation_.site, courriel.variables, donnees);
    donnees.set("plateforme", presentation_.plateforme);
    donnees.set("accueil", presentation_.site);
    const std::string territoire = surUneLigne(courriel.territoire);
    if (!territoire.empty()) donnees.set("territoire", territoire);

    std::string plateforme = surUneLigne(presentation_.plateforme);
    std::replace(plateforme.begin(), plateforme.end(), ' ', '-');
    std::string sujet = majuscules(plateforme) + " " + (territoire.empty() ? kSansTerritoire : majuscules(territoire)) +
                        " - " + surUneLigne(rend(jeu.sujet, donnees));
    donnees.set("sujet", sujet);

    CourrielPret pret;
    donnees.set("corps", rend(jeu.texte, donnees));
    pret.texte = enLignes(rend(gabarits_->baseTexte, donnees));
    donnees.set("corps", rend(jeu.html, donnees));
    pret.html = enLignes(rend(gabarits_->baseHtml, donnees));

    pret.messageId = messageId(courrielId, domaine_);
    pret.enveloppeDe = presentation_.expediteur;
    pret.enveloppeA = courriel.destinataire;
    if (!presentation_.redirection.empty()) {
        sujet = "[A : " + courriel.destinataire + "] " + sujet;
        pret.enveloppeA = presentation_.redirection;
    }
    pret.de = boite("From",
                    majusculesSansAccent(plateforme) + " - " +
                        (territoire.empty() ? kSansTerritoire : majusculesSansAccent(territoire)),
                    presentation_.expediteur);
    pret.repondreA = presentation_.repondreA;
    pret.a = pret.enveloppeA;
    pret.sujet = valeurEncodee("Subject", sujet);
    pret.etiquette = std::string(etiquette(courriel.type));
    return pret;
}

}  // namespace histologe::notification
