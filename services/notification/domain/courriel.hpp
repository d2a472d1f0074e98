// A mail to send, before it is written: its kind, what it is about, to whom, and the words that vary.
#pragma once

#include <map>
#include <string>

#include "services/notification/domain/type_courriel.hpp"

namespace histologe::notification {

// Values for the templates, by name. All text: the templates decide nothing but presence.
using Variables = std::map<std::string, std::string>;

// One row to be: (type, objet, destinataire) is its unique key, so that the same event heard twice makes one mail.
struct CourrielACreer {
    TypeCourriel type{};
    std::string signalementId;  // empty for a draft's mail
    std::string objet;          // id of what the mail is about: signalement, affectation, request of a link
    std::string destinataire;   // as adresseCourriel() gives it
    std::string territoire;     // name shown in the subject; empty when the mail has none
    Variables variables;

    friend bool operator==(const CourrielACreer&, const CourrielACreer&) = default;
};

}  // namespace histologe::notification
