// Territories, their communes and their EPCIs, to read.
#include "services/routing/store/communes.hpp"

#include <mutex>

#include "libs/core/files.hpp"
#include "services/routing/http/annuaire.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using http::Request;
using http::Response;

class Communes {
  public:
    Communes(const ContexteAnnuaire& contexte, std::string donnees)
        : contexte_(contexte), donnees_(std::move(donnees)) {}

    Response territoire(const Request& request) {
        const auto charge = contexte_.annuaire.get();
        const auto& t = demande(request, *charge);
        auto communes = Json::array();
        for (const auto& code : t.communesAutorisees) communes.push_back(code.view());
        const auto& e = t.emprise;
        return Response::json(
            200, {{"code", t.code.view()},
                  {"nom", t.nom},
                  {"ouvert", t.actif},
                  {"fuseau", t.fuseau},
                  {"emprise",
                   e ? Json{{"nord", e->nord}, {"est", e->est}, {"sud", e->sud}, {"ouest", e->ouest}} : Json(nullptr)},
                  {"communesAutorisees", communes},
                  {"grilleVisiteDesactivee", t.grilleVisiteDesactivee}});
    }

    Response communes(const Request& request) {
        const auto charge = contexte_.annuaire.get();
        const auto& t = demande(request, *charge);
        const auto table = tableDe(charge->version);
        auto liste = Json::array();
        for (std::size_t rang = 0; rang < table->size(); ++rang) {
            const auto ligne = table->at(rang);
            const auto* sien = charge->territoires->territoireOf(ligne.codeInsee);
            if (sien == nullptr || sien->code != t.code) continue;
            if (!liste.empty() && liste.back().at("codeInsee") == ligne.codeInsee.view()) {
                liste.back()["codesPostaux"].push_back(ligne.codePostal.view());
                continue;
            }
            liste.push_back({{"codeInsee", ligne.codeInsee.view()},
                             {"nom", ligne.nom},
                             {"codesPostaux", Json::array({ligne.codePostal.view()})},
                             {"ouverte", charge->territoires->isOpen(ligne.codeInsee)}});
        }
        return Response::json(200, {{"communes", liste}});
    }

    Response epcis(const Request& request) {
        const auto charge = contexte_.annuaire.get();
        const auto& t = demande(request, *charge);
        auto liste = Json::array();
        for (const auto& epci : charge->annuaire->contenu().epcis) {
            auto siennes = Json::array();
            for (const auto& commune : epci.communes) {
                const auto* sien = charge->territoires->territoireOf(commune);
                if (sien != nullptr && sien->code == t.code) siennes.push_back(commune.view());
            }
            if (!siennes.empty())
                liste.push_back({{"code", epci.code.valeur}, {"nom", epci.nom}, {"communes", siennes}});
        }
        return Response::json(200, {{"epcis", liste}});
    }

  private:
    static const domain::Territoire& demande(const Request& request, const AnnuaireCharge& charge) {
        const auto code = domain::CodeTerritoire::parse(request.pathParameters.get("code"));
        const auto* territoire = code ? charge.territoires->find(*code) : nullptr;
        if (territoire == nullptr) Seance::inconnue("territoire_inconnu");
        return *territoire;
    }

    // Those that were imported, else the shipped ones; read again when the directory has moved on.
    std::shared_ptr<const domain::Communes> tableDe(std::int64_t version) {
        const std::lock_guard lock(mutex_);
        if (table_ && version_ == version) return table_;
        const auto session = contexte_.pool.acquire();
        const auto importees = communesEnCsv(*session);
        auto lues =
            domain::Communes::fromCsv(importees.empty() ? core::readFile(donnees_ + "/communes.csv") : importees);
        table_ = std::make_shared<const domain::Communes>(lues.withFusions(loadFusions(*session)));
        version_ = version;
        return table_;
    }

    const ContexteAnnuaire contexte_;
    const std::string donnees_;
    std::mutex mutex_;
    std::shared_ptr<const domain::Communes> table_;
    std::int64_t version_ = 0;
};

}  // namespace

void bindCommunes(http::Router& router, const ContexteAnnuaire& contexte, const std::string& donnees) {
    const auto communes = std::make_shared<Communes>(contexte, donnees);
    router.bind("getTerritoire", [communes](const Request& request) { return communes->territoire(request); });
    router.bind("listCommunesDuTerritoire", [communes](const Request& request) { return communes->communes(request); });
    router.bind("listEpcisDuTerritoire", [communes](const Request& request) { return communes->epcis(request); });
}

}  // namespace histologe::routing
