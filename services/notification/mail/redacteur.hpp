// Writes a mail: subject, text and HTML from the templates, headers from the rules of the envelope.
#pragma once

#include <memory>
#include <string>

#include "libs/core/clock.hpp"
#include "services/notification/domain/courriel.hpp"

namespace histologe::notification {

// How the platform presents itself in its mails.
struct Presentation {
    std::string plateforme = "Histologe";  // name people know it by
    std::string site;                      // https://… of the front, without a final slash
    std::string expediteur;                // address of From and of the envelope
    std::string repondreA;                 // address of Reply-To; nobody reads it
    std::string redirection;               // when set, every mail goes there instead (tests with real data)
};

// A mail ready to be handed to a server. Every field is already safe: encoded headers, checked addresses.
struct CourrielPret {
    std::string messageId;
    std::string enveloppeDe;
    std::string enveloppeA;
    std::string de;  // header values from here
    std::string repondreA;
    std::string a;
    std::string sujet;
    std::string etiquette;
    std::string texte;  // bodies: UTF-8, lines ended by CRLF
    std::string html;
};

// Not thread-safe: one per sending thread.
class Redacteur {
  public:
    // Parses the templates. Throws core::Error (Internal, `gabarit_invalide`) when one cannot be read.
    explicit Redacteur(Presentation presentation);
    ~Redacteur();
    Redacteur(const Redacteur&) = delete;
    Redacteur& operator=(const Redacteur&) = delete;

    // Writes the mail stored under `courrielId`. Subject: `PLATEFORME TERRITOIRE - …`; sender: `PLATEFORME -
    // TERRITOIRE` without accents; `ALERTE` stands for the territory of a mail that has none. Throws core::Error
    // (Internal) when a template cannot be rendered.
    CourrielPret rediger(const std::string& courrielId, const CourrielACreer& courriel);

  private:
    struct Gabarits;
    Presentation presentation_;
    std::string domaine_;
    std::unique_ptr<Gabarits> gabarits_;
};

}  // namespace histologe::notification
