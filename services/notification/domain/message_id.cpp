#include "services/notification/domain/message_id.hpp"

namespace histologe::notification {

std::string messageId(std::string_view courrielId, std::string_view domaine) {
    std::string id("<courriel.");
    id += courrielId;
    id += '@';
    id += domaine;
    id += '>';
    return id;
}

}  // namespace histologe::notification
