#include "tools/golden_runner/auto_affectation_vectors.hpp"

namespace histologe::golden {

const std::vector<Decision>& autoAffectationDecisions() {
    using core::Json;
    static const std::vector<Decision> decisions{
        {"derived:two-excluded-zones-one-hit", Json::array({"A"}), Json::array(),
         "one excluded zone that contains the point is enough: it is what the form of zones tells its users"},
        {"derived:include-list", Json::array(), Json::array({"A"}),
         "blanks in the list of communes of a rule are dropped when it is read: `44002, 44001` names both"},
    };
    return decisions;
}

}  // namespace histologe::golden
