// Every version of the catalogue that a score may name.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/domain/desordres/catalogue.hpp"

namespace histologe::desordres {

class Catalogues {
  public:
    // The versions that ship with the code: the one in service (2026-06-05), and `2026-06-05-humidite-simple`, where the six
    // weights of damp in the whole dwelling that two sources of the reference dispute (1.3) are the lower ones.
    static Catalogues shipped();

    // nullptr when no such version ships.
    [[nodiscard]] const Catalogue* find(const std::string& version) const noexcept;
    [[nodiscard]] std::vector<std::string> versions() const;

  private:
    std::vector<std::unique_ptr<Catalogue>> catalogues_;
};

}  // namespace histologe::desordres
