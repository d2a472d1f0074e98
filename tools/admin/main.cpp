// What operators do from a shell.
#include <iostream>

#include <CLI/CLI.hpp>

#include "libs/core/files.hpp"
#include "tools/admin/import_annuaire.hpp"

int main(int argc, char** argv) {
    using namespace histologe;
    CLI::App app("What operators do from a shell.");
    app.require_subcommand(1);

    admin::ImportSettings settings;
    std::string territoires;
    std::string annuaire;
    auto* import = app.add_subcommand("import-annuaire", "adds or replaces territories and entries of the directory");
    import->add_option("--database-url", settings.databaseUrl, "PostgreSQL of routing")
        ->envname("HISTOLOGE_ROUTING_DATABASE_URL")
        ->required();
    import->add_option("--partitions", settings.partitions, "number of streams, as the services have it")
        ->envname("HISTOLOGE_PARTITIONS")
        ->capture_default_str();
    import->add_option("--territoires", territoires, "file of territories, as data/territoires.json")
        ->check(CLI::ExistingFile);
    import->add_option("--annuaire", annuaire, "directory file, as data/demo/annuaire.json")->check(CLI::ExistingFile);
    CLI11_PARSE(app, argc, argv);

    try {
        const auto read = [](const std::string& file) {
            return file.empty() ? core::Json::object() : core::parseJson(core::readFile(file));
        };
        const core::SystemClock clock;
        const auto counts = admin::importAnnuaire(settings, read(territoires), read(annuaire), clock);
        std::cout << counts.territoires << " territoires read, " << counts.modifies << " new or changed\n";
    } catch (const std::exception& error) {
        std::cerr << "histologe-admin: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
