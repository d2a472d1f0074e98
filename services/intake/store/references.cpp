#include "services/intake/store/references.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kDraw{"references_draw",
                      "INSERT INTO numeros (territoire, annee, dernier) "
                      "SELECT territoire, annee, combien FROM unnest($1::text[], $2::int[], $3::int[]) "
                      "AS lot(territoire, annee, combien) "
                      "ON CONFLICT (territoire, annee) DO UPDATE SET dernier = numeros.dernier + EXCLUDED.dernier "
                      "RETURNING territoire, annee, dernier"};
const Statement kNote{"references_note",
                      "INSERT INTO numeros (territoire, annee, dernier) VALUES ($1, $2, $3) "
                      "ON CONFLICT (territoire, annee) DO UPDATE "
                      "SET dernier = greatest(numeros.dernier, EXCLUDED.dernier)"};
const Statement kLock{"references_lock",
                      "SELECT territoire, annee, numero FROM signalements WHERE uuid = $1 FOR UPDATE"};
const Statement kGive{"references_give", "UPDATE signalements SET annee = $2, numero = $3 WHERE uuid = $1"};

}  // namespace

Compteur compteurDesInjonctions() {
    return {"INJONCTION", 0};
}

std::map<Compteur, int> tirerNumeros(postgres::Transaction& transaction, const std::map<Compteur, int>& combien) {
    std::vector<std::string> territoires;
    std::vector<long long> annees;
    std::vector<long long> nombres;
    for (const auto& [compteur, nombre] : combien) {
        territoires.push_back(compteur.territoire);
        annees.push_back(compteur.annee);
        nombres.push_back(nombre);
    }
    std::map<Compteur, int> premiers;
    const auto rows = transaction.query(kDraw, {territoires, annees, nombres});
    for (const auto& row : rows) {
        const Compteur compteur{row.text(0), static_cast<int>(row.integer(1))};
        premiers[compteur] = static_cast<int>(row.integer(2)) - combien.at(compteur) + 1;
    }
    return premiers;
}

void noterNumero(postgres::Transaction& transaction, const Compteur& compteur, int numero) {
    transaction.send(kNote, {compteur.territoire, compteur.annee, numero});
}

std::string referenceDefinitive(int annee, int numero) {
    return std::to_string(annee) + "-" + std::to_string(numero);
}

std::string referenceInjonction(int numero) {
    return "INJ-" + std::to_string(numero);
}

std::optional<std::string> donnerReference(postgres::Transaction& transaction, const std::string& signalement,
                                           int annee) {
    const auto rows = transaction.query(kLock, {signalement});
    if (rows.empty()) return std::nullopt;
    if (const auto numero = rows[0].optionalInteger(2)) {
        return referenceDefinitive(static_cast<int>(rows[0].integer(1)), static_cast<int>(*numero));
    }
    const Compteur compteur{rows[0].text(0), annee};
    const int numero = tirerNumeros(transaction, {{compteur, 1}}).at(compteur);
    transaction.send(kGive, {signalement, annee, numero});
    return referenceDefinitive(annee, numero);
}

}  // namespace histologe::intake
