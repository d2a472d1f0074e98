#include "services/routing/http/bailleurs.hpp"

#include "services/routing/domain/bailleurs.hpp"

namespace histologe::routing {
namespace {

// More than anybody reads in a list that follows what he types.
constexpr std::size_t kMost = 50;

}  // namespace

void bindBailleurs(http::Router& router, AnnuaireCourant& annuaire) {
    router.bind("searchBailleurs", [&annuaire](const http::Request& request) {
        auto list = core::Json::array();
        const auto commune = domain::CodeInsee::parse(request.query.get("inseecode"));
        const auto charge = annuaire.get();
        const auto* territoire = commune ? charge->territoires->territoireOf(*commune) : nullptr;
        if (territoire == nullptr) return http::Response::json(200, list);
        const bool sanitize = request.query.get("sanitize") == "true";
        for (const auto* bailleur :
             bailleursNommes(*charge->annuaire, territoire->code, request.query.get("name"), kMost)) {
            list.push_back(
                {{"id", bailleur->id.valeur}, {"name", sanitize ? nomSansRadiation(bailleur->nom) : bailleur->nom}});
        }
        return http::Response::json(200, list);
    });
}

}  // namespace histologe::routing
