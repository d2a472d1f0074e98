// One mail, from its lease to its end: written, sent, judged.
#pragma once

#include <random>

#include "libs/core/clock.hpp"
#include "services/notification/domain/reprise.hpp"
#include "services/notification/mail/redacteur.hpp"
#include "services/notification/mail/smtp_client.hpp"
#include "services/notification/store/courriels.hpp"

namespace histologe::notification {

// What became of one try.
struct Envoi {
    FinDeBail fin;
    ReponseSmtp reponse;
    double hasard = 0;  // drawn for this try
};

// One SMTP connection and its templates. Not thread-safe: one per sending thread.
class Expediteur {
  public:
    Expediteur(const Presentation& presentation, const ReglagesSmtp& smtp, PolitiqueReprise politique,
               const core::Clock& horloge);

    // Sends the mail and says how its lease ends: ENVOYE; ECHEC when refused for good, too old or impossible to write;
    // otherwise A_ENVOYER at the time that the policy gives. Never throws for a reason of the mail or of the server.
    Envoi envoyer(const CourrielBaille& baille);

    // From another thread: cuts short the try under way and those to come.
    void interrompre() { client_.interrompre(); }

  private:
    Redacteur redacteur_;
    SmtpClient client_;
    PolitiqueReprise politique_;
    const core::Clock& horloge_;
    std::mt19937_64 hasard_;
};

// A lease given back without a try.
FinDeBail rendre(const CourrielBaille& baille, core::Instant quand);

}  // namespace histologe::notification
