#include "services/intake/registre_des_locaux.hpp"

#include <openssl/evp.h>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/uri.hpp"
#include "services/intake/url_de_registre.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t kReponseMax = 1024 * 1024;
constexpr int kRefuse = 401;

std::string enBase64(const std::string& octets) {
    // Four characters for three bytes, and a zero at the end.
    std::string texte((octets.size() + 2) / 3 * 4 + 1, '\0');
    const auto longueur =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(texte.data()),
                        reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()));
    texte.resize(static_cast<std::size_t>(longueur));
    return texte;
}

http::ClientSettings reglagesDuClient(const std::string& base, std::chrono::milliseconds delai,
                                      http::CircuitBreaker::Settings breaker) {
    http::ClientSettings client;
    client.baseUrl = base;
    client.connectTimeout = client.readTimeout = client.totalDeadline = delai;
    client.maxTries = 1;  // what failed is asked again later, from its row
    client.maxAnswerBytes = kReponseMax;
    client.breaker = breaker;
    return client;
}

Error muet(int statut) {
    return {ErrorKind::Unavailable, "rial_refuse", "Un registre national ne répond pas.", {},
            "status " + std::to_string(statut)};
}

}  // namespace

ReglagesRial lireReglagesRial(core::Config& config) {
    ReglagesRial reglages;
    reglages.url = lireUrlDeRegistre(config, "HISTOLOGE_INTAKE_RIAL_URL",
                                     "tax register of dwellings; empty: it is not asked");
    reglages.compte = config.text("HISTOLOGE_INTAKE_RIAL_ACCOUNT", "account at the tax register", "");
    reglages.secret = config.secret("HISTOLOGE_INTAKE_RIAL_SECRET", "secret of that account", "");
    if (!reglages.url.empty() && (reglages.compte.empty() || reglages.secret.empty())) {
        throw core::ConfigError("HISTOLOGE_INTAKE_RIAL_URL needs HISTOLOGE_INTAKE_RIAL_ACCOUNT and _SECRET");
    }
    return reglages;
}

RegistreDesLocaux::RegistreDesLocaux(const ReglagesRial& reglages, std::chrono::milliseconds delai,
                                     http::CircuitBreaker::Settings breaker, const core::Clock& horloge)
    : reglages_(reglages),
      chemin_(decouperUrl(reglages.url).chemin),
      horloge_(horloge),
      client_(reglagesDuClient(decouperUrl(reglages.url).base, delai, breaker), horloge) {}

const std::string& RegistreDesLocaux::jeton() {
    if (!jeton_.empty()) return jeton_;
    http::ClientRequest demande;
    demande.method = "POST";
    demande.target = chemin_ + "/token";
    demande.headers.add("Authorization", "Basic " + enBase64(reglages_.compte + ":" + reglages_.secret));
    demande.headers.add("Accept", "application/json");
    demande.contentType = "application/x-www-form-urlencoded";
    demande.body = "grant_type=client_credentials";
    const auto reponse = client_.send(demande);
    if (reponse.status != 200) throw muet(reponse.status);
    jeton_ = lireJetonRial(reponse.body);
    return jeton_;
}

std::string RegistreDesLocaux::demander(const std::string& suite) {
    // A token that counts no more is asked for anew, once.
    for (const bool estLaPremiere : {true, false}) {
        http::ClientRequest demande;
        demande.target = chemin_ + "/rial/v1/locaux" + suite;
        demande.headers.add("Authorization", "Bearer " + jeton());
        demande.headers.add("Accept", "application/json");
        demande.headers.add("X-Correlation-ID", core::uuidV7(horloge_.now()));
        const auto reponse = client_.send(demande);
        if (reponse.status == 200) return reponse.body;
        if (reponse.status == 404) return {};
        jeton_.clear();
        if (reponse.status != kRefuse || !estLaPremiere) throw muet(reponse.status);
    }
    return {};
}

std::string RegistreDesLocaux::logementUnique(const AdresseFiscale& adresse) {
    const std::lock_guard lock(mutex_);
    std::string suite = "/adressetopographique?codeDepartementInsee=" + adresse.departement +
                        "&codeCommuneInsee=" + adresse.commune + "&codeVoieTopo=" + adresse.voie +
                        "&numeroVoirie=" + adresse.numero;
    if (!adresse.repetition.empty()) {
        suite += "&indiceRepetitionNumeroVoirie=" + http::encodeQueryValue(adresse.repetition);
    }
    const auto liste = demander(suite);
    if (liste.empty()) return {};
    const auto locaux = lireLocaux(liste);
    if (locaux.size() > kLocauxMax) return {};
    std::string logement;
    for (const auto& local : locaux) {
        const auto fiche = demander("/" + http::encodePathSegment(local));
        if (fiche.empty() || !estUnLogement(fiche)) continue;
        if (!logement.empty()) return {};  // a second one: whose it is cannot be told
        logement = local;
    }
    return logement;
}

}  // namespace histologe::intake
