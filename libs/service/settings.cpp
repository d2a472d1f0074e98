#include "libs/service/settings.hpp"

namespace histologe::service {

Settings readSettings(core::Config& config, const std::string& service) {
    std::string prefix = "HISTOLOGE_";
    for (const char c : service) prefix += static_cast<char>(c - 'a' + 'A');
    prefix += '_';
    Settings settings;
    settings.service = service;
    settings.databaseUrl = config.secret(prefix + "DATABASE_URL", "PostgreSQL of this service, with its role and password");
    settings.databaseSessions = static_cast<std::size_t>(
        config.integer(prefix + "DATABASE_SESSIONS", "sessions that requests share", 8, 1, 200));
    settings.host = config.text(prefix + "HOST", "IPv4 address on which operations are answered", "127.0.0.1");
    settings.port = static_cast<std::uint16_t>(config.integer(prefix + "PORT", "port of the operations", {}, 0, 65535));
    settings.adminPort = static_cast<std::uint16_t>(
        config.integer(prefix + "ADMIN_PORT", "private port: health, metrics, log level", {}, 0, 65535));
    settings.ioThreads =
        static_cast<unsigned>(config.integer(prefix + "IO_THREADS", "threads that read sockets", 1, 1, 16));
    settings.workers =
        static_cast<unsigned>(config.integer(prefix + "WORKERS", "threads that run operations", 32, 1, 512));
    settings.asideWorkers = static_cast<unsigned>(config.integer(
        prefix + "ASIDE_WORKERS", "threads of low priority for operations that compute for long (passwords)", 1, 1, 64));
    settings.redisUrl = config.secret("HISTOLOGE_REDIS_URL", "Redis of the streams (redis:// or unix://)");
    settings.partitions = static_cast<std::uint32_t>(
        config.integer("HISTOLOGE_PARTITIONS", "number of streams; the same for all services, for ever", 16, 1, 1024));
    settings.apiDocument = config.text("HISTOLOGE_API_DOCUMENT", "the bundled contract (openapi.json)");
    settings.dataDir = config.text("HISTOLOGE_DATA_DIR", "folder of the reference data (communes, territories)");
    settings.publicUrl = config.text("HISTOLOGE_PUBLIC_URL", "address of the front, for the links in mails and answers");
    settings.frontOrigins = config.list("HISTOLOGE_FRONT_ORIGINS", "origins from which a browser may call us", "");
    settings.trustForwardedFor =
        config.flag("HISTOLOGE_TRUST_FORWARDED_FOR", "true only behind our gateway: believe X-Forwarded-For", true);
    settings.validateResponses =
        config.flag("HISTOLOGE_VALIDATE_RESPONSES", "in tests: an answer that breaks the contract is a 500", false);
    settings.logLevel =
        config.choice("HISTOLOGE_LOG_LEVEL", "lowest level written", "info", {"debug", "info", "warning", "error"});
    settings.authPublicKeys = config.text("HISTOLOGE_AUTH_PUBLIC_KEYS",
                                          "public keys of access tokens: a JSON Web Key Set of Ed25519 keys", "");
    settings.authKeysFile = config.text(
        "HISTOLOGE_AUTH_KEYS_FILE", "the same in a file, read again when it changes (add the new key, wait, drop the old)", "");
    settings.authIssuer = config.text("HISTOLOGE_AUTH_ISSUER", "`iss` of the access tokens that count", "histologe");
    settings.authAudience = config.text("HISTOLOGE_AUTH_AUDIENCE", "`aud` of the access tokens that count", "histologe");
    settings.eventTries = static_cast<int>(
        config.integer("HISTOLOGE_EVENT_TRIES", "tries of an event before it is a dead letter", 5, 1, 100));
    settings.eventFirstRetry = std::chrono::milliseconds(config.integer(
        "HISTOLOGE_EVENT_FIRST_RETRY_MS", "delay before the first retry of an event; fourfold each time", 250, 1, 3600000));
    return settings;
}

}  // namespace histologe::service
