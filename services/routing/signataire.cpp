#include "services/routing/signataire.hpp"

#include <stdexcept>

#include "libs/auth/token.hpp"
#include "libs/core/log.hpp"

namespace histologe::routing {

Signataire::Signataire(std::filesystem::path fichier, auth::TokenParties parties, const core::Clock& clock)
    : fichier_(std::move(fichier)), parties_(std::move(parties)), clock_(clock) {
    cle_ = std::make_shared<const auth::SigningKey>(auth::readSigningKey(fichier_));
    date_ = std::filesystem::last_write_time(fichier_);
    regardeLe_ = clock_.now();
}

std::shared_ptr<const auth::SigningKey> Signataire::cle() {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.now();
    if (now >= regardeLe_ && now < regardeLe_ + std::chrono::seconds(1)) return cle_;
    regardeLe_ = now;
    std::error_code absent;
    const auto date = std::filesystem::last_write_time(fichier_, absent);
    if (absent || date == date_) return cle_;
    date_ = date;
    try {
        cle_ = std::make_shared<const auth::SigningKey>(auth::readSigningKey(fichier_));
        core::log::info("signing_key_read", {{"kid", cle_->kid()}});
    } catch (const std::runtime_error& error) {
        core::log::error("signing_key_unreadable", {{"error", error.what()}});
    }
    return cle_;
}

std::optional<std::string> Signataire::signer(const auth::Claims& claims) {
    try {
        return auth::signToken(claims, parties_, *cle());
    } catch (const std::invalid_argument& error) {
        // Claims that break a rule are a fault of ours, and are told apart from those that are too many.
        if (!auth::faultOf(claims).empty()) throw;
        return std::nullopt;
    }
}

}  // namespace histologe::routing
