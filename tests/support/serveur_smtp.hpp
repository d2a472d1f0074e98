// An SMTP server that does what a test tells it to, one connection at a time per thread, on the loopback.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace histologe::test {

// What the server does when it hears a command (`EHLO`, `MAIL`, `RCPT`, `DATA`, `QUIT`), at the greeting (`BONJOUR`) or
// at the end of a content (`FIN`): the line it answers, or one of the two silences.
inline const std::string kRaccroche = "<raccroche>";  // closes without a word
inline const std::string kSeTait = "<se tait>";       // keeps the connection open and says nothing

struct MessageRecu {
    std::string de;
    std::string a;
    std::string contenu;  // as sent, without the dots of transparency
};

class ServeurSmtp {
  public:
    ServeurSmtp();
    ~ServeurSmtp();
    ServeurSmtp(const ServeurSmtp&) = delete;
    ServeurSmtp& operator=(const ServeurSmtp&) = delete;

    [[nodiscard]] int port() const { return port_; }
    // From now on `quand` is answered by `reponse`; an empty one restores what a willing server says.
    void repond(const std::string& quand, const std::string& reponse);
    // Answers this RCPT address, and only it.
    void repondPour(const std::string& adresse, const std::string& reponse);
    // Closes every open connection from the server's side.
    void raccrocheTout();
    // Content whose final dot was read, whatever was answered.
    [[nodiscard]] std::vector<MessageRecu> recus() const;
    [[nodiscard]] int connexions() const { return connexions_; }

  private:
    void accepte();
    void sert(int prise);
    std::string reponse(const std::string& quand, const std::string& defaut) const;

    int ecoute_ = -1;
    int port_ = 0;
    std::atomic<int> connexions_{0};
    std::atomic<bool> fini_{false};
    mutable std::mutex mutex_;
    std::map<std::string, std::string> reponses_;
    std::map<std::string, std::string> reponsesParAdresse_;
    std::vector<MessageRecu> recus_;
    std::vector<int> prises_;
    std::vector<std::thread> fils_;
    std::thread accueil_;
};

}  // namespace histologe::test
