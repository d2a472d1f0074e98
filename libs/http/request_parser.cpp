// The one file that includes Boost.Beast, which is slow to compile. Only its incremental parser is used: no streams.
#include "libs/http/request_parser.hpp"

#include <cstring>
#include <new>

#include <boost/beast/http/basic_parser.hpp>

#include "libs/core/text.hpp"

namespace histologe::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;

constexpr ParseFailure kUnreadable{};
constexpr ParseFailure kBadLength{400, "longueur_incorrecte", "La longueur annoncée du contenu est incorrecte."};
constexpr ParseFailure kBadChunk{400, "decoupage_incorrect", "Le découpage du contenu est incorrect."};
constexpr ParseFailure kBadHost{400, "hote_incorrect", "L'en-tête Host doit être présent une seule fois."};
constexpr ParseFailure kFolded{400, "en_tete_plie", "Un en-tête ne peut pas tenir sur plusieurs lignes."};
constexpr ParseFailure kBadVersion{505, "version_http_refusee",
                                   "Seules les versions 1.0 et 1.1 de HTTP sont comprises."};
constexpr ParseFailure kUnknownCoding{501, "codage_inconnu", "Ce codage de transfert n'est pas pris en charge."};
constexpr ParseFailure kLongTarget{414, "adresse_trop_longue", "L'adresse demandée est trop longue."};
constexpr ParseFailure kLongHeaders{431, "en_tetes_trop_longs", "Les en-têtes de la requête sont trop longs."};
constexpr ParseFailure kManyHeaders{431, "en_tetes_trop_nombreux", "La requête comporte trop d'en-têtes."};
constexpr ParseFailure kLongBody{413, "contenu_trop_volumineux", "Le contenu envoyé est trop volumineux."};

// The largest body reserved for before its bytes have come: an announced length alone must not cost memory.
constexpr std::size_t kReserved = 64 * 1024;

bool isHost(std::string_view host) {
    for (const char c : host) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '/' || c == '\\' || c == '@' || c == '?' || c == '#' ||
            c == ',') {
            return false;
        }
    }
    return true;
}

// Collects what Beast reads and adds the refusals that it leaves to us. A callback that refuses sets `failure` and any
// error code, which stops the parser.
class Reader final : public beast::http::basic_parser<true> {
  public:
    explicit Reader(const ParserLimits& parserLimits) : limits(parserLimits) {
        header_limit(static_cast<std::uint32_t>(limits.maxHeaderBytes + limits.maxTarget));
        body_limit(std::numeric_limits<std::uint64_t>::max());  // ours is checked below: it depends on the route
    }

    const ParserLimits limits;
    RawRequest request;
    ParseFailure failure = kUnreadable;
    std::size_t bodyLimit = std::numeric_limits<std::size_t>::max();
    std::size_t fieldBytes = 0;
    bool sawRequestLine = false;
    bool isRefused = false;

  protected:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                         beast::error_code& ec) override {
        sawRequestLine = true;
        if (target.size() > limits.maxTarget) return refuse(kLongTarget, ec);
        request.method.assign(method.data(), method.size());
        request.target.assign(target.data(), target.size());
        request.isHttp11 = version == 11;
    }

    void on_response_impl(int, beast::string_view, int, beast::error_code& ec) override { refuse(kUnreadable, ec); }

    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code& ec) override {
        fieldBytes += name.size() + value.size() + 4;
        if (fieldBytes > limits.maxHeaderBytes) return refuse(kLongHeaders, ec);
        if (is_header_done()) return;  // a trailer: counted, and dropped as RFC 9110 allows
        if (request.headers.all().size() >= limits.maxHeaderFields) return refuse(kManyHeaders, ec);
        request.headers.add(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
    }

    void on_header_impl(beast::error_code& ec) override {
        std::size_t hosts = 0;
        std::size_t lengths = 0;
        for (const auto& [name, value] : request.headers.all()) {
            if (equalsIgnoringCase(name, "Host")) {
                if (++hosts > 1 || !isHost(value)) return refuse(kBadHost, ec);
            } else if (equalsIgnoringCase(name, "Content-Length")) {
                if (++lengths > 1 || value.find(',') != std::string::npos) return refuse(kBadLength, ec);
            } else if (equalsIgnoringCase(name, "Transfer-Encoding")) {
                if (!request.isHttp11) return refuse(kBadLength, ec);
                if (!equalsIgnoringCase(value, "chunked")) return refuse(kUnknownCoding, ec);
            }
        }
        if (request.isHttp11 && hosts == 0) return refuse(kBadHost, ec);
        request.keepsAlive = keep_alive();
        request.hasBody = chunked() || content_length().value_or(0) > 0;
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, beast::error_code& ec) override {
        if (!length) return;
        if (*length > bodyLimit) return refuse(kLongBody, ec);
        request.body.reserve(std::min<std::size_t>(*length, kReserved));
    }

    std::size_t on_body_impl(beast::string_view part, beast::error_code&) override {
        request.body.append(part.data(), part.size());
        return part.size();
    }

    void on_chunk_header_impl(std::uint64_t size, beast::string_view, beast::error_code& ec) override {
        if (size > bodyLimit - request.body.size()) refuse(kLongBody, ec);
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view part, beast::error_code&) override {
        request.body.append(part.data(), part.size());
        return part.size();
    }

    void on_finish_impl(beast::error_code&) override {}

  private:
    void refuse(const ParseFailure& why, beast::error_code& ec) {
        failure = why;
        isRefused = true;
        ec = error::bad_value;
    }
};

ParseFailure failureOf(const beast::error_code& ec, bool sawRequestLine) {
    if (ec == error::header_limit) return sawRequestLine ? kLongHeaders : kLongTarget;
    if (ec == error::body_limit) return kLongBody;
    if (ec == error::bad_content_length || ec == error::bad_transfer_encoding) return kBadLength;
    if (ec == error::bad_chunk || ec == error::bad_chunk_extension) return kBadChunk;
    return kUnreadable;
}

// True when a line of these whole header lines starts with a blank, which continues the line before it.
bool hasFoldedLine(const char* data, std::size_t size) {
    const char* const end = data + size;
    for (const char* at = data; at < end;) {
        at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
        if (at == nullptr || ++at == end) return false;
        if (*at == ' ' || *at == '\t') return true;
    }
    return false;
}

// Beast looks at an incomplete head again only when its last line has come: a client that never sends a carriage return
// would wait for its time-out.
bool hasBareLineFeed(const char* data, std::size_t size) {
    const char* const end = data + size;
    for (const char* at = data; at < end; ++at) {
        at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
        if (at == nullptr) return false;
        if (at == data || at[-1] != '\r') return true;
    }
    return false;
}

// `HTTP/2.0` and the like deserve their own answer; the grammar alone would say "unreadable".
bool namesOtherVersion(const char* data, std::size_t size) {
    const std::string_view line(data, std::min<std::size_t>(size, 64));
    const auto at = line.find(" HTTP/");
    const auto end = line.find("\r\n");
    if (at == std::string_view::npos || end == std::string_view::npos || end != at + 9) return false;
    const auto version = line.substr(at + 6, 3);
    return version[1] == '.' && version[0] >= '0' && version[0] <= '9' && version[2] >= '0' && version[2] <= '9' &&
           version != "1.1" && version != "1.0";
}

}  // namespace

struct RequestParser::State {
    explicit State(ParserLimits parserLimits) : limits(parserLimits), reader(parserLimits) {}
    ParserLimits limits;
    Reader reader;
    bool isHeadReported = false;
};

RequestParser::RequestParser(ParserLimits limits) : state_(std::make_unique<State>(limits)) {}
RequestParser::~RequestParser() = default;

RequestParser::Step RequestParser::feed(const char* data, std::size_t size, std::size_t& used) {
    used = 0;
    auto& reader = state_->reader;
    while (true) {
        const bool wasInHead = !reader.is_header_done();
        beast::error_code ec;
        const auto taken = reader.put(boost::asio::const_buffer(data + used, size - used), ec);
        const bool isFolded = wasInHead && hasFoldedLine(data + used, taken);
        const bool isOtherVersion = ec == error::bad_version && namesOtherVersion(data + used, size - used);
        used += taken;
        if (isFolded) {
            reader.failure = kFolded;
            return Step::Failed;
        }
        if (ec == error::need_more) {
            if (wasInHead && hasBareLineFeed(data + used, size - used)) return Step::Failed;
            // Beast waits for the end of a chunk's line or of the trailers however long they are; we do not.
            if (size - used <= state_->limits.maxHeaderBytes + state_->limits.maxTarget) return Step::NeedMore;
            reader.failure = wasInHead ? kLongHeaders : kBadChunk;
            return Step::Failed;
        }
        if (ec) {
            if (isOtherVersion) {
                reader.failure = kBadVersion;
            } else if (!reader.isRefused) {
                reader.failure = failureOf(ec, reader.sawRequestLine);
            }
            return Step::Failed;
        }
        if (reader.is_done()) return Step::Complete;
        if (reader.is_header_done() && !state_->isHeadReported) {
            state_->isHeadReported = true;
            return Step::HeadDone;
        }
        if (used == size) return Step::NeedMore;
    }
}

void RequestParser::setBodyLimit(std::size_t bytes) {
    state_->reader.bodyLimit = bytes;
}
RawRequest& RequestParser::request() noexcept {
    return state_->reader.request;
}
const ParseFailure& RequestParser::failure() const noexcept {
    return state_->reader.failure;
}

void RequestParser::reset() {
    // Beast's parser cannot be rewound; making it anew in place costs no allocation of its own.
    std::destroy_at(&state_->reader);
    std::construct_at(&state_->reader, state_->limits);
    state_->isHeadReported = false;
}

}  // namespace histologe::http
