#include "libs/http/connection.hpp"

#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace histologe::http {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr ParseFailure kUnknownExpectation{417, "attente_inconnue",
                                           "Cette attente (Expect) n'est pas prise en charge."};
constexpr ParseFailure kTooSlow{408, "requete_trop_lente", "La requête a mis trop de temps à arriver."};

constexpr std::size_t kReadSize = 32 * 1024;

// Reads and requests in one turn. A client that sends faster than it is answered would otherwise keep the thread, and
// others waiting, for as long as it likes.
constexpr int kTurn = 64;

// After a refusal the rest of what the client sends is read and dropped for a while: closing with unread bytes would
// make the system reset the connection, and the client lose the answer.
constexpr std::chrono::seconds kLingerTime{2};
constexpr std::size_t kLingerBytes = 8 * 1024 * 1024;

}  // namespace

Connection::Connection(int descriptor, std::string peerAddress, ConnectionLimits limits, ConnectionOwner& owner)
    : descriptor_(descriptor),
      peerAddress_(std::move(peerAddress)),
      limits_(limits),
      owner_(owner),
      parser_(limits.parser),
      deadline_(std::chrono::steady_clock::now() + limits.headerTimeout) {}

Connection::~Connection() {
    ::close(descriptor_);
    owner_.gone(this);
}

bool Connection::isClosed() const {
    const std::lock_guard lock(mutex_);
    return phase_ == Phase::Closed;
}

bool Connection::hasOutput() const {
    const std::lock_guard lock(mutex_);
    return !output_.empty();
}

void Connection::enter(Phase phase) {
    phase_ = phase;
    const auto now = std::chrono::steady_clock::now();
    switch (phase) {
        case Phase::Idle:
            deadline_ = now + limits_.idleTimeout;
            break;
        case Phase::Head:
            deadline_ = now + limits_.headerTimeout;
            break;
        case Phase::Body:
            deadline_ = now + limits_.bodyTimeout;
            break;
        case Phase::Writing:
            deadline_ = now + limits_.writeTimeout;
            break;
        case Phase::Lingering:
            deadline_ = now + kLingerTime;
            break;
        case Phase::Busy:
        case Phase::Closed:
            deadline_ = SteadyTime::max();
            break;
    }
}

bool Connection::onReadable() {
    Lock lock(mutex_);
    if (phase_ == Phase::Closed) return false;
    readAndProcess(lock);
    return phase_ != Phase::Closed && !isInputOver_;
}

// Reads while there is something to read and the connection may go on; leaves with the socket empty or a request in
// hand.
void Connection::readAndProcess(Lock& lock) {
    if (isProcessing_) return;  // the thread that is at it sees the new bytes when it reads again
    isProcessing_ = true;
    int steps = 0;
    while (phase_ != Phase::Busy && phase_ != Phase::Writing && phase_ != Phase::Closed) {
        if (++steps > kTurn) {
            owner_.needsTurn(shared_from_this());
            break;
        }
        if (!input_.empty() && phase_ != Phase::Lingering) {
            const auto before = exchange_;
            process(lock);
            if (exchange_ != before) continue;  // answered at once, perhaps: the next request may wait behind it
            if (phase_ == Phase::Writing || phase_ == Phase::Closed) break;
        }
        if (!receive()) break;
    }
    isProcessing_ = false;
}

// One read. False when there is nothing more to read now.
bool Connection::receive() {
    thread_local char buffer[kReadSize];
    if (isInputOver_) return false;
    const auto count = ::recv(descriptor_, buffer, sizeof buffer, MSG_DONTWAIT);
    if (count > 0) {
        if (phase_ == Phase::Lingering) {
            lingered_ += static_cast<std::size_t>(count);
            if (lingered_ > kLingerBytes) close();
        } else {
            input_.append(buffer, static_cast<std::size_t>(count));
        }
        return phase_ != Phase::Closed;
    }
    if (count < 0 && errno == EINTR) return true;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
    // The end, or an error. A client that has only closed its sending half still gets its answers.
    isInputOver_ = true;
    if (count < 0 || phase_ == Phase::Idle || phase_ == Phase::Head || phase_ == Phase::Body ||
        phase_ == Phase::Lingering) {
        close();
    }
    return false;
}

// Reads one request out of the input, as far as it goes.
void Connection::process(Lock& lock) {
    std::size_t start = 0;
    bool goesOn = true;
    while (goesOn && start < input_.size()) {
        if (phase_ == Phase::Idle) {
            // Empty lines before a request are allowed (RFC 9112, 2.2).
            while (start < input_.size() && input_.compare(start, 2, "\r\n") == 0) start += 2;
            if (start == input_.size()) break;
            enter(Phase::Head);
        }
        std::size_t used = 0;
        const auto step = parser_.feed(input_.data() + start, input_.size() - start, used);
        start += used;
        switch (step) {
            case RequestParser::Step::NeedMore:
                goesOn = false;
                break;
            case RequestParser::Step::Failed:
                fail(parser_.failure());
                input_.clear();
                return;
            case RequestParser::Step::HeadDone: {
                parser_.setBodyLimit(owner_.bodyLimit(parser_.request()));
                enter(Phase::Body);
                const auto expectation = parser_.request().headers.get("Expect");
                if (expectation.empty() || !parser_.request().isHttp11) break;
                if (!equalsIgnoringCase(expectation, "100-continue")) {
                    fail(kUnknownExpectation);
                    input_.clear();
                    return;
                }
                // The limit is checked by the parser when it meets the body: let it look before inviting the client.
                const auto check = parser_.feed(input_.data() + start, input_.size() - start, used);
                start += used;
                if (check == RequestParser::Step::Failed) {
                    fail(parser_.failure());
                    input_.clear();
                    return;
                }
                if (check == RequestParser::Step::NeedMore) {
                    send(kContinue);
                    goesOn = false;
                    break;
                }
                [[fallthrough]];
            }
            case RequestParser::Step::Complete: {
                auto request = std::move(parser_.request());
                parser_.reset();
                enter(Phase::Busy);
                const auto exchange = ++exchange_;
                input_.erase(0, start);
                const auto self = shared_from_this();
                lock.unlock();
                owner_.handle(self, exchange, std::move(request));
                lock.lock();
                return;
            }
        }
    }
    input_.erase(0, start);
}

void Connection::answer(std::uint64_t exchange, std::string bytes, bool closes) {
    Lock lock(mutex_);
    if (phase_ != Phase::Busy || exchange != exchange_) return;
    closesAfter_ = closesAfter_ || closes;
    enter(Phase::Writing);
    send(bytes);
    if (phase_ != Phase::Writing || !output_.empty()) return;
    afterAnswer();
    // Pipelined requests wait in the input, and the edge of what came meanwhile was not taken: look at once.
    readAndProcess(lock);
}

bool Connection::flush() {
    Lock lock(mutex_);
    if (phase_ == Phase::Closed) return true;
    const auto before = outputSent_;
    settle();
    if (phase_ == Phase::Closed) return true;
    if (!output_.empty()) {
        if (outputSent_ != before && phase_ == Phase::Writing)
            enter(Phase::Writing);  // it reads: its time starts again
        return false;
    }
    if (phase_ == Phase::Writing) {
        afterAnswer();
        readAndProcess(lock);
    }
    return true;
}

// The answer is with the system.
void Connection::afterAnswer() {
    if (closesAfter_) {
        if (isInputOver_) {
            close();
        } else {
            linger();
        }
    } else if (isInputOver_ && input_.empty()) {
        close();
    } else {
        enter(Phase::Idle);
    }
}

void Connection::fail(const ParseFailure& failure) {
    closesAfter_ = true;
    enter(Phase::Writing);
    send(owner_.refusal(failure));
    if (phase_ == Phase::Writing && output_.empty()) afterAnswer();
}

// Says that nothing follows and waits a little for the client to be done.
void Connection::linger() {
    enter(Phase::Lingering);
    input_.clear();
    ::shutdown(descriptor_, SHUT_WR);
}

void Connection::send(std::string_view bytes) {
    if (output_.empty()) {
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
            close();
            return;
        }
        if (bytes.empty()) return;
        outputSent_ = 0;
        output_.assign(bytes);
        owner_.needsDraining(shared_from_this());
        return;
    }
    output_.append(bytes);
}

// Writes as much of the waiting bytes as the client takes.
void Connection::settle() {
    while (outputSent_ < output_.size()) {
        const auto count = ::send(descriptor_, output_.data() + outputSent_, output_.size() - outputSent_,
                                  MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) {
            outputSent_ += static_cast<std::size_t>(count);
        } else if (errno == EINTR) {
            continue;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else {
            close();
            return;
        }
    }
    output_ = std::string();
    outputSent_ = 0;
}

std::uint64_t Connection::checkTime(SteadyTime now) {
    Lock lock(mutex_);
    if (phase_ == Phase::Busy) return exchange_;
    if (now < deadline_) return 0;
    if (phase_ == Phase::Head || phase_ == Phase::Body) {
        fail(kTooSlow);
    } else if (phase_ != Phase::Closed) {
        close();
    }
    return 0;
}

void Connection::closeWhenIdle() {
    const std::lock_guard lock(mutex_);
    closesAfter_ = true;
    if (phase_ == Phase::Idle) close();
}

void Connection::abort() {
    const std::lock_guard lock(mutex_);
    if (phase_ != Phase::Closed) close();
}

// The descriptor itself stays open until the last owner lets go; shutting it down wakes the transport, which forgets
// it.
void Connection::close() {
    enter(Phase::Closed);
    input_ = std::string();
    output_ = std::string();
    outputSent_ = 0;
    ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace histologe::http
