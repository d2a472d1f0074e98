#include "services/routing/annuaire_courant.hpp"

#include "libs/core/log.hpp"
#include "services/routing/store/annuaire.hpp"
#include "services/routing/store/communes.hpp"

namespace histologe::routing {
namespace {

// Who was in charge of a commune that was merged is in charge of what it became: the lists are given today's codes.
void useTodaysCodes(core::Json& document, const domain::Communes& fusions) {
    constexpr std::pair<const char*, const char*> kLists[] = {{"partenaires", "communes"},
                                                              {"epcis", "communes"},
                                                              {"regles", "communesIncluses"},
                                                              {"regles", "communesExclues"}};
    for (const auto& [entries, list] : kLists) {
        for (auto& entry : document.at(entries)) {
            const auto codes = entry.find(list);
            if (codes == entry.end() || !codes->is_array()) continue;
            for (auto& code : *codes) {
                const auto parsed =
                    code.is_string() ? domain::CodeInsee::parse(code.get_ref<const std::string&>()) : std::nullopt;
                if (parsed) code = fusions.actuelle(*parsed).view();
            }
        }
    }
}

std::string texteDe(const core::Json& fiche, const char* champ) {
    const auto place = fiche.find(champ);
    return place == fiche.end() || !place->is_string() ? std::string() : place->get<std::string>();
}

}  // namespace

std::shared_ptr<const AnnuaireCharge> AnnuaireCourant::lookAgain() {
    try {
        auto session = pool_.acquire();
        const auto version = annuaireVersion(*session);
        if (!current_ || current_->version != version) current_ = load(*session, version);
    } catch (const core::Error& error) {
        if (!current_) throw;
        core::log::warning("annuaire_not_refreshed", {{"code", error.code()}});
    }
    looked_ = std::chrono::steady_clock::now();
    return current_;
}

std::shared_ptr<const AnnuaireCharge> AnnuaireCourant::get() {
    const std::lock_guard lock(mutex_);
    // A directory that is still empty is looked at each time: it is being loaded.
    const bool isLoaded = current_ && !current_->territoires->all().empty();
    if (isLoaded && std::chrono::steady_clock::now() - looked_ < std::chrono::seconds(1)) return current_;
    return lookAgain();
}

std::shared_ptr<const AnnuaireCharge> AnnuaireCourant::get(postgres::Transaction& transaction) {
    const auto version = annuaireVersion(transaction);
    const std::lock_guard lock(mutex_);
    if (current_ && current_->version >= version) return current_;
    return lookAgain();
}

void AnnuaireCourant::oublier() {
    const std::lock_guard lock(mutex_);
    looked_ = {};
}

std::shared_ptr<const AnnuaireCharge> AnnuaireCourant::load(postgres::Connection& session, std::int64_t version) {
    auto charge = std::make_shared<AnnuaireCharge>();
    charge->version = version;
    auto document = loadAnnuaire(session);
    charge->fusions = domain::Communes().withFusions(loadFusions(session));
    if (charge->fusions.hasFusions()) useTodaysCodes(document, charge->fusions);
    for (const auto& partenaire : document.at("partenaires")) {
        if (!partenaire.contains("id") || !partenaire.at("id").is_string()) continue;
        charge->contacts[partenaire.at("id").get<std::string>()] = {texteDe(partenaire, "courriel"),
                                                                    partenaire.value("notifiable", core::Json(true)) != false};
    }
    charge->annuaire = std::make_unique<const Annuaire>(readAnnuaire(document, charge->illisibles));
    std::vector<std::pair<std::string, std::string>> pannes;
    for (const auto& une : charge->illisibles) {
        core::log::warning("annuaire_entry_unreadable", {{"list", une.liste}, {"id", une.id}, {"member", une.champ}});
        if (une.liste == "regles") pannes.emplace_back(une.id, une.champ + " : " + une.raison);
    }
    try {
        noterPannes(session, pannes, core::SystemClock().now());
    } catch (const core::Error& error) {
        // Worth telling, and not worth stopping for.
        core::log::warning("annuaire_breakdowns_not_noted", {{"code", error.code()}});
    }
    charge->territoires = std::make_unique<const domain::Territoires>(
        domain::Territoires::fromJson(core::dumpJson({{"territoires", loadTerritoires(session)}})));
    for (const auto& anomalie : charge->annuaire->anomalies()) {
        core::log::warning("annuaire_anomaly", {{"anomaly", anomalie}});
    }
    core::log::info("annuaire_loaded", {{"version", static_cast<long long>(version)},
                                        {"partenaires", charge->annuaire->contenu().partenaires.size()},
                                        {"regles", charge->annuaire->contenu().regles.size()}});
    return charge;
}

}  // namespace histologe::routing
