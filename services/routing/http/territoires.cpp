#include "services/routing/http/territoires.hpp"

namespace histologe::routing {

void bindTerritoires(http::Router& router, AnnuaireCourant& annuaire) {
    router.bind("listTerritoires", [&annuaire](const http::Request&) {
        const auto charge = annuaire.get();
        auto list = core::Json::array();
        for (const auto& territoire : charge->territoires->all()) {
            auto communes = core::Json::array();
            for (const auto& commune : territoire.communesAutorisees) communes.push_back(commune.view());
            list.push_back({{"code", territoire.code.view()},
                            {"nom", territoire.nom},
                            {"ouvert", territoire.actif},
                            {"fuseau", territoire.fuseau},
                            {"communesAutorisees", communes}});
        }
        return http::Response::json(200, {{"territoires", list}});
    });
}

}  // namespace histologe::routing
