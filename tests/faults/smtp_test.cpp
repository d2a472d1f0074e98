// The mail server refuses, then does not answer, then is back.
#include <catch2/catch.hpp>

#include "tests/faults/support/campaign.hpp"

using namespace histologe::faults;

TEST_CASE("a mail server that refuses, then hangs, then is back gets every mail once") {
    Options options{"smtp"};
    // A try on a mail server that hangs ends after this.
    options.variables["notification"] = {{"HISTOLOGE_NOTIFICATION_SMTP_TIMEOUT_MS", "5000"},
                                         {"HISTOLOGE_NOTIFICATION_MAIL_LEASE_MS", "15000"}};
    Campaign campaign(options);
    campaign.start();
    campaign.reach(0.15);
    campaign.mailbox().behave("refuse");
    campaign.reach(0.4);
    campaign.mailbox().behave("hang");
    campaign.reach(0.7);
    // Reports do not wait for the mail server, nor does anything but the mails.
    auto sql = campaign.superuser();
    const auto waiting = [&] {
        return std::stol(sql.rows("SELECT count(*) FROM notification.courriels WHERE etat <> 'ENVOYE'")[0][0].value());
    };
    CHECK(Campaign::eventually([&] { return waiting() > campaign.submissions() / 4; }));
    CHECK(sql.rows("SELECT count(*) FROM notification.courriels WHERE etat = 'ECHEC'")[0][0] == "0");
    campaign.note("mails waiting", static_cast<double>(waiting()));
    campaign.mailbox().behave("accept");
    campaign.finish();
}
