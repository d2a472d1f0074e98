#include "tools/environment/gateway.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace histologe::environment {
namespace {

// nginx's own errors, said as the services say theirs. `status` is what the client gets for nginx's `code`.
struct GatewayError {
    int code;
    int status;
    const char* problem;
    const char* title;
    const char* detail;
};

constexpr GatewayError kErrors[] = {
    {400, 400, "requete_malformee", "Requête incorrecte", "Cette requête ne peut pas être comprise."},
    {404, 404, "route_inconnue", "Introuvable", "Cette adresse n’existe pas."},
    {405, 405, "methode_refusee", "Méthode refusée", "Cette méthode n’est pas possible ici."},
    {408, 408, "requete_trop_lente", "Requête trop lente",
     "La requête n’est pas arrivée à temps. Vous pouvez réessayer."},
    {413, 413, "corps_trop_grand", "Envoi trop volumineux", "L’envoi est trop volumineux."},
    {414, 414, "adresse_trop_longue", "Adresse trop longue", "L’adresse demandée est trop longue."},
    {429, 429, "trop_de_requetes", "Trop de requêtes",
     "Trop de requêtes sont arrivées de votre part. Réessayez dans un instant."},
    {494, 431, "entetes_trop_grands", "En-têtes trop grands", "Les en-têtes de la requête sont trop grands."},
    {500, 500, "erreur_interne", "Erreur interne", "Une erreur est survenue de notre côté. Vous pouvez réessayer."},
    // A way of sending, or a version, that is not ours: the fault is the client's.
    {501, 400, "requete_malformee", "Requête incorrecte", "Cette requête ne peut pas être comprise."},
    {505, 400, "requete_malformee", "Requête incorrecte", "Cette requête ne peut pas être comprise."},
    {502, 502, "service_injoignable", "Service injoignable",
     "Le service ne répond pas pour le moment. Vous pouvez réessayer dans un instant."},
    {503, 503, "service_indisponible", "Service indisponible",
     "Le service n’est pas disponible pour le moment. Vous pouvez réessayer dans un instant."},
    {504, 504, "delai_depasse", "Délai dépassé",
     "La réponse a mis trop de temps. Vous pouvez réessayer dans un instant."},
};

std::string errorLocations() {
    std::ostringstream out;
    for (const auto& error : kErrors) {
        out << "        error_page " << error.code << " =" << error.status << " /_erreur/" << error.code << ";\n";
    }
    for (const auto& error : kErrors) {
        out << "        location = /_erreur/" << error.code << " {\n            internal;\n";
        out << "            default_type application/problem+json;\n";
        out << "            add_header Access-Control-Allow-Origin $origine_permise always;\n";
        out << "            add_header Vary Origin always;\n            add_header X-Request-Id $identifiant always;\n";
        if (error.status == 429 || error.status >= 502) {
            out << "            add_header Retry-After 1 always;\n";
        }
        out << "            return " << error.status << " '{\"type\":\"about:blank\",\"title\":\"" << error.title
            << "\",\"status\":" << error.status << ",\"detail\":\"" << error.detail << "\",\"code\":\"" << error.problem
            << "\",\"instance\":\"urn:histologe:requete:$identifiant\"}';\n        }\n";
    }
    return out.str();
}

std::string upstreamBlocks(const GatewaySettings& settings, const std::set<std::string>& names) {
    std::ostringstream out;
    for (const auto& name : names) {
        out << "    upstream histologe_" << name << " {\n";
        const auto servers = settings.upstreams.find(name);
        if (servers == settings.upstreams.end() || servers->second.empty()) {
            out << "        server 127.0.0.1:1 down;\n";
        } else {
            for (const auto& server : servers->second) {
                out << "        server " << server << " max_fails=1 fail_timeout=2s;\n";
            }
        }
        // Shorter than the services' own idle time-out: no request may meet a connection that is being closed.
        out << "        keepalive 64;\n        keepalive_timeout 50s;\n        keepalive_requests 1000000;\n    }\n";
    }
    return out.str();
}

bool isOneUpstream(const GatewayRoute& route) {
    std::set<std::string> upstreams;
    for (const auto& [method, upstream] : route.upstreamByMethod) {
        upstreams.insert(upstream);
    }
    return upstreams.size() == 1;
}

std::string upstreamMaps(const std::vector<GatewayRoute>& routes) {
    std::ostringstream out;
    for (std::size_t index = 0; index < routes.size(); ++index) {
        if (isOneUpstream(routes[index])) {
            continue;
        }
        out << "    map $methode $cible_" << index << " {\n        default histologe_"
            << routes[index].upstreamByMethod.begin()->second << ";\n";
        for (const auto& [method, upstream] : routes[index].upstreamByMethod) {
            out << "        " << method << " histologe_" << upstream << ";\n";
        }
        out << "    }\n";
    }
    return out.str();
}

std::string routeLocations(const std::vector<GatewayRoute>& routes) {
    std::ostringstream out;
    for (std::size_t index = 0; index < routes.size(); ++index) {
        const auto& route = routes[index];
        out << "        location " << route.match << " {\n            set $route \"" << route.label << "\";\n";
        if (route.maxBodyBytes != 1024 * 1024) {
            out << "            client_max_body_size " << route.maxBodyBytes
                << ";\n            proxy_read_timeout 60s;\n";
        }
        out << "            proxy_pass http://"
            << (isOneUpstream(route) ? "histologe_" + route.upstreamByMethod.begin()->second
                                     : "$cible_" + std::to_string(index))
            << ";\n        }\n";
    }
    return out.str();
}

std::string originMap(const std::vector<std::string>& origins) {
    std::string text;
    for (const auto& origin : origins) {
        text += "        \"" + origin + "\" \"" + origin + "\";\n";
    }
    return text;
}

std::string readText(const std::filesystem::path& path) {
    std::ifstream file(path);
    if (!file) {
        throw std::runtime_error("cannot read " + path.string());
    }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

std::string gatewayConfiguration(const GatewaySettings& settings, const core::Json& contract,
                                 const std::string& templateText) {
    const auto routes = gatewayRoutes(contract);
    std::set<std::string> upstreams;
    for (const auto& route : routes) {
        for (const auto& [method, upstream] : route.upstreamByMethod) {
            upstreams.insert(upstream);
        }
    }
    const std::map<std::string, std::string> facts{
        {"user", settings.user.empty() ? "root root" : settings.user},
        {"folder", settings.folder},
        {"listen", settings.listen + ":" + std::to_string(settings.port)},
        {"documentation", settings.documentation},
        {"contract", settings.contract},
        {"rate", std::to_string(settings.rate)},
        {"burst", std::to_string(settings.rate * 2)},
        {"files", std::to_string(settings.files)},
        {"connections", std::to_string(settings.connections)},
        {"origins", originMap(settings.frontOrigins)},
        {"upstreams", upstreamBlocks(settings, upstreams)},
        {"maps", upstreamMaps(routes)},
        {"routes", routeLocations(routes)},
        {"errors", errorLocations()},
    };
    std::string result;
    for (std::size_t at = 0; at < templateText.size();) {
        const std::size_t open = templateText.find("<<", at);
        result += templateText.substr(at, open - at);
        if (open == std::string::npos) {
            break;
        }
        const std::size_t close = templateText.find(">>", open);
        const std::string name = templateText.substr(open + 2, close - open - 2);
        const auto fact = facts.find(name);
        if (close == std::string::npos || fact == facts.end()) {
            throw std::runtime_error("the gateway's template names <<" + name.substr(0, 40) + ">>, which is not known");
        }
        result += fact->second;
        at = close + 2;
    }
    return result;
}

bool writeGatewayConfiguration(const GatewaySettings& settings, const std::filesystem::path& templateFile,
                               const std::filesystem::path& file) {
    const auto contract = core::parseJson(readText(settings.contract));
    const std::string text = gatewayConfiguration(settings, contract, readText(templateFile));
    if (std::filesystem::exists(file) && readText(file) == text) {
        return false;
    }
    std::ofstream output(file, std::ios::trunc);
    output << text;
    if (!output.flush()) {
        throw std::runtime_error("cannot write " + file.string());
    }
    return true;
}

}  // namespace histologe::environment
