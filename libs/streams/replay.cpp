#include "libs/streams/replay.hpp"

#include "libs/core/ids.hpp"

namespace histologe::streams {
namespace {

// Event ids are UUIDs of version 7, so those made since an instant are those from its first possible id on.
const postgres::Statement kForget{"replay_forget", "DELETE FROM evenements_recus WHERE id >= $1::uuid"};
const postgres::Statement kPublish{"replay_publish",
                                   "INSERT INTO evenements_a_publier (numero, cree_le) "
                                   "SELECT numero, cree_le FROM evenements WHERE cree_le >= $1 ON CONFLICT DO NOTHING"};

}  // namespace

std::int64_t forgetReceived(postgres::Connection& consumer, core::Instant since) {
    const auto first = core::uuidV7(since).substr(0, 13) + "-7000-8000-000000000000";
    return consumer.run(kForget, {first}).affected();
}

std::int64_t publishAgain(postgres::Connection& producer, core::Instant since) {
    return producer.run(kPublish, {since}).affected();
}

}  // namespace histologe::streams
