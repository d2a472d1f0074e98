#include <fstream>
#include <regex>
#include <thread>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/json.hpp"
#include "tools/environment/environment.hpp"

using namespace histologe::environment;
using histologe::core::parseJson;

namespace {

// A service that tells who it is and what it was asked.
class Neighbour {
  public:
    Neighbour(const std::string& name, int port) {
        server_.new_task_queue = [] { return new httplib::ThreadPool(64); };
        const auto tell = [name](const httplib::Request& request, httplib::Response& answer) {
            if (request.path == "/lent") {
                std::this_thread::sleep_for(std::chrono::milliseconds(200));
            }
            const nlohmann::json said{{"service", name},
                                      {"method", request.method},
                                      {"target", request.target},
                                      {"length", request.body.size()},
                                      {"chunked", request.has_header("Transfer-Encoding")},
                                      {"forwardedFor", request.get_header_value("X-Forwarded-For")},
                                      {"requestId", request.get_header_value("X-Request-Id")},
                                      {"traceparent", request.get_header_value("traceparent")}};
            answer.set_content(said.dump(), "application/json");
        };
        server_.Get(".*", tell);
        server_.Post(".*", tell);
        server_.Put(".*", tell);
        server_.Options(".*", tell);
        server_.bind_to_port("127.0.0.1", port);
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    ~Neighbour() {
        server_.stop();
        thread_.join();
    }

  private:
    httplib::Server server_;
    std::thread thread_;
};

constexpr auto kContract = R"({"openapi": "3.1.0", "paths": {
  "/signalement-draft/check": {"post": {"x-service": "intake"}},
  "/signalement-draft/{uuid}/envoi": {"put": {"x-service": "intake"}},
  "/signalement/handle": {"post": {"x-service": "intake-upload", "requestBody": {"content": {"multipart/form-data": {}}}}},
  "/signalement/{uuid}/lien": {"post": {"x-service": "intake"}},
  "/api/signalements": {"post": {"x-service": "intake"}, "get": {"x-service": "routing"}},
  "/api/signalements/{uuid}": {"get": {"x-service": "routing"}},
  "/api/signalements/{uuid}/score": {"get": {"x-service": "scoring"}},
  "/statistiques/globales": {"get": {"x-service": "statistics"}},
  "/lent": {"get": {"x-service": "scoring"}}}})";

// The gateway before invented services, under a build folder that holds nothing but the contract.
struct Setting {
    Setting() : environment(settings()) {
        for (const auto* name : {"intake", "routing", "scoring"}) {
            neighbours.push_back(std::make_unique<Neighbour>(name, environment.servicePort(name)));
        }
        neighbours.push_back(std::make_unique<Neighbour>("intake-upload", environment.uploadPort()));
        environment.startGateway();
        client = std::make_unique<httplib::Client>("127.0.0.1", environment.gatewayPort());
    }
    // First the gateway, which holds connections to the neighbours.
    ~Setting() { environment.stop("gateway"); }
    static Settings settings() {
        auto made = ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_gateway");
        made.buildFolder = made.runFolder / "build";
        std::filesystem::create_directories(made.buildFolder / "api");
        std::filesystem::create_directories(made.buildFolder / "api-doc");
        std::ofstream(made.buildFolder / "api" / "openapi.json") << kContract;
        std::ofstream(made.buildFolder / "api-doc" / "index.html") << "<!doctype html><title>doc</title>";
        made.gatewayConnections = 20;
        return made;
    }
    nlohmann::json said(const httplib::Result& answer) const {
        REQUIRE(answer);
        REQUIRE(answer->status == 200);
        return parseJson(answer->body);
    }
    void checkProblem(const httplib::Result& answer, int status, const std::string& code) const {
        REQUIRE(answer);
        CHECK(answer->status == status);
        CHECK(answer->get_header_value("Content-Type") == "application/problem+json");
        const auto problem = parseJson(answer->body);
        CHECK(problem["status"] == status);
        CHECK(problem["code"] == code);
        CHECK(problem["instance"].get<std::string>() ==
              "urn:histologe:requete:" + answer->get_header_value("X-Request-Id"));
    }
    // Bytes as they are; the first line and the body's code of the answer.
    std::string raw(const std::string& bytes) const {
        const int connection = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        shutdown(connection, SHUT_WR);
        std::string answer;
        char buffer[4096];
        for (ssize_t got = 0; (got = recv(connection, buffer, sizeof buffer, 0)) > 0;) {
            answer.append(buffer, static_cast<std::size_t>(got));
        }
        close(connection);
        return answer;
    }

    Environment environment;
    std::vector<std::unique_ptr<Neighbour>> neighbours;
    std::unique_ptr<httplib::Client> client;
    int port = environment.gatewayPort();
};

}  // namespace

TEST_CASE("the gateway sends each operation to its service") {
    Setting setting;
    auto& client = *setting.client;
    const std::string json = "application/json";
    CHECK(setting.said(client.Post("/signalement-draft/check", "{}", json))["service"] == "intake");
    const auto put = setting.said(client.Put("/signalement-draft/a%2Fb/envoi?x=%C3%A9", "{}", json));
    CHECK(put["service"] == "intake");
    CHECK(put["target"] == "/signalement-draft/a%2Fb/envoi?x=%C3%A9");
    CHECK(setting.said(client.Post("/signalement/handle", std::string(3 << 20, 'x'),
                                   "application/octet-stream"))["service"] == "intake-upload");
    CHECK(setting.said(client.Post("/signalement/1/lien", "{}", json))["service"] == "intake");
    CHECK(setting.said(client.Post("/api/signalements", "{}", json))["service"] == "intake");
    CHECK(setting.said(client.Get("/api/signalements"))["service"] == "routing");
    CHECK(setting.said(client.Get("/api/signalements/7"))["service"] == "routing");
    CHECK(setting.said(client.Get("/api/signalements/7/score"))["service"] == "scoring");
    CHECK(setting.said(client.Options("/api/signalements", {{"Access-Control-Request-Method", "POST"}}))["service"] ==
          "intake");
    CHECK(setting.said(client.Options("/api/signalements", {{"Access-Control-Request-Method", "GET"}}))["service"] ==
          "routing");
    // A service of the subtree answers for what it does not have; nobody's path is the gateway's own 404.
    CHECK(setting.said(client.Get("/signalement-draft/x/y/z"))["service"] == "intake");
    setting.checkProblem(client.Get("/nulle/part"), 404, "route_inconnue");
    setting.checkProblem(client.Get("/_erreur/413"), 404, "route_inconnue");
    CHECK(client.Get("/api/doc/")->body.find("<title>doc") != std::string::npos);
    CHECK(parseJson(client.Get("/api/openapi.json")->body) == nlohmann::json::parse(kContract));
    CHECK(client.Get("/health")->status == 200);
}

TEST_CASE("the gateway tells services who asks, and nobody can pretend") {
    Setting setting;
    auto& client = *setting.client;
    const auto plain = setting.said(client.Get("/lent", {{"X-Forwarded-For", "8.8.8.8"}}));
    CHECK(plain["forwardedFor"] == "127.0.0.1");
    CHECK(std::regex_match(plain["requestId"].get<std::string>(), std::regex("[0-9a-f]{32}")));
    CHECK(std::regex_match(plain["traceparent"].get<std::string>(), std::regex("00-[0-9a-f]{32}-[0-9a-f]{16}-01")));
    const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const auto named = setting.said(client.Get("/lent", {{"X-Request-Id", "demande-000042"}, {"traceparent", trace}}));
    CHECK(named["requestId"] == "demande-000042");
    CHECK(named["traceparent"] == trace);
    CHECK(setting.said(client.Get("/lent", {{"X-Request-Id", "a b\"c"}}))["requestId"] != "a b\"c");
}

TEST_CASE("the gateway's own errors are problems in French") {
    Setting setting;
    auto& client = *setting.client;
    const std::string json = "application/json";
    setting.checkProblem(client.Post("/signalement-draft/check", std::string((1 << 20) + 1, 'x'), json), 413,
                         "corps_trop_grand");
    setting.checkProblem(client.Post("/signalement/handle", std::string(26 << 20, 'x'), "application/octet-stream"),
                         413, "corps_trop_grand");
    setting.checkProblem(client.Get("/lent", {{"X-Long", std::string(17000, 'a')}}), 431, "entetes_trop_grands");
    setting.checkProblem(client.Get("/statistiques/globales"), 502, "service_injoignable");
    const auto fromFront = client.Get("/nulle/part", {{"Origin", "http://localhost:3000"}});
    CHECK(fromFront->get_header_value("Access-Control-Allow-Origin") == "http://localhost:3000");
    const auto fromElsewhere = client.Get("/nulle/part", {{"Origin", "http://ailleurs.example"}});
    CHECK_FALSE(fromElsewhere->has_header("Access-Control-Allow-Origin"));
    const auto tooLong = setting.raw("GET /" + std::string(17000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(tooLong.find("HTTP/1.1 414") == 0);
    CHECK(tooLong.find("adresse_trop_longue") != std::string::npos);
    for (const std::string bad : {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                                  "POST /signalement-draft/check HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                                  "POST /signalement-draft/check HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
                                  "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}) {
        INFO(bad);
        const auto answer = setting.raw(bad);
        CHECK(answer.find("HTTP/1.1 400") == 0);
        CHECK(answer.find("requete_malformee") != std::string::npos);
    }
}

TEST_CASE("chunked bodies reach the service with a length") {
    Setting setting;
    const auto answer = setting.raw(
        "POST /signalement-draft/check HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n0\r\n\r\n");
    CHECK(answer.find("HTTP/1.1 200") == 0);
    CHECK(answer.find("\"chunked\":false") != std::string::npos);
    CHECK(answer.find("\"length\":5") != std::string::npos);
}

TEST_CASE("one address cannot hold more connections than allowed") {
    Setting setting;
    std::atomic<int> served{0};
    std::atomic<int> refused{0};
    std::vector<std::thread> clients;
    for (int index = 0; index < 40; ++index) {
        clients.emplace_back([&] {
            httplib::Client client("127.0.0.1", setting.environment.gatewayPort());
            const auto answer = client.Get("/lent");
            if (answer && answer->status == 200) {
                ++served;
            } else if (answer && answer->status == 429 && answer->has_header("Retry-After")) {
                ++refused;
            }
        });
    }
    for (auto& thread : clients) {
        thread.join();
    }
    CHECK(served >= 8);
    CHECK(refused > 0);
    CHECK(served + refused == 40);
}

TEST_CASE("the access log names routes, never addresses") {
    Setting setting;
    REQUIRE(setting.client->Get("/api/signalements/secret-code-123?nom=Durand")->status == 200);
    REQUIRE(setting.client->Put("/statistiques/globales", "", "text/plain")->status == 502);
    setting.environment.stop("gateway");
    std::ifstream file(setting.environment.settings().runFolder / "gateway" / "access.log");
    const std::string log((std::istreambuf_iterator<char>(file)), {});
    CHECK(log.find("/api/signalements/{}") != std::string::npos);
    CHECK(log.find("\"method\":\"PUT\",\"route\":\"/statistiques/\",\"status\":502") != std::string::npos);
    CHECK(log.find("secret-code") == std::string::npos);
    CHECK(log.find("Durand") == std::string::npos);
}
