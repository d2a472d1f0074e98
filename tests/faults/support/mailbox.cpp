#include "tests/faults/support/mailbox.hpp"

#include <stdexcept>

#include <httplib.h>

#include "libs/core/json.hpp"

namespace histologe::faults {
namespace {

httplib::Client client(int port) {
    httplib::Client made("127.0.0.1", port);
    made.set_read_timeout(30);
    return made;
}

}  // namespace

std::map<std::string, int> Mailbox::received() const {
    const auto answer = client(port_).Get("/messages");
    if (!answer || answer->status != 200) throw std::runtime_error("the mailbox does not answer");
    std::map<std::string, int> counts;
    for (const auto& message : core::parseJson(answer->body)) {
        auto id = message.at("messageId").get<std::string>();
        if (id.size() > 2 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
        ++counts[id];
    }
    return counts;
}

void Mailbox::behave(const std::string& mode) const {
    const auto answer = client(port_).Put("/mode", core::dumpJson({{"mode", mode}}), "application/json");
    if (!answer || answer->status != 200) throw std::runtime_error("the mailbox does not take the mode " + mode);
}

}  // namespace histologe::faults
