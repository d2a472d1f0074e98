#include "services/notification/jobs/expedition.hpp"

#include <iterator>
#include <utility>

#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "services/notification/domain/message_id.hpp"

namespace histologe::notification {
namespace {

using namespace std::chrono_literals;

constexpr auto kEntreDeuxDecomptes = 5s;
constexpr auto kEntreDeuxRondes = 1s;

std::string domaineDe(const std::string& adresse) {
    const std::size_t arobase = adresse.find('@');
    return arobase == std::string::npos ? "localhost" : adresse.substr(arobase + 1);
}

}  // namespace

struct Expedition::Mesures {
    explicit Mesures(core::Metrics& metrics)
        : acceptes(metrics.counter("histologe_mail_tries_total", "tries to send a mail, by outcome",
                                   {{"issue", "acceptee"}})),
          temporaires(metrics.counter("histologe_mail_tries_total", "tries to send a mail, by outcome",
                                      {{"issue", "temporaire"}})),
          definitifs(metrics.counter("histologe_mail_tries_total", "tries to send a mail, by outcome",
                                     {{"issue", "definitive"}})),
          duree(metrics.histogram("histologe_mail_send_seconds", "time of one try to send a mail")),
          aEnvoyer(metrics.gauge("histologe_mails", "mails not sent, by state", {{"etat", "A_ENVOYER"}})),
          enCours(metrics.gauge("histologe_mails", "mails not sent, by state", {{"etat", "EN_COURS"}})),
          echecs(metrics.gauge("histologe_mails", "mails not sent, by state", {{"etat", "ECHEC"}})),
          plusAncien(metrics.gauge("histologe_mail_oldest_seconds", "age of the oldest mail not yet sent")),
          enPause(metrics.gauge("histologe_mail_server_paused", "1 while the mail server is left alone")) {}

    core::Counter& acceptes;
    core::Counter& temporaires;
    core::Counter& definitifs;
    core::Histogram& duree;
    core::Gauge& aEnvoyer;
    core::Gauge& enCours;
    core::Gauge& echecs;
    core::Gauge& plusAncien;
    core::Gauge& enPause;
    std::chrono::steady_clock::time_point dernierDecompte{};
    std::chrono::steady_clock::time_point derniereRonde{};
};

Expedition::Expedition(ReglagesExpedition reglages, const streams::Outbox& outbox, const core::Clock& horloge,
                       core::Metrics& metrics)
    : reglages_(std::move(reglages)),
      outbox_(outbox),
      horloge_(horloge),
      mesures_(std::make_unique<Mesures>(metrics)),
      pause_(reglages_.pause) {
    for (int i = 0; i < reglages_.connexions; ++i)
        expediteurs_.push_back(
            std::make_unique<Expediteur>(reglages_.presentation, reglages_.smtp, reglages_.reprise, horloge_));
}

Expedition::~Expedition() {
    stop();
}

void Expedition::start() {
    teneur_ = std::thread([this] { tient(); });
    for (auto& expediteur : expediteurs_) fils_.emplace_back([this, &un = *expediteur] { expedie(un); });
}

void Expedition::stop() {
    {
        std::unique_lock verrou(mutex_);
        arret_ = true;
        rendFile();
        travail_.notify_all();
        nouvelles_.notify_all();
        if (!calme_.wait_for(verrou, reglages_.sursis, [&] { return envoisEnCours_ == 0; }))
            for (auto& expediteur : expediteurs_) expediteur->interrompre();
    }
    for (auto& fil : fils_) fil.join();
    fils_.clear();
    {
        const std::lock_guard verrou(mutex_);
        expediteursFinis_ = true;
    }
    nouvelles_.notify_all();
    if (teneur_.joinable()) teneur_.join();
}

void Expedition::reveiller() {
    {
        const std::lock_guard verrou(mutex_);
        reveil_ = true;
    }
    nouvelles_.notify_one();
}

void Expedition::rendFile() {
    const core::Instant now = horloge_.now();
    for (const CourrielBaille& baille : file_) fins_.push_back(rendre(baille, now));
    file_.clear();
}

void Expedition::expedie(Expediteur& expediteur) {
    std::unique_lock verrou(mutex_);
    while (true) {
        travail_.wait(verrou, [&] { return arret_ || !file_.empty(); });
        if (arret_) return;
        const CourrielBaille baille = std::move(file_.front());
        file_.pop_front();
        const core::Instant now = horloge_.now();
        // A try that could outlast the lease is not begun: somebody else might send the same mail meanwhile.
        if (now + 2 * reglages_.smtp.delaiTotal >= baille.bailJusquA) {
            fins_.push_back(rendre(baille, now));
            nouvelles_.notify_one();
            continue;
        }
        ++envoisEnCours_;
        verrou.unlock();
        const auto debut = std::chrono::steady_clock::now();
        const Envoi envoi = expediteur.envoyer(baille);
        mesures_->duree.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - debut).count());
        verrou.lock();
        --envoisEnCours_;
        juge(envoi);
        if (envoisEnCours_ == 0) calme_.notify_all();
        nouvelles_.notify_one();
    }
}

void Expedition::juge(const Envoi& envoi) {
    fins_.push_back(envoi.fin);
    const ReponseSmtp& reponse = envoi.reponse;
    switch (reponse.issue) {
        case Issue::Acceptee:
            mesures_->acceptes.add();
            break;
        case Issue::Temporaire:
            mesures_->temporaires.add();
            break;
        case Issue::Definitive:
            mesures_->definitifs.add();
            break;
    }
    if (reponse.issue != Issue::Acceptee)
        core::log::write(reponse.issue == Issue::Definitive ? core::log::Level::Warning : core::log::Level::Info,
                         "mail_not_accepted",
                         {{"mailId", envoi.fin.id},
                          {"step", nom(reponse.etape)},
                          {"code", reponse.code},
                          {"why", reponse.explication}});
    if (!reponse.serveur) {
        if (pause_.succes()) finDePanne_ = true;
        return;
    }
    if (arret_) return;  // cut short by ourselves
    pause_.echec(horloge_.now(), envoi.hasard);
    rendFile();
}

void Expedition::tient() {
    while (true) {
        try {
            postgres::Connection base(reglages_.databaseUrl, reglages_.schema);
            sert(base);
            return;
        } catch (const postgres::SqlError& error) {
            core::log::warning("mail_database_lost", {{"sqlState", error.sqlState()}});
        } catch (const core::Error& error) {
            core::log::error("mail_table_unreadable", {{"error", error.code()}});
        }
        std::unique_lock verrou(mutex_);
        // Answers not recorded stay in hand; when the service stops, the ends of their leases free them.
        if (expediteursFinis_) return;
        nouvelles_.wait_for(verrou, 200ms, [&] { return expediteursFinis_; });
    }
}

void Expedition::sert(postgres::Connection& base) {
    while (true) {
        note(base);
        bool arret = false;
        {
            std::unique_lock verrou(mutex_);
            if (expediteursFinis_ && fins_.empty()) return;
            arret = arret_;
        }
        if (!arret) {
            prend(base);
            compte(base);
        }
        std::unique_lock verrou(mutex_);
        nouvelles_.wait_for(verrou, reglages_.repos,
                            [&] { return reveil_ || !fins_.empty() || expediteursFinis_ || (arret_ && !arret); });
        reveil_ = false;
    }
}

void Expedition::note(postgres::Connection& base) {
    std::vector<FinDeBail> fins;
    bool finDePanne = false;
    {
        const std::lock_guard verrou(mutex_);
        fins.swap(fins_);
        finDePanne = std::exchange(finDePanne_, false);
    }
    if (fins.empty()) return;
    try {
        const core::Instant now = horloge_.now();
        postgres::Transaction transaction(base);
        std::vector<streams::Event> evenements;
        for (const CourrielEnvoye& envoye : noterFins(transaction, fins, now))
            evenements.push_back(
                outbox_.make("notification.envoyee", envoye.signalement.empty() ? envoye.objet : envoye.signalement,
                             {{"courrielId", envoye.id},
                              {"type", envoye.type},
                              {"objet", envoye.objet},
                              {"messageId", messageId(envoye.id, domaineDe(reglages_.presentation.expediteur))},
                              {"envoyeLe", core::toRfc3339(now)},
                              {"essais", envoye.essais}}));
        outbox_.add(transaction, evenements);
        transaction.commit();
        if (!evenements.empty()) outbox_.announce();
        if (finDePanne) avancerCeuxQuiAttendent(base, now);
    } catch (...) {
        // Recorded again as soon as the database answers: writing an end twice changes nothing.
        const std::lock_guard verrou(mutex_);
        fins_.insert(fins_.begin(), std::make_move_iterator(fins.begin()), std::make_move_iterator(fins.end()));
        finDePanne_ = finDePanne_ || finDePanne;
        throw;
    }
    const std::lock_guard verrou(mutex_);
    for (const FinDeBail& fin : fins) enMain_.erase(fin.id);
}

void Expedition::prend(postgres::Connection& base) {
    int combien = 0;
    std::vector<std::string> enMain;
    const core::Instant now = horloge_.now();
    {
        const std::lock_guard verrou(mutex_);
        const bool enPause = pause_.enPause(now);
        mesures_->enPause.set(enPause ? 1 : 0);
        if (enPause) return;
        const int lot = pause_.doute() ? 1 : reglages_.lot;
        combien = lot - static_cast<int>(enMain_.size());
        // Half a batch at a time: fewer, larger leases.
        if (combien <= lot / 2 && combien < lot) return;
        enMain.assign(enMain_.begin(), enMain_.end());
    }
    const auto montre = std::chrono::steady_clock::now();
    if (montre - mesures_->derniereRonde >= kEntreDeuxRondes) {
        const int repris = reprendreBauxEchus(base, now, enMain);
        if (repris > 0) core::log::warning("mail_leases_expired", {{"count", repris}});
        mesures_->derniereRonde = montre;
    }
    std::vector<CourrielBaille> bailles = bailler(base, core::uuidV4(), now, now + reglages_.bail, combien);
    if (bailles.empty()) return;
    const std::lock_guard verrou(mutex_);
    for (CourrielBaille& baille : bailles) {
        enMain_.insert(baille.id);
        file_.push_back(std::move(baille));
    }
    if (arret_) rendFile();
    travail_.notify_all();
}

void Expedition::compte(postgres::Connection& base) {
    const auto montre = std::chrono::steady_clock::now();
    if (montre - mesures_->dernierDecompte < kEntreDeuxDecomptes) return;
    mesures_->dernierDecompte = montre;
    const Decompte decompte = compterNonEnvoyes(base);
    mesures_->aEnvoyer.set(static_cast<double>(decompte.aEnvoyer));
    mesures_->enCours.set(static_cast<double>(decompte.enCours));
    mesures_->echecs.set(static_cast<double>(decompte.echecs));
    const double age =
        decompte.plusAncien ? std::chrono::duration<double>(horloge_.now() - *decompte.plusAncien).count() : 0.0;
    mesures_->plusAncien.set(age);
}

}  // namespace histologe::notification
