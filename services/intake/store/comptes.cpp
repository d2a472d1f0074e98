#include "services/intake/store/comptes.hpp"

#include <algorithm>

#include "services/intake/domain/brouillon.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kCount{"comptes_count",
                       "INSERT INTO comptes (cle, fenetre, nombre) VALUES ($1, $2, 1) "
                       "ON CONFLICT (cle, fenetre) DO UPDATE SET nombre = comptes.nombre + 1 RETURNING nombre"};
const Statement kGiveBack{"comptes_give_back",
                          "UPDATE comptes SET nombre = greatest(nombre - 1, 0) WHERE cle = $1 AND fenetre = $2"};
const Statement kReset{"comptes_reset", "DELETE FROM comptes WHERE cle = $1"};
const Statement kForget{"comptes_forget",
                        "DELETE FROM comptes WHERE (cle, fenetre) IN (SELECT cle, fenetre FROM comptes "
                        "WHERE fenetre <= $1 ORDER BY fenetre LIMIT $2 FOR UPDATE SKIP LOCKED)"};

core::Instant debutDeFenetre(const Limite& limite, core::Instant now) {
    const auto length = std::chrono::duration_cast<std::chrono::microseconds>(limite.fenetre);
    return now - now.time_since_epoch() % length;
}

}  // namespace

std::string cleDeCompte(std::string_view quoi, std::string_view qui) {
    return std::string(quoi) + ":" + empreinteDe(quoi, qui);
}

bool compter(postgres::Transaction& transaction, const std::string& cle, const Limite& limite, core::Instant now) {
    return transaction.query(kCount, {cle, debutDeFenetre(limite, now)})[0].integer(0) <= limite.nombre;
}

void rendreCompte(postgres::Transaction& transaction, const std::string& cle, const Limite& limite, core::Instant now) {
    transaction.send(kGiveBack, {cle, debutDeFenetre(limite, now)});
}

void oublierCompte(postgres::Transaction& transaction, const std::string& cle) {
    transaction.send(kReset, {cle});
}

int secondesAvantLaFin(const Limite& limite, core::Instant now) {
    const auto left = debutDeFenetre(limite, now) + limite.fenetre - now;
    return static_cast<int>(std::max<long long>(1, std::chrono::ceil<std::chrono::seconds>(left).count()));
}

int effacerComptes(postgres::Connection& session, core::Instant now, int most) {
    return static_cast<int>(session.run(kForget, {now - std::chrono::days(1), most}).affected());
}

}  // namespace histologe::intake
