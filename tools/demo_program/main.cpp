// The main job, shown: starts everything on loopback, files the sample reports as the public form does, and tells what
// became of each. tools/demo builds and calls it.
#include <iostream>

#include <CLI/CLI.hpp>

#include "tools/demo_program/demo.hpp"

int main(int argc, char** argv) {
    using namespace histologe;
    demo::Options options;
    CLI::App app("Starts the services on loopback, files sample reports and shows what becomes of them.");
    app.add_option("--source", options.sourceFolder, "the checkout")->required();
    app.add_option("--build", options.buildFolder, "the build folder, build/<preset>")->required();
    app.add_option("--port", options.gatewayPort, "port of the API; another one when it is busy")
        ->capture_default_str();
    app.add_option("--mailbox-port", options.mailboxPort, "port of the mailbox's page, likewise")
        ->capture_default_str();
    app.add_flag("--once", options.once, "a fresh environment that is removed at the end");
    auto* start = app.add_subcommand("start", "starts what does not run, files the samples, leaves all running");
    auto* stop = app.add_subcommand("stop", "ends what start started");
    auto* status = app.add_subcommand("status", "says what runs");
    auto* clean = app.add_subcommand("clean", "ends what start started and removes its data");
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    try {
        if (stop->parsed()) {
            return demo::stop(options);
        }
        if (status->parsed()) {
            return demo::status(options);
        }
        if (clean->parsed()) {
            return demo::clean(options);
        }
        return start->parsed() && options.once ? demo::once(options) : demo::start(options);
    } catch (const std::exception& error) {
        std::cerr << "demo: " << error.what() << "\n";
        return 1;
    }
}
