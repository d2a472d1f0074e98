// The import of a historical file into a territoire (reference of intake, 7.3).
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/core/zone.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/domain/import_ligne.hpp"

namespace histologe::intake {

struct ReglagesDImport {
    std::filesystem::path fichier;
    bool simulation = false;                  // examine everything, write nothing
    std::size_t lot = 200;                    // rows in one transaction
    core::Zone fuseau = core::Zone::paris();  // of the territoire: a day of the file is a day there
};

struct BilanDImport {
    std::size_t lignes = 0;    // rows that stand for a signalement
    std::size_t ignorees = 0;  // rows without a reference
    std::size_t refus = 0;
    std::size_t avertissements = 0;
    std::map<std::string, std::size_t> desordresInconnus;  // label, how often
    std::size_t ecrits = 0;                                // new
    std::size_t misAJour = 0;
    std::size_t inchanges = 0;
    std::size_t repriseApres = 0;  // line after which an interrupted import went on
    bool dejaFait = false;         // this very file was imported before: nothing was done
};

// Reads the file twice, never holding more than a batch of it. First everything is examined, each remark told as it is
// found; one refusal and nothing at all is written. Then the rows are written in batches, each in one transaction with
// its events and with how far the import has come: interrupted anywhere and started again on the same file, it goes on
// with the next batch. A reference that an earlier import wrote is brought up to date unless somebody has changed it
// since; one that somebody drew while the import ran is refused, alone. Throws core::Error when the file is not readable as CSV, std::runtime_error when it cannot be opened.
BilanDImport importer(postgres::Connection& session, const streams::Outbox& outbox, const core::Clock& clock,
                      const ReglagesDImport& reglages, const ContexteDImport& contexte,
                      const std::function<void(const Remarque&)>& remarque);

// One line of the report, `;`-separated, with every cell safe to open in a spreadsheet.
std::string enLigneDeRapport(const std::vector<std::string>& cellules);

}  // namespace histologe::intake
