// A file that is imported: read in blocks, known by its fingerprint.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/evp.h>

namespace histologe::intake {

// Hands the file to `prendre` block after block. Throws std::runtime_error when it cannot be read.
template <typename Prendre>
void parBlocs(const std::filesystem::path& fichier, Prendre prendre) {
    std::ifstream flux(fichier, std::ios::binary);
    if (!flux) throw std::runtime_error("cannot read " + fichier.string());
    constexpr std::size_t kBloc = 64 * 1024;
    std::vector<char> bloc(kBloc);
    while (flux.read(bloc.data(), static_cast<std::streamsize>(bloc.size())) || flux.gcount() > 0) {
        prendre(std::string_view(bloc.data(), static_cast<std::size_t>(flux.gcount())));
    }
    if (flux.bad()) throw std::runtime_error("cannot read " + fichier.string());
}

// The SHA-256 of what is added to it, once.
class Empreinte {
  public:
    Empreinte() : contexte_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
        EVP_DigestInit_ex(contexte_.get(), EVP_sha256(), nullptr);
    }
    void ajouter(std::string_view octets) { EVP_DigestUpdate(contexte_.get(), octets.data(), octets.size()); }
    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned taille = 0;
        EVP_DigestFinal_ex(contexte_.get(), digest.data(), &taille);
        constexpr char kHex[] = "0123456789abcdef";
        std::string texte;
        for (unsigned i = 0; i < taille; ++i) {
            texte += kHex[digest[i] >> 4];
            texte += kHex[digest[i] & 15];
        }
        return texte;
    }

  private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> contexte_;
};

}  // namespace histologe::intake
