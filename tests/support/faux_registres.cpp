#include "tests/support/faux_registres.hpp"

#include <stdexcept>

#include <httplib.h>

namespace histologe::test {

using core::Json;

struct FauxRegistres::Serveur {
    httplib::Server http;
};

namespace {

void repondre(httplib::Response& reponse, Humeur humeur, const Json& sage) {
    switch (humeur) {
        case Humeur::Erreur:
            reponse.status = 503;
            return;
        case Humeur::Absurde:
            reponse.set_content("<html><body>Maintenance</body></html>", "text/html");
            return;
        case Humeur::Refus:
            reponse.status = 400;
            reponse.set_content(R"({"code":400,"message":"q"})", "application/json");
            return;
        case Humeur::Raccroche:
            reponse.set_content_provider(100000, "application/json",
                                         [](std::size_t, std::size_t, httplib::DataSink& sink) {
                                             sink.write("{\"features\":[", 13);
                                             return false;
                                         });
            return;
        case Humeur::Bonne:
        case Humeur::Muette:
            break;
    }
    reponse.set_content(core::dumpJson(sage), "application/json");
}

Json point(double lat, double lng) {
    return {{"type", "Point"}, {"coordinates", {lng, lat}}};
}

}  // namespace

FauxRegistres::FauxRegistres() {
    ouvre();
}

FauxRegistres::~FauxRegistres() {
    ferme();
}

std::string FauxRegistres::ban() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/geocodage";
}
std::string FauxRegistres::rnb() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/api/alpha";
}

void FauxRegistres::connait(const std::string& morceau, const AdresseConnue& adresse) {
    const std::lock_guard lock(mutex_);
    adresses_[morceau] = adresse;
}

void FauxRegistres::bati(const std::string& cle, const std::string& batiment, double lat, double lng) {
    const std::lock_guard lock(mutex_);
    auto& liste = batiments_.try_emplace(cle, Json::array()).first->second;
    liste.push_back({{"rnb_id", batiment}, {"point", point(lat, lng)}});
}

void FauxRegistres::ban(Humeur humeur, std::chrono::milliseconds delai) {
    const std::lock_guard lock(mutex_);
    ban_ = {humeur, delai};
}

void FauxRegistres::rnb(Humeur humeur, std::chrono::milliseconds delai) {
    const std::lock_guard lock(mutex_);
    rnb_ = {humeur, delai};
}

void FauxRegistres::ferme() {
    if (!serveur_) return;
    serveur_->http.stop();
    fil_.join();
    serveur_.reset();
}

void FauxRegistres::ouvre() {
    if (serveur_) return;
    serveur_ = std::make_unique<Serveur>();
    auto& http = serveur_->http;
    http.set_keep_alive_max_count(1);  // closed means closed
    http.Get("/geocodage/search/", [this](const httplib::Request& demande, httplib::Response& reponse) {
        const auto question = demande.get_param_value("q");
        Etat etat;
        Json trouves = Json::array();
        {
            const std::lock_guard lock(mutex_);
            questions_.push_back(question);
            etat = ban_;
            const AdresseConnue* connue = nullptr;
            std::size_t longueur = 0;
            for (const auto& [morceau, adresse] : adresses_) {
                if (question.find(morceau) == std::string::npos || morceau.size() < longueur) continue;
                connue = &adresse;
                longueur = morceau.size();
            }
            if (connue != nullptr) {
                Json proprietes = {{"score", connue->score},
                                   {"id", connue->id},
                                   {"name", connue->voie},
                                   {"postcode", connue->codePostal},
                                   {"city", connue->commune},
                                   {"citycode", connue->codeInsee},
                                   {"label", connue->voie + " " + connue->codePostal + " " + connue->commune}};
                if (!connue->numero.empty()) proprietes["housenumber"] = connue->numero;
                trouves.push_back(
                    {{"type", "Feature"}, {"geometry", point(connue->lat, connue->lng)}, {"properties", proprietes}});
            }
        }
        std::this_thread::sleep_for(etat.delai);
        repondre(reponse, etat.humeur, {{"type", "FeatureCollection"}, {"features", trouves}});
    });
    http.Get("/api/alpha/buildings/", [this](const httplib::Request& demande, httplib::Response& reponse) {
        Etat etat;
        Json liste = Json::array();
        {
            const std::lock_guard lock(mutex_);
            ++questionsRnb_;
            etat = rnb_;
            const auto trouve = batiments_.find(demande.get_param_value("cle_interop_ban"));
            if (trouve != batiments_.end()) liste = trouve->second;
        }
        std::this_thread::sleep_for(etat.delai);
        repondre(reponse, etat.humeur, {{"results", liste}});
    });
    http.Get(R"(/api/alpha/buildings/([^/]+)/)", [this](const httplib::Request& demande, httplib::Response& reponse) {
        Etat etat;
        Json trouve = nullptr;
        {
            const std::lock_guard lock(mutex_);
            ++questionsRnb_;
            etat = rnb_;
            for (const auto& [cle, liste] : batiments_) {
                for (const auto& un : liste) {
                    if (un.at("rnb_id") == demande.matches[1].str()) trouve = un;
                }
            }
        }
        std::this_thread::sleep_for(etat.delai);
        repondre(reponse, etat.humeur, trouve);
        if (trouve.is_null() && etat.humeur == Humeur::Bonne) reponse.status = 404;
    });
    if (port_ == 0) {
        port_ = http.bind_to_any_port("127.0.0.1");
    } else if (!http.bind_to_port("127.0.0.1", port_)) {
        throw std::runtime_error("the port of the registers is taken");
    }
    if (port_ <= 0) throw std::runtime_error("no port for the registers");
    fil_ = std::thread([&http] { http.listen_after_bind(); });
    while (!http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::vector<std::string> FauxRegistres::questions() const {
    const std::lock_guard lock(mutex_);
    return questions_;
}

int FauxRegistres::questionsRnb() const {
    const std::lock_guard lock(mutex_);
    return questionsRnb_;
}

}  // namespace histologe::test
