// Looks at the files that were received: leases them, has each examined, records what came of it, says what is available.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/files/object_store.hpp"
#include "libs/service/process.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/jobs/examinateur.hpp"

namespace histologe::intake {

struct ReglagesExamens {
    std::string databaseUrl;
    std::string schema = "intake";
    int fils = 1;                            // files looked at together
    std::chrono::milliseconds bail{300000};  // length of a lease; a look takes less than half of it
    std::chrono::milliseconds repos{1000};   // longest sleep between two looks at what is due
    std::chrono::milliseconds reprise{5000}; // until a file that could not be looked at is tried again; grows to an hour
    std::chrono::milliseconds menage{60000}; // between two rounds of cleaning
    std::chrono::hours garde{24 * 30 * 6};   // a file that belongs to no signalement is kept as long (reference, 4.3)
};

// Promises:
// - a file is available only after the antivirus found nothing in it; while the antivirus or the storage cannot be
//   reached it stays in quarantine and is looked at later;
// - two instances, or one that died at any point, never lose a file nor make one available twice: the lease names who may
//   record, and the event is written in the transaction that records;
// - a file that was attached after it became available is told of too.
class Examens final : public service::Worker {
  public:
    // The references must outlive it.
    Examens(ReglagesExamens reglages, const Examinateur& examinateur, files::ObjectStore& store,
            const streams::Outbox& outbox, const core::Clock& horloge, core::Metrics& metrics);
    ~Examens() override;
    void start() override;
    // Finishes the files in hand, joins.
    void stop() override;

    // A file was received: look now. Any thread.
    void reveiller();

  private:
    void travaille(bool premier);
    void sert(postgres::Connection& base, bool premier);
    // True when there was one to look at.
    bool examineUn(postgres::Connection& base);
    void annonce(postgres::Connection& base);
    void dire(postgres::Transaction& transaction, const std::vector<FichierAAnnoncer>& fichiers) const;
    void menage(postgres::Connection& base);
    [[nodiscard]] bool attend(std::chrono::milliseconds combien);

    ReglagesExamens reglages_;
    const Examinateur& examinateur_;
    files::ObjectStore& store_;
    const streams::Outbox& outbox_;
    const core::Clock& horloge_;
    core::Gauge& enAttente_;
    core::Gauge& infectes_;
    core::Gauge& plusAncien_;
    core::Counter& examines_;
    core::Counter& remis_;

    std::mutex mutex_;
    std::condition_variable nouvelles_;
    bool arret_ = false;
    unsigned reveils_ = 0;
    core::Instant pasAvant_{};  // the antivirus is left alone until then
    std::vector<std::thread> fils_;
};

}  // namespace histologe::intake
