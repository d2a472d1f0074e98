#include "services/notification/store/dossiers_usagers.hpp"

namespace histologe::notification {
namespace {

using core::Json;
using postgres::Statement;

const Statement kGarder{
    "dossiers_usagers_garder",
    "INSERT INTO dossiers_usagers (signalement, contenu, modifie_le) "
    "SELECT DISTINCT ON (signalement) signalement, contenu, $2::timestamptz "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement text, contenu jsonb) "
    "ON CONFLICT (signalement) DO UPDATE SET contenu = EXCLUDED.contenu, modifie_le = EXCLUDED.modifie_le "
    "RETURNING signalement, contenu, valide"};
const Statement kValider{"dossiers_usagers_valider",
                         "INSERT INTO dossiers_usagers (signalement, valide, modifie_le) "
                         "SELECT DISTINCT s, true, $2::timestamptz FROM jsonb_array_elements_text($1::jsonb) AS s "
                         "ON CONFLICT (signalement) DO UPDATE SET valide = true, modifie_le = EXCLUDED.modifie_le "
                         "RETURNING signalement, contenu"};

const Statement kTrouver{"dossiers_usagers_trouver",
                         "SELECT signalement, contenu FROM dossiers_usagers WHERE contenu IS NOT NULL "
                         "AND signalement IN (SELECT jsonb_array_elements_text($1::jsonb))"};
const Statement kCorriger{"dossiers_usagers_corriger",
                          "UPDATE dossiers_usagers d SET contenu = d.contenu || lot.contenu, modifie_le = $2::timestamptz "
                          "FROM jsonb_to_recordset($1::jsonb) AS lot(signalement text, contenu jsonb) "
                          "WHERE d.signalement = lot.signalement AND d.contenu IS NOT NULL"};

Json enJson(const Personne& personne) {
    return {{"prenom", personne.prenom}, {"nom", personne.nom}, {"courriel", personne.courriel}};
}

Personne personneDe(const Json& json) {
    return {json.at("prenom").get<std::string>(), json.at("nom").get<std::string>(),
            json.at("courriel").get<std::string>()};
}

Json enJson(const DossierUsagers& d) {
    return {{"reference", d.reference},
            {"territoire", d.territoire},
            {"statut", d.statut},
            {"profilDeclarant", d.profilDeclarant},
            {"occupant", enJson(d.occupant)},
            {"declarant", enJson(d.declarant)},
            {"codeSuivi", d.codeSuivi},
            {"adresse", d.adresse},
            {"codePostal", d.codePostal},
            {"commune", d.commune},
            {"logementVacant", d.logementVacant},
            {"bailleurAverti", d.bailleurAverti}};
}

DossierUsagers dossierDe(const std::string& signalement, const Json& json) {
    DossierUsagers d;
    d.signalementId = signalement;
    d.reference = json.at("reference").get<std::string>();
    d.territoire = json.at("territoire").get<std::string>();
    d.statut = json.at("statut").get<std::string>();
    d.profilDeclarant = json.at("profilDeclarant").get<std::string>();
    d.occupant = personneDe(json.at("occupant"));
    d.declarant = personneDe(json.at("declarant"));
    d.codeSuivi = json.at("codeSuivi").get<std::string>();
    d.adresse = json.at("adresse").get<std::string>();
    d.codePostal = json.at("codePostal").get<std::string>();
    d.commune = json.at("commune").get<std::string>();
    d.logementVacant = json.at("logementVacant").get<bool>();
    d.bailleurAverti = json.at("bailleurAverti").get<bool>();
    return d;
}

}  // namespace

std::vector<DossierUsagers> garderDossiers(postgres::Transaction& transaction,
                                           const std::vector<DossierUsagers>& dossiers, core::Instant now) {
    Json lot = Json::array();
    for (const DossierUsagers& dossier : dossiers)
        lot.push_back({{"signalement", dossier.signalementId}, {"contenu", enJson(dossier)}});
    std::vector<DossierUsagers> dejaValides;
    const postgres::Result lignes = transaction.query(kGarder, {lot, now});
    for (const postgres::Row ligne : lignes)
        if (ligne.flag(2)) dejaValides.push_back(dossierDe(ligne.text(0), ligne.json(1)));
    return dejaValides;
}

std::vector<DossierUsagers> validerDossiers(postgres::Transaction& transaction,
                                            const std::vector<std::string>& signalements, core::Instant now) {
    std::vector<DossierUsagers> connus;
    const postgres::Result lignes = transaction.query(kValider, {Json(signalements), now});
    for (const postgres::Row ligne : lignes)
        if (!ligne.isNull(1)) connus.push_back(dossierDe(ligne.text(0), ligne.json(1)));
    return connus;
}

std::unordered_map<std::string, DossierUsagers> trouverDossiers(postgres::Transaction& transaction,
                                                                const std::vector<std::string>& signalements) {
    std::unordered_map<std::string, DossierUsagers> connus;
    const postgres::Result lignes = transaction.query(kTrouver, {Json(signalements)});
    for (const postgres::Row ligne : lignes) connus[ligne.text(0)] = dossierDe(ligne.text(0), ligne.json(1));
    return connus;
}

void corrigerDossiers(postgres::Transaction& transaction, const std::vector<DossierUsagers>& dossiers,
                      core::Instant now) {
    std::unordered_map<std::string, const DossierUsagers*> derniers;
    for (const DossierUsagers& dossier : dossiers) derniers[dossier.signalementId] = &dossier;
    Json lot = Json::array();
    for (const auto& [signalement, dossier] : derniers) {
        Json contenu = enJson(*dossier);
        for (const char* tu : {"codeSuivi", "territoire", "statut", "bailleurAverti"}) contenu.erase(tu);
        lot.push_back({{"signalement", signalement}, {"contenu", std::move(contenu)}});
    }
    transaction.send(kCorriger, {lot, now});
}

}  // namespace histologe::notification
