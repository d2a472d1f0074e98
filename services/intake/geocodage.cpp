#include "services/intake/geocodage.hpp"

#include "libs/core/error.hpp"
#include "libs/core/log.hpp"
#include "libs/http/uri.hpp"
#include "services/intake/url_de_registre.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;

// An answer has one address, or the buildings of one.
constexpr std::size_t kReponseMax = 1024 * 1024;

http::ClientSettings reglagesDuClient(const std::string& base, const ReglagesGeocodage& reglages) {
    http::ClientSettings client;
    client.baseUrl = base;
    client.connectTimeout = reglages.delai;
    client.readTimeout = reglages.delai;
    client.totalDeadline = reglages.delai;
    client.maxTries = 1;  // what failed is asked again later, from its row
    client.maxAnswerBytes = kReponseMax;
    client.breaker = {reglages.echecsAvantPause, reglages.pause};
    return client;
}

Error muet(const char* code, int statut) {
    return {
        ErrorKind::Unavailable, code, "Un registre national ne répond pas.", {}, "status " + std::to_string(statut)};
}

}  // namespace

ReglagesGeocodage lireReglagesGeocodage(core::Config& config) {
    ReglagesGeocodage reglages;
    reglages.ban =
        lireUrlDeRegistre(config, "HISTOLOGE_INTAKE_BAN_URL",
                          "register of addresses, as https://data.geopf.fr/geocodage; empty: positions are as declared");
    reglages.rnb = lireUrlDeRegistre(config, "HISTOLOGE_INTAKE_RNB_URL",
                                     "register of buildings, as https://rnb-api.beta.gouv.fr/api/alpha; empty: none");
    reglages.delai = std::chrono::milliseconds(
        config.integer("HISTOLOGE_INTAKE_BAN_TIMEOUT_MS", "longest wait for an answer of a register", 2000, 50, 2000));
    reglages.pause = std::chrono::milliseconds(config.integer(
        "HISTOLOGE_INTAKE_BAN_PAUSE_MS", "how long a register that fails is left alone", 30000, 100, 3600000));
    reglages.rial = lireReglagesRial(config);
    return reglages;
}

Geocodeur::Registre::Registre(const std::string& url, const ReglagesGeocodage& reglages, const core::Clock& horloge)
    : chemin(decouperUrl(url).chemin), client(reglagesDuClient(decouperUrl(url).base, reglages), horloge) {}

http::Response Geocodeur::Registre::demander(const std::string& suite) {
    http::ClientRequest demande;
    demande.target = chemin + suite;
    demande.headers.add("Accept", "application/json");
    return client.send(demande);
}

Geocodeur::Geocodeur(const ReglagesGeocodage& reglages, const core::Clock& horloge)
    : ban_(std::make_unique<Registre>(reglages.ban, reglages, horloge)),
      rnb_(reglages.rnb.empty() ? nullptr : std::make_unique<Registre>(reglages.rnb, reglages, horloge)),
      rial_(reglages.rial.url.empty()
                ? nullptr
                : std::make_unique<RegistreDesLocaux>(
                      reglages.rial, reglages.delai,
                      http::CircuitBreaker::Settings{reglages.echecsAvantPause, reglages.pause}, horloge)) {}

bool Geocodeur::banMuette() const {
    return ban_->client.breakerState() == http::CircuitBreaker::State::Open;
}

std::optional<ReponseBan> Geocodeur::demanderBan(const std::string& question) {
    if (question.empty()) return std::nullopt;
    const auto reponse = ban_->demander("/search/?q=" + http::encodeQueryValue(question) + "&limit=1");
    // It refuses questions that it cannot make sense of: no such address.
    if (reponse.status == 400 || reponse.status == 422) return std::nullopt;
    if (reponse.status != 200) throw muet("ban_refuse", reponse.status);
    return lireReponseBan(reponse.body);
}

void Geocodeur::demanderBatiments(const AdresseDeclaree& adresse, bool acceptee, Trouvailles& trouvailles) {
    if (!rnb_ || (!adresse.rnbId && !acceptee)) return;
    try {
        if (adresse.rnbId) {
            const auto reponse = rnb_->demander("/buildings/" + http::encodePathSegment(*adresse.rnbId) + "/");
            if (reponse.status == 404 || reponse.status == 400) return;  // it was chosen, and stays
            if (reponse.status != 200) throw muet("rnb_refuse", reponse.status);
            trouvailles.positionDuBatimentChoisi = lireBatiment(reponse.body).position;
            return;
        }
        const auto reponse =
            rnb_->demander("/buildings/?cle_interop_ban=" + http::encodeQueryValue(trouvailles.adresse->id));
        if (reponse.status == 404 || reponse.status == 400) return;
        if (reponse.status != 200) throw muet("rnb_refuse", reponse.status);
        trouvailles.batiments = lireBatiments(reponse.body);
    } catch (const Error& error) {
        core::log::warning("building_not_looked_up", {{"code", error.code()}});
        trouvailles.rnbManque = true;
    }
}

void Geocodeur::demanderLeLogement(Trouvailles& trouvailles) {
    const auto adresse = rial_ ? adresseFiscale(trouvailles.adresse->id) : std::nullopt;
    if (!adresse) return;
    try {
        auto logement = rial_->logementUnique(*adresse);
        if (!logement.empty()) trouvailles.invariantRial = std::move(logement);
    } catch (const Error& error) {
        core::log::warning("dwelling_not_looked_up", {{"code", error.code()}});
        trouvailles.rialManque = true;
    }
}

Trouvailles Geocodeur::chercher(const AdresseDeclaree& adresse) {
    Trouvailles trouvailles;
    trouvailles.adresse = demanderBan(questionAdresse(adresse));
    const bool acceptee = trouvailles.adresse && estAcceptee(adresse, *trouvailles.adresse);
    if (!acceptee) trouvailles.commune = demanderBan(questionCommune(adresse));
    demanderBatiments(adresse, acceptee, trouvailles);
    if (acceptee) demanderLeLogement(trouvailles);
    return trouvailles;
}

}  // namespace histologe::intake
