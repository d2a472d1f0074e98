#include "services/intake/jobs/examens.hpp"

#include <algorithm>
#include <utility>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"

namespace histologe::intake {
namespace {

using namespace std::chrono_literals;

constexpr int kLot = 100;

}  // namespace

Examens::Examens(ReglagesExamens reglages, const Examinateur& examinateur, files::ObjectStore& store,
                 const streams::Outbox& outbox, const core::Clock& horloge, core::Metrics& metrics)
    : reglages_(std::move(reglages)),
      examinateur_(examinateur),
      store_(store),
      outbox_(outbox),
      horloge_(horloge),
      enAttente_(metrics.gauge("histologe_files", "files that are not available, by state", {{"etat", "A_EXAMINER"}})),
      infectes_(metrics.gauge("histologe_files", "files that are not available, by state", {{"etat", "INFECTE"}})),
      plusAncien_(metrics.gauge("histologe_files_oldest_seconds", "age of the oldest file in quarantine")),
      examines_(metrics.counter("histologe_files_examined_total", "looks at files, by outcome", {{"issue", "verdict"}})),
      remis_(metrics.counter("histologe_files_examined_total", "looks at files, by outcome", {{"issue", "plus_tard"}})) {}

Examens::~Examens() { stop(); }

void Examens::start() {
    for (int i = 0; i < reglages_.fils; ++i) fils_.emplace_back([this, i] { travaille(i == 0); });
}

void Examens::stop() {
    {
        const std::lock_guard verrou(mutex_);
        arret_ = true;
    }
    nouvelles_.notify_all();
    for (auto& fil : fils_) fil.join();
    fils_.clear();
}

void Examens::reveiller() {
    {
        const std::lock_guard verrou(mutex_);
        ++reveils_;
    }
    nouvelles_.notify_one();
}

bool Examens::attend(std::chrono::milliseconds combien) {
    std::unique_lock verrou(mutex_);
    nouvelles_.wait_for(verrou, combien, [&] { return arret_ || reveils_ > 0; });
    reveils_ = 0;
    return !arret_;
}

void Examens::travaille(bool premier) {
    while (true) {
        try {
            postgres::Connection base(reglages_.databaseUrl, reglages_.schema);
            sert(base, premier);
            return;
        } catch (const postgres::SqlError& error) {
            core::log::warning("files_database_lost", {{"sqlState", error.sqlState()}});
        } catch (const core::Error& error) {
            core::log::error("files_table_unreadable", {{"error", error.code()}});
        }
        if (!attend(1s)) return;
    }
}

void Examens::sert(postgres::Connection& base, bool premier) {
    auto dernierMenage = std::chrono::steady_clock::time_point{};
    do {
        bool encore = true;
        while (encore) {
            {
                const std::lock_guard verrou(mutex_);
                if (arret_) return;
                encore = horloge_.now() >= pasAvant_;
            }
            encore = encore && examineUn(base);
        }
        annonce(base);
        const auto now = std::chrono::steady_clock::now();
        if (premier && now - dernierMenage >= reglages_.menage) {
            menage(base);
            dernierMenage = now;
        }
    } while (attend(reglages_.repos));
}

bool Examens::examineUn(postgres::Connection& base) {
    const auto now = horloge_.now();
    const auto bailles = baillerFichiers(base, core::randomHex(16), now, now + reglages_.bail, 1);
    if (bailles.empty()) return false;
    const auto& baille = bailles.front();
    const auto constat = examinateur_.examiner(baille);
    if (constat.fin == Constat::Fin::PlusTard) {
        const bool antivirus = constat.erreur == "antivirus_injoignable";
        remis_.add();
        core::log::warning("file_not_examined", {{"fileId", baille.id}, {"why", constat.erreur}});
        const auto dans = antivirus ? reglages_.reprise
                                    : std::min<std::chrono::milliseconds>(reglages_.reprise * (1 << std::min(baille.essais, 10)), 1h);
        if (antivirus) {
            const std::lock_guard verrou(mutex_);
            pasAvant_ = horloge_.now() + dans;
        }
        rendreFichier(base, baille, !antivirus, horloge_.now() + dans);
        return true;
    }
    bool noter = false;
    {
        // When it throws, whether the commit was done is not known: what was made stays, and the next lease makes its own.
        postgres::Transaction transaction(base);
        noter = constat.fin == Constat::Fin::Infecte
                    ? noterInfecte(transaction, baille, constat.virus, horloge_.now())
                    : noterDisponible(transaction, baille, constat.examen, horloge_.now());
        if (noter) dire(transaction, prendreAAnnoncer(transaction, kLot));
        transaction.commit();
    }
    if (!noter) {
        examinateur_.defaire(constat.examen, baille.cle);
        return true;
    }
    examines_.add();
    if (constat.fin == Constat::Fin::Infecte) {
        core::log::warning("file_infected", {{"fileId", baille.id}, {"virus", constat.virus}});
    }
    outbox_.announce();
    return true;
}

void Examens::annonce(postgres::Connection& base) {
    postgres::Transaction transaction(base);
    const auto fichiers = prendreAAnnoncer(transaction, kLot);
    if (fichiers.empty()) return;
    dire(transaction, fichiers);
    transaction.commit();
    outbox_.announce();
}

void Examens::dire(postgres::Transaction& transaction, const std::vector<FichierAAnnoncer>& fichiers) const {
    std::vector<streams::Event> evenements;
    for (const auto& fichier : fichiers) {
        core::Json data = {{"fichierId", fichier.id},         {"typeMime", fichier.typeMime},
                           {"octets", fichier.octets},        {"type", fichier.type},
                           {"visibilite", fichier.visibilite}, {"recuLe", core::toRfc3339(fichier.recuLe)}};
        if (!fichier.desordre.empty()) data["desordre"] = fichier.desordre;
        // A title is what the usager called his file: it may hold a name.
        evenements.push_back(outbox_.make("fichier.ajoute", fichier.signalement, std::move(data), {{"titre", fichier.titre}}));
    }
    if (!evenements.empty()) outbox_.add(transaction, evenements);
}

void Examens::menage(postgres::Connection& base) {
    const auto now = horloge_.now();
    expirerFichiers(base, now - reglages_.garde, now, kLot);
    const auto efface = [this](const std::vector<std::string>& cles) {
        try {
            for (const auto& cle : cles) store_.remove(cle);
            return true;
        } catch (const std::exception& error) {
            core::log::warning("file_not_removed", {{"why", error.what()}});
            return false;
        }
    };
    for (const auto& fichier : fichiersAEffacer(base, kLot)) {
        if (efface(fichier.cles)) noterEfface(base, fichier.id);
    }
    for (const auto& fichier : brutsAEffacer(base, kLot)) {
        if (efface(fichier.cles)) noterBrutEfface(base, fichier.id);
    }
    examinateur_.balayer();
    const auto quarantaine = compterQuarantaine(base);
    enAttente_.set(static_cast<double>(quarantaine.enAttente));
    infectes_.set(static_cast<double>(quarantaine.infectes));
    plusAncien_.set(quarantaine.plusAncien ? std::chrono::duration<double>(now - *quarantaine.plusAncien).count() : 0);
}

}  // namespace histologe::intake
