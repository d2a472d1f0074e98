// In whose name the account of a system acts. (Reference of the partner API, 1.5.)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::routing {

// One row: a partner; or all partners of a kind, of a territory, or of a kind in a territory.
struct PermissionApi {
    std::optional<std::string> partenaire;
    std::optional<std::string> type;
    std::optional<std::string> territoire;
    friend bool operator==(const PermissionApi&, const PermissionApi&) = default;
};

// True when the row names a partner and nothing else, or a kind or a territory and no partner.
bool estBienFormee(const PermissionApi& permission) noexcept;

// A partner as permissions look at it.
struct PartenaireApi {
    std::string id;
    std::string type;
    std::optional<std::string> territoire;
    bool archive = false;
};

// True when the row covers the partner. An archived one is never covered.
bool couvre(const PermissionApi& permission, const PartenaireApi& partenaire) noexcept;

// True when one of the rows covers it.
bool couvert(const std::vector<PermissionApi>& permissions, const PartenaireApi& partenaire) noexcept;

// In whose name a write is done.
struct ChoixPartenaire {
    std::string partenaire;   // empty when it is refused
    std::string_view refus;   // what the caller is told; empty otherwise
};

// `demande` is what the write asks for (its `partenaireUuid`), empty for nothing; `trouve` that partner, null when there is
// none. Without a demand it works only for an account with exactly one row, which names a partner.
ChoixPartenaire partenaireDeLaDemande(const std::vector<PermissionApi>& permissions, std::string_view demande,
                                      const PartenaireApi* trouve) noexcept;

}  // namespace histologe::routing
