#include "tools/generate/copie.hpp"

#include <charconv>
#include <stdexcept>

#include <libpq-fe.h>

namespace histologe::generate {
namespace {

constexpr std::size_t kTampon = 256 * 1024;

struct Effacer {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Resultat = std::unique_ptr<PGresult, Effacer>;

Resultat verifier(pg_conn* connection, PGresult* result, ExecStatusType attendu) {
    Resultat garde(result);
    const auto status = PQresultStatus(result);
    if (status != attendu && !(attendu == PGRES_COMMAND_OK && status == PGRES_TUPLES_OK)) {
        throw std::runtime_error(PQerrorMessage(connection));
    }
    return garde;
}

}  // namespace

void Session::Fermer::operator()(pg_conn* connection) const { PQfinish(connection); }

Session::Session(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection_.get()));
    executer("SET client_min_messages = warning");
}

void Session::executer(const std::string& sql) {
    verifier(connection_.get(), PQexec(connection_.get(), sql.c_str()), PGRES_COMMAND_OK);
}

std::vector<std::vector<std::string>> Session::lignes(const std::string& sql) {
    const auto result = verifier(connection_.get(), PQexec(connection_.get(), sql.c_str()), PGRES_TUPLES_OK);
    std::vector<std::vector<std::string>> lues;
    for (int ligne = 0; ligne < PQntuples(result.get()); ++ligne) {
        auto& valeurs = lues.emplace_back();
        for (int colonne = 0; colonne < PQnfields(result.get()); ++colonne) {
            valeurs.emplace_back(PQgetvalue(result.get(), ligne, colonne));
        }
    }
    return lues;
}

Copie::Copie(Session& session, const std::string& colonnes) : session_(session) {
    const auto sql = "COPY " + colonnes + " FROM STDIN";
    verifier(session_.connection_.get(), PQexec(session_.connection_.get(), sql.c_str()), PGRES_COPY_IN);
}

void Copie::colonne() {
    if (!debutDeLigne_) tampon_ += '\t';
    debutDeLigne_ = false;
}

Copie& Copie::brut(std::string_view valeur) {
    colonne();
    tampon_ += valeur;
    return *this;
}

Copie& Copie::nul() { return brut("\\N"); }

Copie& Copie::texte(std::string_view valeur) {
    colonne();
    for (const char c : valeur) {
        switch (c) {
            case '\\': tampon_ += "\\\\"; break;
            case '\t': tampon_ += "\\t"; break;
            case '\n': tampon_ += "\\n"; break;
            case '\r': tampon_ += "\\r"; break;
            default: tampon_ += c;
        }
    }
    return *this;
}

Copie& Copie::reel(double valeur) {
    char texte[32];
    return brut({texte, static_cast<std::size_t>(std::to_chars(texte, texte + sizeof texte, valeur).ptr - texte)});
}

void Copie::finDeLigne() {
    tampon_ += '\n';
    debutDeLigne_ = true;
    if (tampon_.size() >= kTampon) envoyer();
}

void Copie::envoyer() {
    auto* connection = session_.connection_.get();
    if (PQputCopyData(connection, tampon_.data(), static_cast<int>(tampon_.size())) != 1) {
        throw std::runtime_error(PQerrorMessage(connection));
    }
    tampon_.clear();
}

void Copie::fin() {
    if (!tampon_.empty()) envoyer();
    auto* connection = session_.connection_.get();
    if (PQputCopyEnd(connection, nullptr) != 1) throw std::runtime_error(PQerrorMessage(connection));
    verifier(connection, PQgetResult(connection), PGRES_COMMAND_OK);
    Resultat(PQgetResult(connection));
}

}  // namespace histologe::generate
