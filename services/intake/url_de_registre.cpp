#include "services/intake/url_de_registre.hpp"

namespace histologe::intake {

UrlDecoupee decouperUrl(const std::string& url) {
    const auto apres = url.find("://");
    const auto barre = url.find('/', apres == std::string::npos ? 0 : apres + 3);
    UrlDecoupee adresse{url.substr(0, barre), barre == std::string::npos ? std::string() : url.substr(barre)};
    while (adresse.chemin.ends_with('/')) adresse.chemin.pop_back();
    return adresse;
}

std::string lireUrlDeRegistre(core::Config& config, const char* nom, const char* description) {
    auto url = config.text(nom, description, "");
    if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://")) {
        throw core::ConfigError(std::string(nom) + " is no http(s) address");
    }
    return url;
}

}  // namespace histologe::intake
