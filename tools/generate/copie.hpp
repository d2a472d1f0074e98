// PostgreSQL's COPY: rows streamed into a table, a few kilobytes of them in memory at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace histologe::generate {

// One session, for scripts and copies. Throws std::runtime_error with the server's words.
class Session {
  public:
    explicit Session(const std::string& url);

    void executer(const std::string& sql);
    // The rows of a query, every column as text ("" for NULL).
    std::vector<std::vector<std::string>> lignes(const std::string& sql);

  private:
    friend class Copie;
    struct Fermer {
        void operator()(pg_conn* connection) const;
    };
    std::unique_ptr<pg_conn, Fermer> connection_;
};

// One table being filled: columns in the order named, then fin(). The session does nothing else meanwhile.
class Copie {
  public:
    // `colonnes` as in `recherche (signalement, rang)`.
    Copie(Session& session, const std::string& colonnes);

    Copie& texte(std::string_view valeur);
    Copie& nul();
    Copie& entier(long long valeur) { return brut(std::to_string(valeur)); }
    Copie& reel(double valeur);
    Copie& booleen(bool valeur) { return brut(valeur ? "t" : "f"); }
    void finDeLigne();
    void fin();

  private:
    Copie& brut(std::string_view valeur);
    void colonne();
    void envoyer();

    Session& session_;
    std::string tampon_;
    bool debutDeLigne_ = true;
};

}  // namespace histologe::generate
