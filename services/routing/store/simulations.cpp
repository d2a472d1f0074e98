#include "services/routing/store/simulations.hpp"

namespace histologe::routing {
namespace {

const postgres::Statement kRead{"simulations_read",
                                "SELECT territoire, code_insee, longitude, latitude, logement_social, allocataire, "
                                "profil, bailleur, statut, qualifications, "
                                "(SELECT coalesce(jsonb_agg(partenaire ORDER BY partenaire), '[]') FROM affectations a "
                                "WHERE a.signalement = d.signalement) "
                                "FROM dossiers d WHERE signalement = $1 AND depose_le IS NOT NULL"};

}  // namespace

std::optional<DossierAOrienter> lireDossierASimuler(postgres::Transaction& transaction, const std::string& signalement) {
    const auto lignes = transaction.query(kRead, {signalement});
    if (lignes.empty()) return std::nullopt;
    const auto ligne = lignes[0];
    DossierAOrienter lu;
    auto& declaration = lu.declaration;
    declaration.signalement = signalement;
    declaration.territoire = ligne.optionalText(0).value_or("");
    declaration.codeInsee = ligne.optionalText(1);
    declaration.longitude = ligne.optionalReal(2);
    declaration.latitude = ligne.optionalReal(3);
    declaration.logementSocial = ligne.optionalFlag(4);
    declaration.allocataire = ligne.optionalText(5);
    declaration.profil = ligne.optionalText(6);
    declaration.bailleur = ligne.optionalText(7);
    lu.statut = ligne.text(8);
    lu.qualifications = ligne.isNull(9) ? core::Json::array() : ligne.json(9);
    lu.dejaAffectes = ligne.json(10).get<std::vector<std::string>>();
    return lu;
}

}  // namespace histologe::routing
