#include "libs/streams/redis.hpp"

#include <hiredis/hiredis.h>

#include <charconv>

namespace histologe::streams {

void Reply::free(redisReply* reply) { freeReplyObject(reply); }
bool Reply::isNil() const { return reply_->type == REDIS_REPLY_NIL; }
bool Reply::isError() const { return reply_->type == REDIS_REPLY_ERROR; }
bool Reply::isError(std::string_view word) const { return isError() && std::string_view(reply_->str).starts_with(word); }
std::string Reply::text() const { return reply_->str == nullptr ? std::string() : std::string(reply_->str, reply_->len); }
long long Reply::integer() const { return reply_->integer; }
std::size_t Reply::size() const { return reply_->type == REDIS_REPLY_ARRAY ? reply_->elements : 0; }
Reply Reply::operator[](std::size_t element) const { return {reply_->element[element], &Reply::keep}; }

Redis::Redis(const std::string& url, std::chrono::milliseconds patience) {
    const timeval limit{patience.count() / 1000, (patience.count() % 1000) * 1000};
    constexpr std::string_view kUnix = "unix://";
    constexpr std::string_view kTcp = "redis://";
    if (url.starts_with(kUnix)) {
        context_ = redisConnectUnixWithTimeout(url.c_str() + kUnix.size(), limit);
    } else if (url.starts_with(kTcp)) {
        auto place = url.substr(kTcp.size());
        int port = 6379;
        if (const auto colon = place.rfind(':'); colon != std::string::npos) {
            std::from_chars(place.data() + colon + 1, place.data() + place.size(), port);
            place.resize(colon);
        }
        context_ = redisConnectWithTimeout(place.c_str(), port, limit);
    } else {
        throw RedisLost("not a Redis address: it must start with redis:// or unix://");
    }
    if (context_ == nullptr || context_->err != 0) {
        const std::string why = context_ == nullptr ? "out of memory" : context_->errstr;
        redisFree(context_);
        throw RedisLost(why);
    }
    redisSetTimeout(context_, limit);
}

Redis::~Redis() { redisFree(context_); }

void Redis::append(const Command& command) {
    std::vector<const char*> words;
    std::vector<std::size_t> lengths;
    words.reserve(command.size());
    lengths.reserve(command.size());
    for (const auto& word : command) {
        words.push_back(word.data());
        lengths.push_back(word.size());
    }
    if (redisAppendCommandArgv(context_, static_cast<int>(words.size()), words.data(), lengths.data()) != REDIS_OK) {
        throw RedisLost(context_->errstr);
    }
}

Reply Redis::read() {
    void* raw = nullptr;
    if (redisGetReply(context_, &raw) != REDIS_OK) throw RedisLost(context_->errstr);
    Reply reply(static_cast<redisReply*>(raw));
    // A server that is starting or stopping answers, but serves nothing.
    if (reply.isError("LOADING") || reply.isError("SHUTDOWN")) throw RedisLost(reply.text());
    return reply;
}

Reply Redis::run(const Command& command) {
    append(command);
    return read();
}

std::vector<Reply> Redis::run(const std::vector<Command>& commands) {
    for (const auto& command : commands) append(command);
    std::vector<Reply> replies;
    replies.reserve(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) replies.push_back(read());
    return replies;
}

}  // namespace histologe::streams
