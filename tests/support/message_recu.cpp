#include "tests/support/message_recu.hpp"

#include <algorithm>
#include <regex>
#include <stdexcept>

namespace histologe::test {
namespace {

std::string hexa(std::string_view texte, char soulignement) {
    std::string sortie;
    for (std::size_t i = 0; i < texte.size(); ++i) {
        if (texte[i] == '=' && i + 2 < texte.size()) {
            sortie += static_cast<char>(std::stoi(std::string(texte.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            sortie += texte[i] == '_' ? soulignement : texte[i];
        }
    }
    return sortie;
}

std::string remplace(std::string texte, const std::string& quoi, const std::string& par) {
    for (std::size_t p = 0; (p = texte.find(quoi, p)) != std::string::npos; p += par.size())
        texte.replace(p, quoi.size(), par);
    return texte;
}

std::string minuscules(std::string texte) {
    std::transform(texte.begin(), texte.end(), texte.begin(), [](unsigned char c) { return std::tolower(c); });
    return texte;
}

std::vector<std::pair<std::string, std::string>> lireEntetes(const std::string& bloc) {
    std::vector<std::pair<std::string, std::string>> lignes;
    const std::string deplie = std::regex_replace(bloc, std::regex("\r\n[ \t]"), " ");
    for (std::size_t debut = 0; debut < deplie.size();) {
        std::size_t fin = deplie.find("\r\n", debut);
        if (fin == std::string::npos) fin = deplie.size();
        const std::string ligne = deplie.substr(debut, fin - debut);
        const std::size_t deux = ligne.find(": ");
        if (deux == std::string::npos) throw std::runtime_error("not a header: " + ligne);
        lignes.emplace_back(ligne.substr(0, deux), ligne.substr(deux + 2));
        debut = fin + 2;
    }
    return lignes;
}

Partie lirePartie(const std::string& texte) {
    const std::size_t vide = texte.find("\r\n\r\n");
    if (vide == std::string::npos) throw std::runtime_error("a part without a body");
    Partie partie;
    for (const auto& [nom, valeur] : lireEntetes(texte.substr(0, vide))) partie.entetes[minuscules(nom)] = valeur;
    partie.corps = texte.substr(vide + 4);
    if (partie.entetes["content-transfer-encoding"] == "quoted-printable")
        partie.corps = hexa(remplace(partie.corps, "=\r\n", ""), '_');
    partie.corps = remplace(partie.corps, "\r\n", "\n");
    return partie;
}

}  // namespace

std::string decoder(std::string_view valeur) {
    static const std::regex kMot("=\\?UTF-8\\?Q\\?([^?]*)\\?=");
    const std::string colle = std::regex_replace(std::string(valeur), std::regex("\\?= +=\\?"), "?==?");
    std::string sortie;
    auto reste = colle.cbegin();
    for (std::sregex_iterator mot(colle.begin(), colle.end(), kMot), fin; mot != fin; ++mot) {
        sortie.append(reste, mot->prefix().second);
        sortie += hexa((*mot)[1].str(), ' ');
        reste = mot->suffix().first;
    }
    sortie.append(reste, colle.cend());
    return sortie;
}

Lu lire(const std::string& contenu) {
    const std::size_t vide = contenu.find("\r\n\r\n");
    if (vide == std::string::npos) throw std::runtime_error("no end of the headers");
    Lu lu;
    lu.lignes = lireEntetes(contenu.substr(0, vide));
    for (const auto& [nom, valeur] : lu.lignes) {
        if (!lu.entetes.emplace(minuscules(nom), decoder(valeur)).second)
            throw std::runtime_error("a header comes twice: " + nom);
    }
    std::smatch frontiere;
    if (!std::regex_search(lu.entetes["content-type"], frontiere, std::regex("boundary=\"?([^\";]+)")))
        throw std::runtime_error("no boundary");
    const std::string marque = "\r\n--" + frontiere[1].str();
    const std::string corps = "\r\n" + contenu.substr(vide + 4);
    std::size_t debut = corps.find(marque);
    while (debut != std::string::npos && corps.compare(debut + marque.size(), 2, "--") != 0) {
        debut += marque.size() + 2;
        const std::size_t fin = corps.find(marque, debut);
        if (fin == std::string::npos) throw std::runtime_error("a part without an end");
        lu.parties.push_back(lirePartie(corps.substr(debut, fin - debut)));
        debut = fin;
    }
    return lu;
}

}  // namespace histologe::test
