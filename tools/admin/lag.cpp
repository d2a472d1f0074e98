#include <cstdio>
#include <map>
#include <vector>

#include "libs/streams/keys.hpp"
#include "libs/streams/redis.hpp"
#include "tools/admin/commands.hpp"
#include "tools/admin/services.hpp"

namespace histologe::admin {

int showLag() {
    streams::Redis redis(redisUrl());
    std::map<std::string, long long> total;
    std::printf("%-10s", "partition");
    for (const auto group : streams::kGroups) std::printf(" %13s", std::string(group).c_str());
    std::printf("\n");
    for (std::uint32_t p = 0; p < partitions(); ++p) {
        std::map<std::string, long long> lag;
        const auto groups = redis.run({"XINFO", "GROUPS", streams::streamKey(p)});
        for (std::size_t g = 0; g < groups.size(); ++g) {
            const auto fields = groups[g];
            std::string name;
            long long behind = 0;
            for (std::size_t f = 0; f + 1 < fields.size(); f += 2) {
                const auto field = fields[f].text();
                if (field == "name") name = fields[f + 1].text();
                if (field == "pending") behind += fields[f + 1].integer();
                if (field == "lag" && !fields[f + 1].isNil()) behind += fields[f + 1].integer();
            }
            lag[name] = behind;
            total[name] += behind;
        }
        std::printf("%-10u", p);
        for (const auto group : streams::kGroups) std::printf(" %13lld", lag[std::string(group)]);
        std::printf("\n");
    }
    std::printf("%-10s", "all");
    for (const auto group : streams::kGroups) std::printf(" %13lld", total[std::string(group)]);
    std::printf("\n");
    return 0;
}

}  // namespace histologe::admin
