// Hands mails to one SMTP server, and says exactly how each try ended.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "libs/core/clock.hpp"
#include "services/notification/domain/reprise.hpp"
#include "services/notification/mail/redacteur.hpp"

namespace histologe::notification {

enum class SecuriteSmtp {
    Aucune,    // plain: a relay on this machine or on a private network
    StartTls,  // required, certificate checked
    Tls,       // from the first byte, certificate checked
};

struct ReglagesSmtp {
    std::string hote = "127.0.0.1";
    int port = 25;
    SecuriteSmtp securite = SecuriteSmtp::Aucune;
    std::string utilisateur;  // empty: no authentication
    std::string motDePasse;
    std::string nomEhlo = "histologe";  // how we call ourselves
    std::chrono::milliseconds delaiConnexion{5000};
    std::chrono::milliseconds delaiTotal{30000};  // of one mail, connection included
};

// Where the dialogue stood when it ended.
enum class EtapeSmtp {
    Connexion,     // before and at the greeting
    Presentation,  // EHLO, STARTTLS, AUTH
    Expediteur,    // MAIL FROM
    Destinataire,  // RCPT TO
    Donnees,       // DATA, before the content
    Contenu,       // content sent: without an answer, nobody knows whether the server kept it
};

// Short name for the log and the table (`destinataire`).
const char* nom(EtapeSmtp etape) noexcept;

struct ReponseSmtp {
    Issue issue = Issue::Temporaire;
    EtapeSmtp etape = EtapeSmtp::Connexion;
    int code = 0;             // last code of the server; 0 when it gave none
    bool serveur = false;     // the trouble is the server's, not this mail's: others would fail the same way
    std::string explication;  // one line without addresses: for the table and the log
};

// One connection, kept from one mail to the next. Not thread-safe: one per sending thread.
class SmtpClient {
  public:
    SmtpClient(ReglagesSmtp reglages, const core::Clock& horloge);
    ~SmtpClient();
    SmtpClient(const SmtpClient&) = delete;
    SmtpClient& operator=(const SmtpClient&) = delete;

    // Sends one mail; returns within delaiTotal (twice that when a kept connection turned out to be dead). Never throws
    // on what the server does:
    // - accepted: the server answered 2xx to the content;
    // - definitive: 5xx to the recipient or to the content;
    // - temporary: all the rest (4xx, no connection, no answer in time, cut, 5xx before the recipient is named: that is
    //   a matter of our own configuration, which an operator can mend).
    // A mail is sent again by itself only when a kept connection proves dead before any content has left.
    ReponseSmtp envoyer(const CourrielPret& courriel);

    // From any thread: the try under way, and every later one, ends within about a second as a temporary failure.
    void interrompre() { interrompu_ = true; }

  private:
    struct Poignee;
    ReponseSmtp essayer(const CourrielPret& courriel, bool connexionNeuve);

    ReglagesSmtp reglages_;
    const core::Clock& horloge_;
    std::atomic<bool> interrompu_{false};
    std::unique_ptr<Poignee> poignee_;
};

}  // namespace histologe::notification
