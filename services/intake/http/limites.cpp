#include "services/intake/http/limites.hpp"

#include "libs/http/problem.hpp"

namespace histologe::intake {

http::Response attendre(const http::Request& request, const std::string& code, const std::string& message,
                        int secondes) {
    auto response = http::problem(429, code, message, request.requestId);
    response.header("Retry-After", std::to_string(secondes));
    return response;
}

std::optional<http::Response> refusDeDebit(http::RateLimiter& limiteur, const std::string& cle,
                                           const http::Request& request) {
    const auto verdict = limiteur.take(cle);
    if (verdict.isAllowed) return std::nullopt;
    return attendre(request, "trop_de_demandes",
                    "Vous avez fait trop de demandes. Patientez un peu avant de réessayer.",
                    static_cast<int>(verdict.resetSeconds));
}

}  // namespace histologe::intake
