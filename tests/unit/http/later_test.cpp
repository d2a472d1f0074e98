// Answers that come after the handler has returned, from another thread.
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/unit/http/fixture.hpp"

using namespace histologe;
using namespace histologe::http;
using namespace histologe::http::testing;
using namespace std::chrono_literals;

namespace {

// Keeps the answers that are owed until the test gives them.
class Owed {
  public:
    LaterHandler handler() {
        return [this](const Request&, const AnswerLater& later) {
            const std::lock_guard lock(mutex_);
            owed_.push_back(later);
            return std::nullopt;
        };
    }
    // Waits until that many are owed.
    std::vector<AnswerLater> wait(std::size_t count) {
        const auto until = std::chrono::steady_clock::now() + 5s;
        while (std::chrono::steady_clock::now() < until) {
            {
                const std::lock_guard lock(mutex_);
                if (owed_.size() >= count) return owed_;
            }
            std::this_thread::sleep_for(1ms);
        }
        return {};
    }

  private:
    std::mutex mutex_;
    std::vector<AnswerLater> owed_;
};

constexpr std::string_view kAsk = "GET /later HTTP/1.1\r\nHost: a\r\n\r\n";

Response message(const std::string& text) {
    return Response::json(200, {{"message", text}});
}

}  // namespace

TEST_CASE("requests that wait for their answer hold no worker, and each gets its own") {
    constexpr std::size_t kMany = 20;
    ServerSettings settings;
    settings.workers = 1;
    settings.validateResponses = true;
    Owed owed;
    TestService service(settings, {}, owed.handler());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (std::size_t i = 0; i < kMany; ++i) {
        clients.push_back(std::make_unique<RawClient>(service.port()));
        clients.back()->send(kAsk);
        REQUIRE(owed.wait(i + 1).size() == i + 1);
    }
    CHECK(service.server.inFlight().size() == kMany);
    CHECK(ask(service.port(), "GET", "/hello-pool").status == 200);
    const auto answers = owed.wait(kMany);
    for (std::size_t i = kMany; i-- > 0;) answers[i]([&] { return message(std::to_string(i)); });
    for (std::size_t i = 0; i < kMany; ++i) {
        const auto answer = clients[i]->readAnswer();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->json() == core::Json{{"message", std::to_string(i)}});
        CHECK(answer->headers.get("RateLimit-Limit") == "100");
        // The connection goes on.
        clients[i]->send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(clients[i]->readAnswer());
    }
    CHECK(service.server.inFlight().empty());
}

TEST_CASE("what fails later is the problem that it would have been at once") {
    ServerSettings settings;
    settings.validateResponses = true;
    Owed owed;
    TestService service(settings, {}, owed.handler());
    auto outcome = [&, asked = std::size_t(0)](const std::function<Response()>& rest) mutable {
        RawClient client(service.port());
        client.send(kAsk);
        owed.wait(++asked).back()(rest);
        auto answer = client.readAnswer();
        REQUIRE(answer);
        return *answer;
    };
    const auto missing = outcome([]() -> Response {
        throw core::Error(core::ErrorKind::NotFound, "fiche_introuvable", "Cette fiche n'existe pas.");
    });
    CHECK(missing.status == 404);
    CHECK(missing.json().at("code") == "fiche_introuvable");
    const auto broken = outcome([]() -> Response { throw std::runtime_error("secret detail"); });
    CHECK(broken.status == 500);
    CHECK(broken.body.find("secret") == std::string::npos);
    CHECK(outcome([] { return Response::json(200, {{"message", 5}}); }).json().at("code") == "reponse_hors_contrat");
}

TEST_CASE("an answer that comes too late, twice or after the end of the server harms nobody") {
    AnswerLater kept;
    {
        ServerSettings settings;
        settings.requestDeadline = 200ms;
        Owed owed;
        TestService service(settings, {}, owed.handler());
        RawClient client(service.port());
        client.send(kAsk);
        kept = owed.wait(1).at(0);
        const auto late = client.readAnswer();
        REQUIRE(late);
        CHECK(late->status == 504);
        kept([] { return message("too late"); });
        RawClient twice(service.port());
        twice.send(kAsk);
        const auto answer = owed.wait(2).at(1);
        answer([] { return message("one"); });
        answer([] { return message("two"); });
        CHECK(twice.readAnswer()->json() == core::Json{{"message", "one"}});
        twice.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        CHECK(twice.readAnswer()->json() == core::Json{{"message", "bonjour"}});
    }
    bool wasRun = false;
    kept([&] {
        wasRun = true;
        return message("nobody listens");
    });
    CHECK_FALSE(wasRun);
}

TEST_CASE("the end of a server waits for the answers that are owed") {
    Owed owed;
    TestService service({}, {}, owed.handler());
    RawClient client(service.port());
    client.send(kAsk);
    const auto answer = owed.wait(1).at(0);
    std::thread writer([&] {
        std::this_thread::sleep_for(200ms);
        answer([] { return message("durable"); });
    });
    CHECK(service.server.stop(5s));
    writer.join();
    CHECK(client.readAnswer()->json() == core::Json{{"message", "durable"}});
}

TEST_CASE("an operation that is done once by key cannot be answered later") {
    const auto all = testRouter();
    Router router;
    for (const auto& [operationId, binding] : all.bindings()) {
        if (operationId == "createFiche") {
            router.bindLater(operationId, binding.handler);
        } else {
            router.bind(operationId, [](const Request&) { return Response::noContent(); });
        }
    }
    core::Metrics metrics;
    CHECK_THROWS_AS(Server({}, testContract(), router, metrics), std::logic_error);
}
