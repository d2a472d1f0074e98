// histologe-apibundle ROOT.yaml OUT.json [DEPFILE]: writes the one JSON document that services read at their start,
// after having checked that they will accept it: every operation complete, every schema compilable.
#include <fstream>
#include <iostream>

#include "libs/http/contract.hpp"
#include "libs/http/operation_checks.hpp"
#include "tools/apibundle/bundler.hpp"

namespace {

void write(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::size_t check(const std::string& text) {
    const auto contract = histologe::http::Contract::fromJson(histologe::core::Json::parse(text));
    histologe::http::SchemaCompiler compiler(contract.schemas());
    for (const auto& operation : contract.operations()) {
        const histologe::http::OperationChecks checks(operation, compiler);
    }
    for (const auto& [name, schema] : contract.schemas().items()) compiler.compile(schema, name);
    return contract.operations().size();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 4) {
        std::cerr << "usage: histologe-apibundle ROOT.yaml OUT.json [DEPFILE]\n";
        return 2;
    }
    try {
        histologe::apibundle::Bundler bundler(argv[1]);
        const auto text = bundler.bundle().dump(1) + "\n";
        const auto count = check(text);
        write(argv[2], text);
        if (argc == 4) {
            std::string rule = std::string(argv[2]) + ":";
            for (const auto& input : bundler.inputs()) rule += " " + input.string();
            write(argv[3], rule + "\n");
        }
        std::cout << count << " operations\n";
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "histologe-apibundle: " << error.what() << "\n";
        return 1;
    }
}
