// histologe: the operator's command line.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace {

using namespace histologe::admin;

// `migrate` and `config` are the services' own: the same words for all five, or for the one that is named.
int forServices(const std::string& only, const std::string& argument) {
    int worst = 0;
    for (const auto& service : services()) {
        if (!only.empty() && only != service) continue;
        if (argument == "--print-config") std::printf("# %s\n", service.c_str());
        std::fflush(stdout);
        worst = std::max(worst, runProgram(service, argument));
    }
    return worst;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("The operator's command line of Histologe. It reads the HISTOLOGE_* variables of the services.", "histologe");
    app.require_subcommand(1);
    int status = 0;
    std::string service;
    std::string since;
    std::string file;
    std::int64_t rank = 0;
    const auto isService = CLI::IsMember(services());

    auto* letters = app.add_subcommand("dead-letters", "events that a service could not apply");
    letters->require_subcommand(1);
    auto* list = letters->add_subcommand("list", "all of them, with what waits behind each");
    list->callback([&] { status = listDeadLetters(service); });
    auto* show = letters->add_subcommand("show", "the whole event; it may hold personal data");
    show->callback([&] { status = showDeadLetter(service, rank); });
    auto* again = letters->add_subcommand("replay", "try one again now, after its cause is gone");
    again->callback([&] { status = replayDeadLetter(service, rank); });
    auto* drop = letters->add_subcommand("drop", "give one up for ever and let those behind it go on");
    drop->callback([&] { status = dropDeadLetter(service, rank); });
    for (auto* command : {list, show, again, drop}) {
        command->add_option("--service", service, "whose dead letters")->required()->check(isService);
    }
    for (auto* command : {show, again, drop}) command->add_option("rank", rank, "number in the list")->required();

    auto* replayed = app.add_subcommand("replay", "give a service again all events since an instant");
    replayed->add_option("--service", service, "the service that hears them again")->required()->check(isService);
    replayed->add_option("--since", since, "RFC 3339 instant")->required();
    replayed->callback([&] { status = replay(service, since); });

    app.add_subcommand("lag", "entries of each stream that each service has still to apply")->callback([&] {
        status = showLag();
    });

    auto* config = app.add_subcommand("config", "the configuration of the services, secrets masked");
    config->add_option("--service", service, "only this one")->check(isService);
    config->callback([&] { status = forServices(service, "--print-config"); });
    auto* migrate = app.add_subcommand("migrate", "apply the migrations of the services");
    migrate->add_option("--service", service, "only this one")->check(isService);
    migrate->callback([&] { status = forServices(service, "migrate"); });

    auto* load = app.add_subcommand("load", "put data into the directory");
    load->require_subcommand(1);
    auto* territoires = load->add_subcommand("territoires", "territories: added or replaced, other services are told");
    territoires->callback([&] { status = loadTerritoires(file); });
    auto* annuaire = load->add_subcommand("annuaire", "partners, zones, EPCI, landlords, rules: added or replaced");
    annuaire->callback([&] { status = loadAnnuaire(file); });
    for (auto* command : {territoires, annuaire}) {
        command->add_option("file", file, "in the format of data/README.md")->required()->check(CLI::ExistingFile);
    }

    ImportWish import;
    auto* imports = app.add_subcommand("import", "take over what another system held");
    imports->require_subcommand(1);
    auto* signalements = imports->add_subcommand("signalements", "a historical CSV file: examined whole, then written in batches; "
                                                 "started again on the same file it goes on where it stopped");
    signalements->add_option("file", import.file, "CSV, UTF-8, with its header")->required()->check(CLI::ExistingFile);
    signalements->add_option("--territoire", import.territoire, "code of the territoire")->required();
    signalements->add_flag("--dry-run", import.isDryRun, "examine everything and write nothing");
    signalements->add_option("--report", import.report, "CSV file to write: line, column and reason of each refusal and warning");
    signalements->add_flag("--without-files", import.withoutFiles, "take rows although the photos and documents that they name are not there");
    signalements->add_option("--batch", import.batch, "rows in one transaction")->check(CLI::Range(1, 10000))->capture_default_str();
    signalements->callback([&] { status = importSignalements(import); });

    TableWish table;
    const auto addTable = [&](const char* name, const char* description, int (*run)(const TableWish&)) {
        auto* command = imports->add_subcommand(name, description);
        command->add_option("file,--file", table.file, "CSV, UTF-8, with its header")->required()->check(CLI::ExistingFile);
        command->add_flag("--dry-run", table.isDryRun, "examine everything and write nothing");
        command->add_option("--report", table.report, "CSV file to write: line, column and reason of each refusal and warning");
        command->callback([&, run] { status = run(table); });
        return command;
    };
    constexpr char kRemovals[] = "take a file in which many rows of today's table are missing";
    addTable("communes", "the communes and their postcodes: code_postal, code_insee, nom", importCommunes)
        ->add_flag("--accept-removals", table.acceptsRemovals, kRemovals);
    addTable("communes-fusionnees", "what merged communes have become: new code, new name, old code, in this order", importFusions);
    addTable("epci", "the EPCI and their communes: code_epci, nom_epci, code_insee", importEpcis)
        ->add_flag("--accept-removals", table.acceptsRemovals, kRemovals);
    addTable("territoires", "territoires, added or changed: code, nom, actif, fuseau; if there are such columns nord, est, sud, ouest, "
             "communes_autorisees (codes between blanks), grille_visite_desactivee", importTerritoires);
    addTable("bailleurs", "the social landlords: DEP, Enseigne, SIRET, Raison sociale", importBailleurs)
        ->add_flag("--accept-removals", table.acceptsRemovals, kRemovals);
    addTable("regles", "the auto-affectation rules of a territoire, in place of those of today", importRegles)
        ->add_option("--territoire", table.territoire, "code of the territoire")->required();
    addTable("grille", "partners of a territoire and the accounts of their people: partenaire, type, courriel_partenaire, communes, "
             "competences, courriel, prenom, nom, role", importGrille)
        ->add_option("--territoire", table.territoire, "code of the territoire")->required();

    GenerateWish invented;
    auto* generate = app.add_subcommand("generate", "fill routing with an invented country of dossiers, for trials and measures");
    generate->add_option("--size", invented.size, "S 1 000, M 100 000, L 1 000 000 dossiers")
        ->check(CLI::IsMember({"S", "M", "L"}))
        ->capture_default_str();
    generate->add_option("--seed", invented.seed, "another country for another number")->capture_default_str();
    generate->add_option("--data", invented.data, "folder of communes.csv and territoires.json; else HISTOLOGE_DATA_DIR");
    generate->callback([&] { status = generateDossiers(invented); });

    CompteWish compte;
    auto* comptes = app.add_subcommand("comptes", "the accounts of agents");
    comptes->require_subcommand(1);
    auto* create = comptes->add_subcommand("create", "a new account, above all the first one; its owner is sent a mail to choose "
                                           "a password");
    create->add_option("--courriel", compte.courriel, "address of its owner")->required();
    create->add_option("--prenom", compte.prenom, "first name");
    create->add_option("--nom", compte.nom, "name");
    create->add_option("--role", compte.role, "super_admin, responsable_territoire, admin_partenaire, agent")
        ->capture_default_str();
    create->add_option("--partenaire", compte.partenaires, "id of a partner he works for; may be repeated");
    create->callback([&] { status = createCompte(compte); });

    TokenWish wish;
    auto* token = app.add_subcommand("token", "an access token for the API, signed with the operator's key");
    token->add_option("--role", wish.role, "super_admin, responsable_territoire, admin_partenaire, agent, api, usager, bailleur")
        ->required();
    token->add_option("--territoire", wish.territoires, "code of a territoire of the bearer; may be repeated");
    token->add_option("--partenaire", wish.partenaires, "id of a partner in whose name he acts; may be repeated");
    token->add_option("--scope", wish.scopes, "what he may do, as the contract names it; may be repeated. All that the role may when none is said");
    token->add_option("--signalement", wish.signalement, "uuid, of a usager or bailleur");
    token->add_option("--subject", wish.subject, "identifier of the account")->default_str("operateur");
    token->add_option("--ttl", wish.seconds, "life: seconds, or 15m, 8h; 24h at most")
        ->transform(CLI::AsNumberWithUnit(std::map<std::string, std::int64_t>{{"s", 1}, {"m", 60}, {"h", 3600}}))
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{86400}))
        ->capture_default_str();
    token->add_option("--key", wish.keyFile, "file of the signing key; else HISTOLOGE_AUTH_SIGNING_KEY_FILE");
    token->callback([&] { status = printToken(wish); });

    std::string kid;
    std::string publicFile;
    std::vector<std::string> roles;
    auto* keys = app.add_subcommand("keys", "the keys of access tokens");
    keys->require_subcommand(1);
    auto* newKey = keys->add_subcommand("new", "makes a signing key and adds its public part to a set");
    newKey->add_option("kid", kid, "name of the key: letters, digits, '-', '_', '.'")->required();
    newKey->add_option("--secret", file, "file to make, readable by its owner alone")->required();
    newKey->add_option("--public", publicFile, "set of public keys, as HISTOLOGE_AUTH_KEYS_FILE names it")->required();
    newKey->add_option("--only-role", roles, "the only roles for which its tokens count; may be repeated");
    newKey->callback([&] { status = createKey(kid, file, publicFile, roles); });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "histologe: %s\n", error.what());
        return 1;
    }
    return status;
}
