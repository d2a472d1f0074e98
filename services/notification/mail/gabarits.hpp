// The words of our mails, built into the program from services/notification/templates/.
#pragma once

#include <string_view>

namespace histologe::notification {

// Content of the template file `nom` (`accuse_reception.txt`); empty when there is none of that name. Lives for ever.
std::string_view gabarit(std::string_view nom) noexcept;

}  // namespace histologe::notification
