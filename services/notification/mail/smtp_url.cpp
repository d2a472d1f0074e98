#include "services/notification/mail/smtp_url.hpp"

#include <charconv>

namespace histologe::notification {
namespace {

constexpr int kPortMax = 65535;

std::optional<std::string> decode(std::string_view texte) {
    std::string sortie;
    for (std::size_t i = 0; i < texte.size(); ++i) {
        if (texte[i] != '%') {
            sortie += texte[i];
            continue;
        }
        unsigned octet = 0;
        const char* debut = texte.data() + i + 1;
        if (i + 2 >= texte.size() || std::from_chars(debut, debut + 2, octet, 16).ptr != debut + 2) return std::nullopt;
        sortie += static_cast<char>(octet);
        i += 2;
    }
    return sortie;
}

}  // namespace

std::optional<ReglagesSmtp> lireUrlSmtp(std::string_view url) {
    static constexpr struct {
        std::string_view prefixe;
        SecuriteSmtp securite;
        int port;
    } kSchemas[] = {{"smtp://", SecuriteSmtp::Aucune, 25},
                    {"smtp+starttls://", SecuriteSmtp::StartTls, 587},
                    {"smtps://", SecuriteSmtp::Tls, 465}};
    for (const auto& schema : kSchemas) {
        if (!url.starts_with(schema.prefixe)) continue;
        ReglagesSmtp reglages;
        reglages.securite = schema.securite;
        reglages.port = schema.port;
        std::string_view reste = url.substr(schema.prefixe.size());
        if (reste.ends_with('/')) reste.remove_suffix(1);
        if (const std::size_t arobase = reste.rfind('@'); arobase != std::string_view::npos) {
            const std::string_view compte = reste.substr(0, arobase);
            reste = reste.substr(arobase + 1);
            const std::size_t deux = compte.find(':');
            if (deux == std::string_view::npos) return std::nullopt;
            const auto utilisateur = decode(compte.substr(0, deux));
            const auto motDePasse = decode(compte.substr(deux + 1));
            if (!utilisateur || utilisateur->empty() || !motDePasse) return std::nullopt;
            reglages.utilisateur = *utilisateur;
            reglages.motDePasse = *motDePasse;
        }
        if (const std::size_t deux = reste.find(':'); deux != std::string_view::npos) {
            const std::string_view port = reste.substr(deux + 1);
            const auto lu = std::from_chars(port.data(), port.data() + port.size(), reglages.port);
            if (lu.ec != std::errc() || lu.ptr != port.data() + port.size()) return std::nullopt;
            if (reglages.port < 1 || reglages.port > kPortMax) return std::nullopt;
            reste = reste.substr(0, deux);
        }
        if (reste.empty() || reste.find_first_of("/?# ") != std::string_view::npos) return std::nullopt;
        reglages.hote = std::string(reste);
        return reglages;
    }
    return std::nullopt;
}

}  // namespace histologe::notification
