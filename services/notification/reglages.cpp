#include "services/notification/reglages.hpp"

#include <charconv>

#include "services/notification/domain/adresse_courriel.hpp"
#include "services/notification/mail/smtp_url.hpp"

namespace histologe::notification {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kUneHeure = 3'600'000;
constexpr std::int64_t kUneSemaine = 168 * kUneHeure;

milliseconds duree(core::Config& config, const std::string& nom, const std::string& quoi, milliseconds defaut,
                   std::int64_t plusLongue) {
    return milliseconds(config.integer(nom, quoi, defaut.count(), 1, plusLongue));
}

std::string adresse(core::Config& config, const std::string& nom, const std::string& quoi, const std::string& defaut) {
    const std::string texte = config.text(nom, quoi, defaut);
    if (texte.empty() && defaut.empty()) return {};
    const auto lue = adresseCourriel(texte);
    if (!lue) throw core::ConfigError(nom + " must be a mail address");
    return *lue;
}

std::vector<milliseconds> delais(core::Config& config) {
    const std::string nom = "HISTOLOGE_NOTIFICATION_MAIL_RETRY_DELAYS_MS";
    std::vector<milliseconds> lus;
    for (const std::string& texte : config.list(nom, "waits after the first, second… failed try; the last one repeats",
                                                "30000,120000,600000,3600000,21600000")) {
        std::int64_t valeur = 0;
        const auto lu = std::from_chars(texte.data(), texte.data() + texte.size(), valeur);
        if (lu.ec != std::errc() || lu.ptr != texte.data() + texte.size() || valeur < 1 || valeur > kUneSemaine)
            throw core::ConfigError(nom + " must be a list of milliseconds, each between 1 and a week");
        lus.emplace_back(valeur);
    }
    if (lus.empty()) throw core::ConfigError(nom + " must name one delay at least");
    return lus;
}

}  // namespace

ReglagesExpedition lireReglages(core::Config& config) {
    const std::string smtp = "HISTOLOGE_NOTIFICATION_SMTP_";
    const std::string mail = "HISTOLOGE_NOTIFICATION_MAIL_";
    ReglagesExpedition reglages;

    const auto serveur = lireUrlSmtp(
        config.secret(smtp + "URL", "mail server: smtp://, smtp+starttls:// or smtps://, [user:password@]host[:port]",
                      "smtp://127.0.0.1:25"));
    if (!serveur)
        throw core::ConfigError(smtp +
                                "URL must read smtp://host:port, smtp+starttls://host:port or smtps://host:port");
    reglages.smtp = *serveur;
    reglages.smtp.nomEhlo = config.text(smtp + "EHLO", "how we call ourselves to the mail server", "histologe");
    reglages.smtp.delaiConnexion = duree(config, smtp + "CONNECT_TIMEOUT_MS", "longest wait for a connection",
                                         reglages.smtp.delaiConnexion, 60'000);
    reglages.smtp.delaiTotal = duree(config, smtp + "TIMEOUT_MS", "longest time of one mail, connection included",
                                     reglages.smtp.delaiTotal, 300'000);
    reglages.connexions = static_cast<int>(
        config.integer(smtp + "CONNECTIONS", "connections used at the same time", reglages.connexions, 1, 64));

    reglages.presentation.plateforme =
        config.text(mail + "PLATFORM", "name of the platform, as people know it", "Histologe");
    reglages.presentation.expediteur =
        adresse(config, mail + "FROM", "address that mails come from", "notifications@histologe.example");
    reglages.presentation.repondreA = adresse(config, mail + "REPLY_TO", "address of answers, which nobody reads",
                                              "ne-pas-repondre@histologe.example");
    reglages.presentation.redirection =
        adresse(config, mail + "REDIRECT", "when set, every mail goes there instead: for tests with real data", "");

    reglages.reprise.delais = delais(config);
    reglages.reprise.abandonApres = duree(config, mail + "GIVE_UP_MS", "age from which a mail is no longer tried",
                                          reglages.reprise.abandonApres, 60 * 24 * kUneHeure);
    reglages.pause.premiere =
        duree(config, mail + "PAUSE_FIRST_MS", "how long a server in trouble is left alone; doubles",
              reglages.pause.premiere, kUneHeure);
    reglages.pause.plusLongue =
        duree(config, mail + "PAUSE_LONGEST_MS", "bound of that doubling", reglages.pause.plusLongue, 24 * kUneHeure);
    reglages.lot = static_cast<int>(config.integer(mail + "BATCH", "most mails leased at once", reglages.lot, 1, 1000));
    reglages.repos =
        duree(config, mail + "POLL_MS", "longest sleep between two looks at what is due", reglages.repos, 60'000);
    reglages.bail =
        duree(config, mail + "LEASE_MS", "how long a mail is this process's to send", reglages.bail, kUneHeure);
    if (reglages.bail < 3 * reglages.smtp.delaiTotal)
        throw core::ConfigError(mail + "LEASE_MS must be three times HISTOLOGE_NOTIFICATION_SMTP_TIMEOUT_MS at least");
    return reglages;
}

}  // namespace histologe::notification
