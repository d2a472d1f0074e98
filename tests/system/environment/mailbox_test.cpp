#include <cstring>
#include <thread>

#include <catch2/catch.hpp>
#include <curl/curl.h>
#include <httplib.h>

#include "libs/core/json.hpp"
#include "tools/environment/environment.hpp"

using namespace histologe::environment;
using histologe::core::parseJson;

namespace {

struct Mail {
    std::string text;
    std::size_t sent = 0;
};

std::size_t give(char* into, std::size_t size, std::size_t count, void* from) {
    auto& mail = *static_cast<Mail*>(from);
    const std::size_t length = std::min(size * count, mail.text.size() - mail.sent);
    std::memcpy(into, mail.text.data() + mail.sent, length);
    mail.sent += length;
    return length;
}

struct Outcome {
    CURLcode code;
    long status;
};

Outcome send(const std::string& smtpUrl, const std::string& messageId, const std::string& to, long limitMs = 5000) {
    Mail mail{"From: histologe@histologe.example\r\nTo: " + to + "\r\nMessage-ID: " + messageId +
                  "\r\nSubject: =?UTF-8?Q?Un_d=C3=A9sordre?=\r\n\r\nBonjour,\r\nun toit.\r\n",
              0};
    CURL* curl = curl_easy_init();
    curl_slist* recipients = curl_slist_append(nullptr, to.c_str());
    curl_easy_setopt(curl, CURLOPT_URL, smtpUrl.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "<histologe@histologe.example>");
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &mail);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, limitMs);
    // Bounds the farewell too, which curl sends even after a time-out.
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    Outcome outcome{curl_easy_perform(curl), 0};
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &outcome.status);
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    return outcome;
}

}  // namespace

TEST_CASE("the mailbox keeps, lists, shows and forgets mails") {
    Environment environment(ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_mailbox"));
    environment.startMailbox();
    httplib::Client page("127.0.0.1", environment.mailboxPort());
    const auto messages = [&] { return parseJson(page.Get("/messages")->body); };
    const auto set = [&](const std::string& mode) {
        return page.Put("/mode", "{\"mode\":\"" + mode + "\"}", "application/json")->status;
    };
    CHECK(messages().empty());
    REQUIRE(send(environment.smtpUrl(), "<un@histologe.example>", "partenaire@ville.example").code == CURLE_OK);
    REQUIRE(messages().size() == 1);
    const auto message = messages()[0];
    CHECK(message["messageId"] == "<un@histologe.example>");
    CHECK(message["to"] == nlohmann::json{"partenaire@ville.example"});
    CHECK(message["subject"] == "Un désordre");
    CHECK(message["receivedAt"].get<std::string>().size() == 24);
    const auto whole = page.Get("/messages/" + std::to_string(message["id"].get<int>()));
    CHECK(whole->status == 200);
    CHECK(whole->body.find("un toit.") != std::string::npos);
    CHECK(page.Get("/messages/999")->status == 404);
    const auto list = page.Get("/");
    CHECK(list->body.find("<html lang=\"fr\">") != std::string::npos);
    CHECK(list->body.find("Un désordre") != std::string::npos);

    SECTION("a restart finds them again") {
        environment.kill("mailbox");
        environment.restart("mailbox");
        CHECK(messages() == nlohmann::json::array({message}));
        REQUIRE(send(environment.smtpUrl(), "<deux@histologe.example>", "a@b.example").code == CURLE_OK);
        CHECK(
            parseJson(page.Get("/messages?since=" + std::to_string(message["id"].get<int>()))->body)[0]["messageId"] ==
            "<deux@histologe.example>");
    }
    SECTION("it can refuse for a while, for ever, hang, and lose its answer") {
        REQUIRE(set("refuse") == 200);
        CHECK(send(environment.smtpUrl(), "<r1@histologe.example>", "a@b.example").status == 451);
        REQUIRE(set("reject") == 200);
        CHECK(send(environment.smtpUrl(), "<r2@histologe.example>", "a@b.example").status == 550);
        REQUIRE(set("hang") == 200);
        CHECK(send(environment.smtpUrl(), "<r3@histologe.example>", "a@b.example", 300).code ==
              CURLE_OPERATION_TIMEDOUT);
        CHECK(messages().size() == 1);
        REQUIRE(set("drop") == 200);
        CHECK(send(environment.smtpUrl(), "<r4@histologe.example>", "a@b.example").code != CURLE_OK);
        CHECK(messages().size() == 2);
        CHECK(set("dormir") == 400);
        REQUIRE(set("accept") == 200);
        CHECK(send(environment.smtpUrl(), "<r5@histologe.example>", "a@b.example").code == CURLE_OK);
        CHECK(messages().size() == 3);
    }
    SECTION("it forgets when asked") {
        CHECK(page.Delete("/messages")->status == 200);
        CHECK(messages().empty());
        CHECK(page.Get("/messages/1")->status == 404);
    }
}
