#include "libs/domain/desordres/key_table.hpp"

#include "libs/core/error.hpp"

namespace histologe::desordres {

CleIndex KeyTable::intern(std::string_view name) {
    if (const auto known = find(name); known != kCleInconnue) return known;
    if (names_.size() == kMaxCles) {
        throw core::Error(core::ErrorKind::Internal, "catalogue_invalide", "Le catalogue des désordres est illisible.",
                          {}, "too many names of answers");
    }
    const auto index = static_cast<CleIndex>(names_.size());
    names_.emplace_back(name);
    const auto hash = hashOf(name);
    std::size_t at = hash % kSlots;
    while (slots_[at].index != kCleInconnue) at = (at + 1) % kSlots;
    slots_[at] = Slot{hash, index};
    return index;
}

}  // namespace histologe::desordres
