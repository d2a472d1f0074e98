// The import of historical signalements.
#include "services/intake/import.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/text.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/desserte.hpp"
#include "services/intake/store/communes.hpp"
#include "services/intake/store/territoires.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {
namespace {

const postgres::Statement kPartners{"import_partners",
                                    "SELECT id, contenu->>'nom' FROM partenaires WHERE contenu->>'territoire' = $1 "
                                    "AND NOT coalesce((contenu->>'archive')::boolean, false)"};

// Those that the directory told, else the shipped ones.
domain::Communes communes(postgres::Connection& session) {
    if (const auto version = intake::versionDesCommunes(session); version > 0) return intake::lireCommunes(session, version);
    const char* folder = std::getenv("HISTOLOGE_DATA_DIR");
    if (folder == nullptr) throw std::runtime_error("HISTOLOGE_DATA_DIR is not set");
    return domain::Communes::fromCsv(core::readFile(std::string(folder) + "/communes.csv"));
}

// The code in the file when it is one of the postcode, else the commune of the postcode with that name, else its only
// one.
std::string communeOf(const domain::Communes& all, std::string_view codePostal, std::string_view ville,
                      std::string_view insee) {
    const auto postal = domain::CodePostal::parse(codePostal);
    const auto code = domain::CodeInsee::parse(insee);
    if (code && (!postal || all.find(*postal, domain::codeActuel(all, *postal, *code)))) {
        return (postal ? domain::codeActuel(all, *postal, *code) : all.actuelle(*code)).str();
    }
    if (!postal) return {};
    const auto served = all.ofPostal(*postal);
    for (const auto& commune : served) {
        if (core::fold(commune.nom) == core::fold(ville)) return commune.codeInsee.str();
    }
    return served.size() == 1 ? served.front().codeInsee.str() : std::string();
}

std::string timeZoneOf(postgres::Connection& intake, const std::string& territoire) {
    const auto all = intake::allTerritoires(intake);
    for (const auto& one : all) {
        if (one.at("code") == territoire) return one.value("fuseau", "Europe/Paris");
    }
    throw std::runtime_error("intake does not know territoire " + territoire);
}

void print(const intake::BilanDImport& result, bool isDryRun) {
    std::printf("%zu signalements in the file, %zu rows without reference, %zu refusals, %zu warnings\n", result.lignes,
                result.ignorees, result.refus, result.avertissements);
    for (const auto& [label, count] : result.desordresInconnus) {
        std::printf("unknown désordre, %zu times: %s\n", count, label.c_str());
    }
    const bool isEmpty = result.ecrits + result.misAJour + result.inchanges == 0;
    if (result.refus > 0 && isEmpty) {
        std::printf("Nothing was imported.\n");
    } else if (isDryRun) {
        std::printf("Nothing is refused; nothing was written.\n");
    } else if (result.dejaFait) {
        std::printf("This file was imported already; nothing was done.\n");
    } else {
        if (result.repriseApres > 0) std::printf("Went on after line %zu.\n", result.repriseApres);
        std::printf("%zu written, %zu brought up to date, %zu left as they were\n", result.ecrits, result.misAJour,
                    result.inchanges);
    }
}

}  // namespace

int importSignalements(const ImportWish& wish) {
    const auto session = connect("intake");
    const core::SystemClock clock;
    streams::RelayBell bell;
    const streams::Outbox outbox("intake", partitions(), clock, bell);
    const auto places = communes(*session);
    const auto desordres = intake::loadShippedDesordresImportes();

    intake::ReglagesDImport settings;
    settings.fichier = wish.file;
    settings.simulation = wish.isDryRun;
    settings.lot = wish.batch;
    settings.fuseau = core::Zone::findOrParis(timeZoneOf(*session, wish.territoire));
    intake::ContexteDImport context;
    context.territoire = wish.territoire;
    context.aujourdhui = settings.fuseau.dayOf(clock.now());
    context.desordres = &desordres;
    context.commune = [&](std::string_view codePostal, std::string_view ville, std::string_view insee) {
        return communeOf(places, codePostal, ville, insee);
    };
    if (wish.withoutFiles) context.fichier = [](std::string_view) { return true; };
    {
        // The directory is routing's: its names become ids here, once.
        const auto routing = connect("routing");
        const auto rows = routing->run(kPartners, {wish.territoire});
        for (const auto& row : rows) context.partenaires.emplace(core::fold(row.text(1)), row.text(0));
    }

    std::ofstream report;
    if (!wish.report.empty()) {
        report.open(wish.report, std::ios::binary | std::ios::trunc);
        report << intake::enLigneDeRapport({"ligne", "colonne", "gravité", "code", "raison", "valeur"});
        if (!report) throw std::runtime_error("cannot write " + wish.report);
    }
    const auto tell = [&](const intake::Remarque& one) {
        if (!report.is_open()) return;
        report << intake::enLigneDeRapport({std::to_string(one.ligne), one.colonne,
                                            one.estUnRefus ? "refus" : "avertissement", one.code, one.texte,
                                            one.valeur});
    };
    try {
        const auto result = intake::importer(*session, outbox, clock, settings, context, tell);
        print(result, wish.isDryRun);
        return result.refus > 0 ? 1 : 0;
    } catch (const core::Error& error) {
        if (error.code() != "csv_illisible") throw;
        throw std::runtime_error(error.message());
    }
}

}  // namespace histologe::admin
