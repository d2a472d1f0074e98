// The statistics service: a read model fed by events, and the figures drawn from it.
#include "services/statistics/composition.hpp"

namespace histologe::statistics {
std::vector<postgres::Migration> migrations();
}

int main(int argc, char** argv) {
    using namespace histologe;
    return service::run(argc, argv, {"statistics", statistics::migrations(), statistics::configure});
}
