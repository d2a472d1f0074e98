// The dwelling in the tax register, asked of one that is empty, crowded, wrong or down.
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include <catch2/catch.hpp>
#include <httplib.h>

#include "libs/core/error.hpp"
#include "services/intake/registre_des_locaux.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace std::chrono_literals;

namespace {

// The register on the loopback.
struct FauxRial {
    FauxRial() {
        serveur.Post("/dgfip/token", [this](const httplib::Request& demande, httplib::Response& reponse) {
            ++jetons;
            // account:secret
            const bool isKnown = demande.get_header_value("Authorization") == "Basic Y29tcHRlOnNlY3JldA==" &&
                                 demande.body == "grant_type=client_credentials";
            reponse.status = isKnown ? 200 : 401;
            reponse.set_content(R"({"access_token":"jeton-)" + std::to_string(jetons) + R"("})", "application/json");
        });
        serveur.Get("/dgfip/rial/v1/locaux/adressetopographique",
                    [this](const httplib::Request& demande, httplib::Response& reponse) {
                        if (!mayAsk(demande, reponse)) return;
                        derniere = demande.params;
                        reponse.set_content(liste, "application/json");
                    });
        serveur.Get(R"(/dgfip/rial/v1/locaux/([^/]+))", [this](const httplib::Request& demande, httplib::Response& reponse) {
            if (!mayAsk(demande, reponse)) return;
            const auto found = natures.find(demande.matches[1].str());
            if (found == natures.end()) {
                reponse.status = 404;
                return;
            }
            reponse.set_content(R"([{"descriptifGeneralLocal":{"codeNatureLocal":")" + found->second + R"("}}])",
                                "application/json");
        });
        port = serveur.bind_to_any_port("127.0.0.1");
        fil = std::thread([this] { serveur.listen_after_bind(); });
        while (!serveur.is_running()) std::this_thread::sleep_for(1ms);
    }
    ~FauxRial() {
        serveur.stop();
        fil.join();
    }

    bool mayAsk(const httplib::Request& demande, httplib::Response& reponse) {
        ++appels;
        correlations.insert(demande.get_header_value("X-Correlation-ID"));
        if (panne != 0) reponse.status = panne;
        const bool isToken = demande.get_header_value("Authorization") == "Bearer jeton-" + std::to_string(jetons);
        if (panne == 0 && (!isToken || perime)) {
            reponse.status = 401;
            perime = false;
            return false;
        }
        return panne == 0;
    }

    void dwellings(const std::map<std::string, std::string>& all) {
        natures = all;
        core::Json ids = core::Json::array();
        for (const auto& [id, nature] : all) ids.push_back(id);
        liste = core::dumpJson({{"listeIdentifiantsFiscaux", ids}});
    }

    httplib::Server serveur;
    std::thread fil;
    int port = 0;
    std::atomic<int> jetons{0};
    std::atomic<int> appels{0};
    std::atomic<int> panne{0};
    std::atomic<bool> perime{false};
    std::string liste = R"({"listeIdentifiantsFiscaux":[]})";
    std::map<std::string, std::string> natures;
    httplib::Params derniere;
    std::set<std::string> correlations;
};

struct Banc {
    FauxRial rial;
    core::DrivenClock horloge{core::Instant(1'780'000'000'000ms)};
    RegistreDesLocaux registre{{"http://127.0.0.1:" + std::to_string(rial.port) + "/dgfip/", "compte", "secret"},
                               1s,
                               {3, 30s},
                               horloge};
    std::string cherche(const char* banId = "13202_2333_00025") { return registre.logementUnique(*adresseFiscale(banId)); }
};

}  // namespace

TEST_CASE("exactly one dwelling at the address is the dwelling; none or several tell nothing") {
    Banc banc;
    CHECK(banc.cherche().empty());
    banc.rial.dwellings({{"130A", "CB"}, {"130B", "AP"}, {"130C", "DA"}});
    CHECK(banc.cherche("13202_2333_00025_bis") == "130B");
    CHECK(banc.rial.derniere.find("codeCommuneInsee")->second == "202");
    CHECK(banc.rial.derniere.find("codeVoieTopo")->second == "2333");
    CHECK(banc.rial.derniere.find("numeroVoirie")->second == "25");
    CHECK(banc.rial.derniere.find("indiceRepetitionNumeroVoirie")->second == "bis");
    banc.rial.dwellings({{"130A", "MA"}, {"130B", "AP"}});
    CHECK(banc.cherche().empty());
    banc.rial.dwellings({{"130A", "CB"}});
    CHECK(banc.cherche().empty());
    // A place that the register lists and does not know.
    banc.rial.dwellings({{"130A", "AP"}});
    banc.rial.natures.clear();
    CHECK(banc.cherche().empty());
    // One token for all of it, and a number of its own for each call.
    CHECK(banc.rial.jetons == 1);
    CHECK(static_cast<int>(banc.rial.correlations.size()) == banc.rial.appels);
}

TEST_CASE("a tower is not read flat by flat") {
    Banc banc;
    std::map<std::string, std::string> many;
    for (int i = 0; i < 300; ++i) many["130" + std::to_string(i)] = "CB";
    banc.rial.dwellings(many);
    CHECK(banc.cherche().empty());
    CHECK(banc.rial.appels == 1);
}

TEST_CASE("a token that counts no more is asked for anew; a register that is down or absurd is asked again later") {
    Banc banc;
    banc.rial.dwellings({{"130A", "AP"}});
    REQUIRE(banc.cherche() == "130A");
    banc.rial.perime = true;
    CHECK(banc.cherche() == "130A");
    CHECK(banc.rial.jetons == 2);
    banc.rial.panne = 503;
    CHECK_THROWS_AS(banc.cherche(), core::Error);
    banc.rial.panne = 0;
    CHECK(banc.cherche() == "130A");
    banc.rial.liste = "<html>Maintenance</html>";
    CHECK_THROWS_AS(banc.cherche(), core::Error);
    banc.rial.dwellings({{"130A", "AP"}});
    CHECK(banc.cherche() == "130A");
}
