#include "services/routing/store/echeances_comptes.hpp"

namespace histologe::routing {
namespace {

using postgres::Statement;

const Statement kSchedule{
    "echeances_schedule",
    "UPDATE comptes SET archivage_prevu_le = $2, mot_de_passe = NULL, version = version + 1 WHERE id IN "
    "(SELECT id FROM comptes WHERE greatest(derniere_connexion_le, cree_le, ramene_le) <= $1 AND anonymise_le IS NULL "
    " AND statut <> 'ARCHIVE' AND archivage_prevu_le IS NULL AND NOT systeme ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED) "
    "RETURNING id"};
const Statement kAnnounce{
    "echeances_announce",
    "WITH lot AS (SELECT p.contenu->>'territoire' AS territoire, count(DISTINCT c.id) AS comptes FROM comptes c "
    "  JOIN comptes_partenaires cp ON cp.compte = c.id JOIN partenaires p ON p.id = cp.partenaire "
    "  WHERE c.archivage_prevu_le > $2 AND c.statut <> 'ARCHIVE' AND p.contenu->>'territoire' IS NOT NULL GROUP BY 1), "
    "pris AS (INSERT INTO comptes_annonces (territoire, mois) SELECT territoire, $1::date FROM lot "
    "  ON CONFLICT DO NOTHING RETURNING territoire) "
    "SELECT lot.territoire, lot.comptes, (SELECT coalesce(json_agg(DISTINCT r.id), '[]') FROM comptes r "
    "  JOIN comptes_partenaires rp ON rp.compte = r.id JOIN partenaires q ON q.id = rp.partenaire "
    "  WHERE r.role = 'responsable_territoire' AND r.statut = 'ACTIVE' AND q.contenu->>'territoire' = lot.territoire) "
    "FROM lot JOIN pris USING (territoire)"};
const Statement kDue{"echeances_due",
                     "SELECT id FROM comptes WHERE archivage_prevu_le <= $1 AND statut <> 'ARCHIVE' AND NOT systeme "
                     "ORDER BY archivage_prevu_le, id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED"};
const Statement kRemind{
    "echeances_remind",
    "UPDATE comptes SET rappel_activation_le = $2 WHERE id IN (SELECT id FROM comptes WHERE statut = 'INACTIVE' "
    "AND coalesce(rappel_activation_le, cree_le) <= $1 AND desactive_le IS NULL AND archivage_prevu_le IS NULL "
    "AND NOT systeme AND role <> 'api' ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING id"};
const Statement kAnonymise{
    "echeances_anonymise",
    "WITH lot AS (UPDATE comptes SET courriel = 'anonyme@' || id, prenom = 'Utilisateur', nom = 'Anonymisé', fonction = '', "
    "  telephone = '', identite_proconnect = NULL, mot_de_passe = NULL, anonymise_le = $2, version = version + 1 "
    "  WHERE id IN (SELECT id FROM comptes WHERE greatest(derniere_connexion_le, cree_le, ramene_le) <= $1 "
    "  AND anonymise_le IS NULL AND statut = 'ARCHIVE' AND NOT systeme ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED) "
    "  RETURNING id), "
    "efface AS (UPDATE evenements SET personnel = '{}' WHERE sujet IN (SELECT 'compte:' || id FROM lot)) "
    "SELECT count(*) FROM lot"};
const Statement kErase{
    "echeances_erase",
    "WITH lot AS (UPDATE comptes_liens SET efface = true WHERE empreinte IN (SELECT empreinte FROM comptes_liens "
    "  WHERE NOT efface AND expire_le < $1::timestamptz - interval '1 day' LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING compte), "
    "efface AS (UPDATE evenements SET personnel = '{}' WHERE sujet IN (SELECT 'compte:' || compte FROM lot) "
    "  AND type = 'compte.courriel_demande' AND cree_le < $1::timestamptz - interval '1 day') "
    "SELECT count(*) FROM lot"};

std::vector<CompteLu> comptesDe(postgres::Transaction& transaction, const postgres::Result& lignes) {
    std::vector<CompteLu> comptes;
    for (const auto& ligne : lignes) {
        if (auto compte = lireCompte(transaction, ligne.text(0))) comptes.push_back(std::move(*compte));
    }
    return comptes;
}

}  // namespace

std::vector<CompteLu> prevoirArchivages(postgres::Transaction& transaction, core::Instant depuis, core::Instant prevuLe,
                                        int combien) {
    return comptesDe(transaction, transaction.query(kSchedule, {depuis, prevuLe, combien}));
}

std::vector<AnnonceArchivages> prendreAnnonces(postgres::Transaction& transaction, std::chrono::sys_days mois,
                                               core::Instant apres) {
    std::vector<AnnonceArchivages> annonces;
    const auto jour = core::toRfc3339(core::Instant(mois)).substr(0, 10);
    const auto lignes = transaction.query(kAnnounce, {jour, apres});
    for (const auto& ligne : lignes) {
        AnnonceArchivages une{ligne.text(0), static_cast<int>(ligne.integer(1)), {}};
        const auto responsables = ligne.json(2);
        for (const auto& id : responsables) une.responsables.push_back(id.get<std::string>());
        annonces.push_back(std::move(une));
    }
    return annonces;
}

std::vector<CompteLu> archivagesDus(postgres::Transaction& transaction, core::Instant now, int combien) {
    return comptesDe(transaction, transaction.query(kDue, {now, combien}));
}

std::vector<CompteLu> rappelsActivation(postgres::Transaction& transaction, core::Instant avant, core::Instant now,
                                        int combien) {
    return comptesDe(transaction, transaction.query(kRemind, {avant, now, combien}));
}

int anonymiser(postgres::Transaction& transaction, core::Instant depuis, core::Instant now, int combien) {
    return static_cast<int>(transaction.query(kAnonymise, {depuis, now, combien})[0].integer(0));
}

int effacerSecrets(postgres::Transaction& transaction, core::Instant now, int combien) {
    return static_cast<int>(transaction.query(kErase, {now, combien})[0].integer(0));
}

}  // namespace histologe::routing
