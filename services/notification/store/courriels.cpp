#include "services/notification/store/courriels.hpp"

#include "libs/core/ids.hpp"

namespace histologe::notification {
namespace {

using core::Json;
using postgres::Statement;

const Statement kAjouter{
    "courriels_ajouter",
    "INSERT INTO courriels (id, type, signalement, objet, destinataire, territoire, variables, prochain_essai, "
    "cree_le) "
    "SELECT id, type, signalement, objet, destinataire, territoire, variables, $2::timestamptz, $2::timestamptz "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(id uuid, type text, signalement text, objet text, destinataire text, "
    "territoire text, variables jsonb) ON CONFLICT (type, objet, destinataire) DO NOTHING"};

const Statement kBailler{
    "courriels_bailler",
    "WITH dus AS (SELECT id FROM courriels WHERE etat = 'A_ENVOYER' AND prochain_essai <= $1::timestamptz "
    "ORDER BY prochain_essai LIMIT $4::int FOR UPDATE SKIP LOCKED) "
    "UPDATE courriels c SET etat = 'EN_COURS', bail = $2, bail_jusqu_a = $3::timestamptz FROM dus WHERE c.id = dus.id "
    "RETURNING c.id, c.type, c.signalement, c.objet, c.destinataire, c.territoire, c.variables, c.essais, c.cree_le"};

const Statement kReprendre{
    "courriels_reprendre",
    "WITH echus AS (SELECT id FROM courriels WHERE etat = 'EN_COURS' AND bail_jusqu_a < $1::timestamptz "
    "AND id NOT IN (SELECT i::uuid FROM jsonb_array_elements_text($2::jsonb) AS i) FOR UPDATE SKIP LOCKED) "
    "UPDATE courriels c SET etat = 'A_ENVOYER', prochain_essai = $1::timestamptz, bail = NULL, bail_jusqu_a = NULL "
    "FROM echus WHERE c.id = echus.id"};

const Statement kEnvoyes{
    "courriels_envoyes",
    "UPDATE courriels c SET etat = 'ENVOYE', essais = c.essais + 1, envoye_le = $2::timestamptz, bail = NULL, "
    "bail_jusqu_a = NULL, attend_serveur = false, dernier_code = lot.code, derniere_etape = lot.etape, erreur = NULL, "
    "variables = '{}'::jsonb "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(id uuid, code int, etape text) "
    "WHERE c.id = lot.id AND c.etat <> 'ENVOYE' RETURNING c.id, c.type, c.signalement, c.objet, c.essais"};

const Statement kNonEnvoyes{
    "courriels_non_envoyes",
    "UPDATE courriels c SET etat = lot.etat, essais = c.essais + lot.essaye::int, bail = NULL, bail_jusqu_a = NULL, "
    "prochain_essai = coalesce(lot.prochain_essai, c.prochain_essai), "
    "attend_serveur = CASE WHEN lot.essaye THEN lot.attend_serveur ELSE c.attend_serveur END, "
    "dernier_code = CASE WHEN lot.essaye THEN lot.code ELSE c.dernier_code END, "
    "derniere_etape = CASE WHEN lot.essaye THEN lot.etape ELSE c.derniere_etape END, "
    "erreur = CASE WHEN lot.essaye THEN lot.erreur ELSE c.erreur END "
    "FROM jsonb_to_recordset($1::jsonb) AS lot(id uuid, bail text, etat text, essaye boolean, attend_serveur boolean, "
    "prochain_essai timestamptz, code int, etape text, erreur text) "
    "WHERE c.id = lot.id AND c.etat = 'EN_COURS' AND c.bail = lot.bail"};

const Statement kAvancer{
    "courriels_avancer",
    "WITH attendent AS (SELECT id FROM courriels WHERE etat = 'A_ENVOYER' AND attend_serveur "
    "AND prochain_essai > $1::timestamptz FOR UPDATE SKIP LOCKED) "
    "UPDATE courriels c SET prochain_essai = $1::timestamptz FROM attendent WHERE c.id = attendent.id"};

const Statement kCompter{"courriels_compter",
                         "SELECT etat, count(*), min(cree_le) FROM courriels WHERE etat <> 'ENVOYE' GROUP BY etat"};

Json enJson(const FinDeBail& fin) {
    Json ligne = {{"id", fin.id},         {"bail", fin.bail},   {"etat", nomStocke(fin.etat)},
                  {"essaye", fin.essaye}, {"etape", fin.etape}, {"attend_serveur", fin.attendServeur},
                  {"erreur", fin.erreur}};
    if (fin.code) ligne["code"] = *fin.code;
    if (fin.etat == Etat::AEnvoyer) ligne["prochain_essai"] = core::toRfc3339(fin.prochainEssai);
    return ligne;
}

// A value that is not text was not written by us: the templates do without it.
Variables variablesDe(const Json& json) {
    Variables variables;
    for (const auto& [nom, valeur] : json.items())
        if (valeur.is_string()) variables.emplace(nom, valeur.get<std::string>());
    return variables;
}

}  // namespace

void ajouterCourriels(postgres::Transaction& transaction, const std::vector<CourrielACreer>& courriels,
                      core::Instant now) {
    if (courriels.empty()) return;
    Json lot = Json::array();
    for (const CourrielACreer& courriel : courriels)
        lot.push_back({{"id", core::uuidV7(now)},
                       {"type", nomStocke(courriel.type)},
                       {"signalement", courriel.signalementId},
                       {"objet", courriel.objet},
                       {"destinataire", courriel.destinataire},
                       {"territoire", courriel.territoire},
                       {"variables", courriel.variables}});
    transaction.send(kAjouter, {lot, now});
}

std::vector<CourrielBaille> bailler(postgres::Connection& connection, const std::string& bail, core::Instant now,
                                    core::Instant jusquA, int combien) {
    std::vector<CourrielBaille> bailles;
    const postgres::Result lignes = connection.run(kBailler, {now, bail, jusquA, combien});
    for (const postgres::Row ligne : lignes) {
        CourrielBaille baille;
        baille.id = ligne.text(0);
        baille.bail = bail;
        baille.bailJusquA = jusquA;
        const std::optional<TypeCourriel> type = typeDeNom(ligne.view(1));
        if (!type) continue;  // written by a later version: its lease ends, a later version takes it
        baille.courriel = {*type,         ligne.text(2), ligne.text(3),
                           ligne.text(4), ligne.text(5), variablesDe(ligne.json(6))};
        baille.essais = static_cast<int>(ligne.integer(7));
        baille.creeLe = ligne.instant(8);
        bailles.push_back(std::move(baille));
    }
    return bailles;
}

int reprendreBauxEchus(postgres::Connection& connection, core::Instant now, const std::vector<std::string>& enMain) {
    return static_cast<int>(connection.run(kReprendre, {now, Json(enMain)}).affected());
}

std::string_view nomStocke(Etat etat) noexcept {
    switch (etat) {
        case Etat::AEnvoyer:
            return "A_ENVOYER";
        case Etat::EnCours:
            return "EN_COURS";
        case Etat::Envoye:
            return "ENVOYE";
        case Etat::Echec:
            return "ECHEC";
    }
    return "";
}

std::vector<CourrielEnvoye> noterFins(postgres::Transaction& transaction, const std::vector<FinDeBail>& fins,
                                      core::Instant now) {
    Json envoyes = Json::array();
    Json autres = Json::array();
    for (const FinDeBail& fin : fins) (fin.etat == Etat::Envoye ? envoyes : autres).push_back(enJson(fin));
    if (!autres.empty()) transaction.send(kNonEnvoyes, {autres});
    std::vector<CourrielEnvoye> devenus;
    if (envoyes.empty()) return devenus;
    const postgres::Result lignes = transaction.query(kEnvoyes, {envoyes, now});
    for (const postgres::Row ligne : lignes)
        devenus.push_back(
            {ligne.text(0), ligne.text(1), ligne.text(2), ligne.text(3), static_cast<int>(ligne.integer(4))});
    return devenus;
}

int avancerCeuxQuiAttendent(postgres::Connection& connection, core::Instant now) {
    return static_cast<int>(connection.run(kAvancer, {now}).affected());
}

Decompte compterNonEnvoyes(postgres::Connection& connection) {
    Decompte decompte;
    const postgres::Result lignes = connection.run(kCompter);
    for (const postgres::Row ligne : lignes) {
        const std::string_view etat = ligne.view(0);
        if (etat == nomStocke(Etat::Echec)) {
            decompte.echecs = ligne.integer(1);
            continue;
        }
        (etat == nomStocke(Etat::EnCours) ? decompte.enCours : decompte.aEnvoyer) = ligne.integer(1);
        const core::Instant ancien = ligne.instant(2);
        if (!decompte.plusAncien || ancien < *decompte.plusAncien) decompte.plusAncien = ancien;
    }
    return decompte;
}

}  // namespace histologe::notification
