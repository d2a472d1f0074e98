#include "services/routing/consumers/signalement_localise.hpp"

#include <unordered_map>

#include "services/routing/store/localisations.hpp"

namespace histologe::routing {
namespace {

std::optional<std::string> text(const core::Json& data, const char* name) {
    const auto& value = data.at(name);
    return value.is_string() && !value.get_ref<const std::string&>().empty() ? std::optional(value.get<std::string>())
                                                                             : std::nullopt;
}

}  // namespace

streams::Handler onSignalementLocalise(Orienteur& orienteur) {
    return [&orienteur](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::unordered_map<std::string, Localisation> last;  // of several in one batch the last one counts
        for (const auto* event : events) {
            const auto& data = event->data;
            Localisation one;
            one.signalement = event->subject;
            one.precision = data.at("precision").get<std::string>();
            if (const auto banId = text(data, "banId"); banId && *banId != "0") one.banId = banId;
            one.rnbId = text(data, "rnbId");
            one.codePostal = text(data, "codePostal");
            one.commune = text(data, "commune");
            one.codeInsee = text(data, "codeInsee");
            if (const auto& geoloc = data.at("geoloc"); geoloc.is_object()) {
                one.latitude = geoloc.at("lat").get<double>();
                one.longitude = geoloc.at("lng").get<double>();
            }
            one.le = event->time;
            last[event->subject] = std::move(one);
        }
        std::vector<Localisation> batch;
        for (auto& [signalement, one] : last) batch.push_back(std::move(one));
        orienteur.orienter(transaction, saveLocalisations(transaction, batch));
    };
}

}  // namespace histologe::routing
