#include "tests/support/serveur_smtp.hpp"

#include <chrono>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace histologe::test {
namespace {

bool ecrit(int prise, const std::string& ligne) {
    const std::string tout = ligne + "\r\n";
    return send(prise, tout.data(), tout.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(tout.size());
}

// Reads up to and including `fin`; false when the other side left.
bool litJusqua(int prise, std::string& tampon, const std::string& fin, std::string& lu) {
    while (true) {
        const std::size_t place = tampon.find(fin);
        if (place != std::string::npos) {
            lu = tampon.substr(0, place);
            tampon.erase(0, place + fin.size());
            return true;
        }
        char octets[4096];
        const ssize_t n = recv(prise, octets, sizeof octets, 0);
        if (n <= 0) return false;
        tampon.append(octets, static_cast<std::size_t>(n));
    }
}

std::string entreChevrons(const std::string& ligne) {
    const std::size_t debut = ligne.find('<');
    const std::size_t fin = ligne.find('>');
    return debut == std::string::npos || fin == std::string::npos ? "" : ligne.substr(debut + 1, fin - debut - 1);
}

}  // namespace

ServeurSmtp::ServeurSmtp() {
    ecoute_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in adresse{};
    adresse.sin_family = AF_INET;
    adresse.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t taille = sizeof adresse;
    if (bind(ecoute_, reinterpret_cast<sockaddr*>(&adresse), taille) != 0 || listen(ecoute_, 16) != 0 ||
        getsockname(ecoute_, reinterpret_cast<sockaddr*>(&adresse), &taille) != 0)
        throw std::runtime_error("the test server cannot listen");
    port_ = ntohs(adresse.sin_port);
    accueil_ = std::thread([this] { accepte(); });
}

ServeurSmtp::~ServeurSmtp() {
    fini_ = true;
    shutdown(ecoute_, SHUT_RDWR);
    accueil_.join();
    raccrocheTout();
    for (auto& fil : fils_) fil.join();
    for (const int prise : prises_) close(prise);
    close(ecoute_);
}

void ServeurSmtp::repond(const std::string& quand, const std::string& reponse) {
    const std::lock_guard verrou(mutex_);
    if (reponse.empty())
        reponses_.erase(quand);
    else
        reponses_[quand] = reponse;
}

void ServeurSmtp::repondPour(const std::string& adresse, const std::string& reponse) {
    const std::lock_guard verrou(mutex_);
    reponsesParAdresse_[adresse] = reponse;
}

void ServeurSmtp::raccrocheTout() {
    const std::lock_guard verrou(mutex_);
    for (const int prise : prises_) shutdown(prise, SHUT_RDWR);
}

std::vector<MessageRecu> ServeurSmtp::recus() const {
    const std::lock_guard verrou(mutex_);
    return recus_;
}

std::string ServeurSmtp::reponse(const std::string& quand, const std::string& defaut) const {
    const std::lock_guard verrou(mutex_);
    const auto trouve = reponses_.find(quand);
    return trouve == reponses_.end() ? defaut : trouve->second;
}

void ServeurSmtp::accepte() {
    while (!fini_) {
        const int prise = accept4(ecoute_, nullptr, nullptr, SOCK_CLOEXEC);
        if (prise < 0) continue;
        ++connexions_;
        const std::lock_guard verrou(mutex_);
        prises_.push_back(prise);
        fils_.emplace_back([this, prise] { sert(prise); });
    }
}

void ServeurSmtp::sert(int prise) {
    std::string tampon;
    std::string ligne;
    MessageRecu message;
    // Answers; false when the connection is over.
    const auto dit = [&](const std::string& mot) {
        if (mot == kRaccroche) {
            shutdown(prise, SHUT_RDWR);
            return false;
        }
        if (mot == kSeTait) {
            while (litJusqua(prise, tampon, "\r\n", ligne)) {
            }
            return false;
        }
        return ecrit(prise, mot);
    };
    if (!dit(reponse("BONJOUR", "220 test ESMTP"))) return;
    while (litJusqua(prise, tampon, "\r\n", ligne)) {
        const std::string commande = ligne.substr(0, 4);
        if (commande == "QUIT") {
            dit(reponse("QUIT", "221 au revoir"));
            shutdown(prise, SHUT_RDWR);
            return;
        }
        std::string mot = reponse(commande, "250 ok");
        if (commande == "MAIL") message = {entreChevrons(ligne), {}, {}};
        if (commande == "RCPT") {
            message.a = entreChevrons(ligne);
            const std::lock_guard verrou(mutex_);
            if (const auto trouve = reponsesParAdresse_.find(message.a); trouve != reponsesParAdresse_.end())
                mot = trouve->second;
        }
        if (commande == "DATA") mot = reponse("DATA", "354 j'ecoute");
        if (!dit(mot)) return;
        if (commande != "DATA" || mot.substr(0, 3) != "354") continue;
        if (!litJusqua(prise, tampon, "\r\n.\r\n", message.contenu)) return;
        for (std::size_t p = 0; (p = message.contenu.find("\r\n..", p)) != std::string::npos; p += 3)
            message.contenu.erase(p + 2, 1);
        {
            const std::lock_guard verrou(mutex_);
            recus_.push_back(message);
        }
        if (!dit(reponse("FIN", "250 garde"))) return;
    }
}

}  // namespace histologe::test
