// The antivirus: ClamAV's daemon, which is given the bytes and says what it found.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace histologe::files {

// Gives the bytes of a file, piece by piece, to the function that it is called with.
using Source = std::function<void(const std::function<void(std::string_view)>&)>;

// What the scanner said of a file.
struct Verdict {
    std::optional<std::string> virus;  // its name; none: nothing was found
};

// A client of clamd's INSTREAM command. One connection for each scan; any thread.
class Antivirus {
  public:
    // `address` is `unix:/path/of/socket` or `host:port`. `patience` bounds the connection and each wait for the daemon.
    // Throws std::invalid_argument when it is neither.
    explicit Antivirus(std::string address, std::chrono::seconds patience = std::chrono::seconds(30));

    // Throws core::Error (Unavailable, `antivirus_injoignable`) when the daemon cannot be reached, breaks off or gives no
    // verdict: the file is then as unknown as before. What the source throws passes through.
    [[nodiscard]] Verdict scan(const Source& source) const;

    // True when the daemon answers to PING.
    [[nodiscard]] bool answers() const noexcept;

  private:
    std::string path_;
    std::string host_;
    std::string port_;
    std::chrono::seconds patience_;
};

}  // namespace histologe::files
