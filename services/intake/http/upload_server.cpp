#include "services/intake/http/upload_server.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "services/intake/http/upload_session.hpp"

// g++ 12 takes the frame of a coroutine to be allocated and freed by different functions when they are inlined apart.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace histologe::intake {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto kGrace = std::chrono::seconds(8);

}  // namespace

struct UploadServer::State {
    State(UploadContext context, UploadServerSettings s)
        : settings(std::move(s)),
          acceptor(first()),
          desk(std::move(context), settings.frontOrigins, settings.keepers) {}

    asio::io_context& first() {
        for (int i = 0; i < settings.loops; ++i) loops.push_back(std::make_unique<asio::io_context>(1));
        return *loops.front();
    }

    asio::awaitable<void> listen();
    void welcome(tcp::socket socket);
    void forget(const std::shared_ptr<UploadSession>& session);
    bool isFull();

    UploadServerSettings settings;
    // One for each thread: a session stays on its thread, and threads have nothing to share.
    std::vector<std::unique_ptr<asio::io_context>> loops;
    tcp::acceptor acceptor;
    UploadDesk desk;
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::condition_variable left;
    std::set<std::shared_ptr<UploadSession>> sessions;
};

bool UploadServer::State::isFull() {
    const std::lock_guard lock(mutex);
    return sessions.size() >= static_cast<std::size_t>(settings.connections);
}

asio::awaitable<void> UploadServer::State::listen() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (std::size_t next = 0; acceptor.is_open(); ++next) {
        boost::system::error_code error;
        if (!isFull()) {
            auto socket = co_await acceptor.async_accept(*loops[next % loops.size()],
                                                         asio::redirect_error(asio::use_awaitable, error));
            if (!error) {
                welcome(std::move(socket));
                continue;
            }
            if (error == asio::error::operation_aborted) co_return;
        }
        // Full, or out of descriptors: those that wait are accepted when others have left.
        timer.expires_after(std::chrono::milliseconds(50));
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

void UploadServer::State::welcome(tcp::socket socket) {
    auto session = std::make_shared<UploadSession>(desk, std::move(socket));
    {
        const std::lock_guard lock(mutex);
        sessions.insert(session);
    }
    asio::co_spawn(session->executor(), session->run(),
                   [this, session](const std::exception_ptr&) { forget(session); });
}

void UploadServer::State::forget(const std::shared_ptr<UploadSession>& session) {
    const std::lock_guard lock(mutex);
    sessions.erase(session);
    left.notify_all();
}

UploadServer::UploadServer(UploadContext context, UploadServerSettings settings)
    : state_(std::make_unique<State>(std::move(context), std::move(settings))) {}

UploadServer::~UploadServer() {
    stop();
}

void UploadServer::start() {
    auto& state = *state_;
    try {
        const tcp::endpoint place(asio::ip::make_address(state.settings.host), state.settings.port);
        state.acceptor.open(place.protocol());
        state.acceptor.set_option(tcp::acceptor::reuse_address(true));
        state.acceptor.bind(place);
        state.acceptor.listen(1024);
    } catch (const std::exception& failure) {
        throw std::runtime_error("cannot listen on " + state.settings.host + ":" + std::to_string(state.settings.port) +
                                 " for uploads: " + failure.what());
    }
    asio::co_spawn(state.acceptor.get_executor(), state.listen(), asio::detached);
    for (const auto& loop : state.loops) {
        state.threads.emplace_back([&loop = *loop] {
            const auto keptAlive = asio::make_work_guard(loop);
            loop.run();
        });
    }
}

void UploadServer::stop() {
    auto& state = *state_;
    if (state.threads.empty()) return;
    state.desk.isStopping = true;
    asio::post(state.acceptor.get_executor(), [&state] {
        boost::system::error_code none;
        state.acceptor.close(none);
    });
    {
        std::unique_lock lock(state.mutex);
        for (const auto& session : state.sessions) asio::post(session->executor(), [session] { session->leave(); });
        state.left.wait_for(lock, kGrace, [&state] { return state.sessions.empty(); });
    }
    for (const auto& loop : state.loops) loop->stop();
    for (auto& thread : state.threads) thread.join();
    state.threads.clear();
    state.desk.aside.stop();
    state.desk.aside.join();
}

}  // namespace histologe::intake
