// Sends the mails that are owed: leases them, hands them to several connections, records the answers.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/streams/outbox.hpp"
#include "services/notification/domain/pause.hpp"
#include "services/notification/jobs/expediteur.hpp"

namespace histologe::notification {

struct ReglagesExpedition {
    std::string databaseUrl;
    std::string schema = "notification";
    Presentation presentation;
    ReglagesSmtp smtp;
    PolitiqueReprise reprise;
    ReglagesPause pause;
    int connexions = 4;                      // SMTP connections, each with its thread
    int lot = 100;                           // most mails leased at once
    std::chrono::milliseconds bail{120000};  // length of a lease; more than twice smtp.delaiTotal
    std::chrono::milliseconds repos{500};    // longest sleep between two looks at what is due
    std::chrono::milliseconds sursis{2000};  // what a try under way is given when the service stops
};

// Promises:
// - nothing is sent inside a transaction; only committed mails are sent, since they are read from the table;
// - a mail is sent again only when it was not accepted, or when the process (or the database, for longer than a lease)
//   died between the server's acceptance and its record, and then under the same Message-ID; answers are recorded as
//   soon as they come, those that came meanwhile together;
// - a server in trouble is left alone, longer each time, and tried again with one mail; when it is back, the mails that
//   failed because of it go at once;
// - instances share the work without knowing of each other (rows being leased are skipped).
// One thread speaks to the database; each connection to the mail server has its own.
class Expedition {
  public:
    // The references must outlive it.
    Expedition(ReglagesExpedition reglages, const streams::Outbox& outbox, const core::Clock& horloge,
               core::Metrics& metrics);
    ~Expedition();
    Expedition(const Expedition&) = delete;
    Expedition& operator=(const Expedition&) = delete;

    void start();
    // Gives back what is not being sent, waits `sursis` for the rest, cuts it short, records everything, joins.
    void stop();

    // Mails may have been committed: look now. Any thread.
    void reveiller();

  private:
    struct Mesures;

    void expedie(Expediteur& expediteur);  // body of a sending thread
    void tient();                          // body of the thread that speaks to the database
    void sert(postgres::Connection& base);
    void note(postgres::Connection& base);
    void prend(postgres::Connection& base);
    void compte(postgres::Connection& base);
    void juge(const Envoi& envoi);  // with mutex_ held
    void rendFile();                // with mutex_ held

    ReglagesExpedition reglages_;
    const streams::Outbox& outbox_;
    const core::Clock& horloge_;
    std::unique_ptr<Mesures> mesures_;

    std::mutex mutex_;
    std::condition_variable travail_;    // for the senders: something to send, or the end
    std::condition_variable nouvelles_;  // for the database thread: ends to record, a wake-up, or the end
    std::deque<CourrielBaille> file_;
    std::vector<FinDeBail> fins_;
    std::set<std::string> enMain_;  // leased by this process, end not yet recorded
    PauseServeur pause_;
    bool reveil_ = false;
    bool finDePanne_ = false;
    bool arret_ = false;
    bool expediteursFinis_ = false;
    int envoisEnCours_ = 0;
    std::condition_variable calme_;  // no try is under way any more

    std::vector<std::unique_ptr<Expediteur>> expediteurs_;
    std::vector<std::thread> fils_;
    std::thread teneur_;
};

}  // namespace histologe::notification
