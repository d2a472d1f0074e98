#include "services/notification/jobs/expediteur.hpp"

#include <utility>

#include "libs/core/error.hpp"

namespace histologe::notification {

Expediteur::Expediteur(const Presentation& presentation, const ReglagesSmtp& smtp, PolitiqueReprise politique,
                       const core::Clock& horloge)
    : redacteur_(presentation),
      client_(smtp, horloge),
      politique_(std::move(politique)),
      horloge_(horloge),
      hasard_(std::random_device{}()) {}

Envoi Expediteur::envoyer(const CourrielBaille& baille) {
    Envoi envoi;
    envoi.hasard = std::uniform_real_distribution<double>(0.0, 1.0)(hasard_);
    try {
        envoi.reponse = client_.envoyer(redacteur_.rediger(baille.id, baille.courriel));
    } catch (const core::Error& error) {
        // Our own fault, the same at every try: an operator mends the template and sends the mail again.
        envoi.reponse = {Issue::Definitive, EtapeSmtp::Connexion, 0, false, error.code()};
    }
    const ReponseSmtp& reponse = envoi.reponse;
    envoi.fin.id = baille.id;
    envoi.fin.bail = baille.bail;
    envoi.fin.etape = nom(reponse.etape);
    if (reponse.code != 0) envoi.fin.code = reponse.code;
    if (reponse.issue == Issue::Acceptee) {
        envoi.fin.etat = Etat::Envoye;
        return envoi;
    }
    envoi.fin.erreur = reponse.explication;
    envoi.fin.attendServeur = reponse.serveur;
    const core::Instant now = horloge_.now();
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - baille.creeLe);
    const Reprise reprise = politique_.apres(reponse.issue, baille.essais + 1, age, envoi.hasard);
    envoi.fin.etat = reprise.suite == Suite::Abandonner ? Etat::Echec : Etat::AEnvoyer;
    envoi.fin.prochainEssai = now + reprise.dans;
    return envoi;
}

FinDeBail rendre(const CourrielBaille& baille, core::Instant quand) {
    FinDeBail fin;
    fin.id = baille.id;
    fin.bail = baille.bail;
    fin.essaye = false;
    fin.prochainEssai = quand;
    return fin;
}

}  // namespace histologe::notification
