#include "services/routing/store/fiches_annuaire.hpp"

#include "libs/core/text.hpp"
#include "services/routing/store/communes.hpp"

namespace histologe::routing {
namespace {

using core::Json;
using postgres::Statement;

struct Table {
    std::string_view nom;
    Statement lire;
    Statement lister;
    Statement creer;
    Statement changer;
    Statement homonyme;
};

#define HISTOLOGE_PANNE_NONE "NULL::text, NULL::timestamptz"
#define HISTOLOGE_PANNE "panne, panne_le"

// The criteria that every list has; `order` is what it is sorted by, `type` the member that says what it is.
#define HISTOLOGE_LIST(table, panne, label, type, order)                                    \
    "SELECT id, contenu, version, archive_le IS NOT NULL, " panne " FROM " #table           \
    " WHERE "                                                                               \
    "($1::text[] IS NULL AND $2::text[] IS NULL OR contenu->>'territoire' = ANY($1) "       \
    " OR contenu->'territoires' ?| $1 OR id = ANY($2)) "                                    \
    "AND ($3::text IS NULL OR contenu->>'territoire' = $3 OR contenu->'territoires' ? $3) " \
    "AND ($4::text IS NULL OR contenu->>'" type                                             \
    "' = $4) AND ($5::text IS NULL OR contenu->'competences' ? $5) "                        \
    "AND ($6::text IS NULL OR strpos(lower(public.unaccent(contenu->>'" label               \
    "')), $6) > 0) "                                                                        \
    "AND (archive_le IS NOT NULL) = $7 "                                                    \
    "AND ($8::text IS NULL OR (" order ") > (SELECT " order " FROM " #table                 \
    " WHERE id = $8)) "                                                                     \
    "ORDER BY " order " LIMIT $9"

#define HISTOLOGE_TABLE(table, panne, label, type, order, raised)                                                  \
    Table {                                                                                                        \
#table, {"fiches_read_" #table,                                                                            \
                 "SELECT id, contenu, version, archive_le IS NOT NULL, " panne " FROM " #table " WHERE id = $1" }, \
                 {"fiches_list_" #table, HISTOLOGE_LIST(table, panne, label, type, order) },                       \
                  {"fiches_add_" #table, "INSERT INTO " #table " (id, contenu) VALUES ($1, $2)" },                 \
                   {"fiches_change_" #table,                                                                       \
                    "UPDATE " #table                                                                               \
                    " SET contenu = $2, archive_le = CASE WHEN $3 THEN "                                           \
                    "coalesce(archive_le, $4) END" raised " WHERE id = $1" },                                      \
        {                                                                                                          \
            "fiches_namesake_" #table, "SELECT id FROM " #table                                                    \
                                       " WHERE contenu->>'territoire' = $1 AND "                                   \
                                       "lower(public.unaccent(contenu->>'" label                                   \
                                       "')) = $2 AND id <> $3 "                                                    \
                                       "AND archive_le IS NULL LIMIT 1"                                            \
        }                                                                                                          \
    }

#define HISTOLOGE_BY(label) "lower(public.unaccent(contenu->>'" label "')), id"

const std::array<Table, 5> kTables = {
    HISTOLOGE_TABLE(partenaires, HISTOLOGE_PANNE_NONE, "nom", "type", HISTOLOGE_BY("nom"), ""),
    HISTOLOGE_TABLE(zones, HISTOLOGE_PANNE_NONE, "nom", "type", HISTOLOGE_BY("nom"), ""),
    HISTOLOGE_TABLE(regles, HISTOLOGE_PANNE, "id", "typePartenaire", "contenu->>'territoire', rang",
                    ", panne = NULL, panne_le = NULL"),
    HISTOLOGE_TABLE(bailleurs, HISTOLOGE_PANNE_NONE, "nom", "type", HISTOLOGE_BY("nom"), ""),
    HISTOLOGE_TABLE(etiquettes, HISTOLOGE_PANNE_NONE, "libelle", "type", HISTOLOGE_BY("libelle"), "")};

#undef HISTOLOGE_BY
#undef HISTOLOGE_TABLE
#undef HISTOLOGE_LIST
#undef HISTOLOGE_PANNE
#undef HISTOLOGE_PANNE_NONE

const Statement kNamed{"fiches_named",
                       "SELECT 'z', id, contenu->>'territoire', NULL::text, NULL::jsonb FROM zones WHERE id = "
                       "ANY($1::text[]) AND archive_le IS NULL "
                       "UNION ALL SELECT 'e', id, contenu->>'nom', NULL, NULL FROM epcis WHERE id = ANY($2::text[]) "
                       "UNION ALL SELECT 'b', id, NULL, NULL, contenu->'territoires' FROM bailleurs WHERE id = "
                       "ANY($3::text[]) AND archive_le IS NULL "
                       "UNION ALL SELECT 'p', id, contenu->>'territoire', contenu->>'type', NULL FROM partenaires "
                       "WHERE id = ANY($4::text[]) "
                       "AND archive_le IS NULL"};
const Statement kNote{"fiches_note",
                      "INSERT INTO annuaire_historique (genre, fiche, auteur, action, avant, apres, le) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
const Statement kHistory{"fiches_history",
                         "SELECT auteur, action, avant, apres, le FROM annuaire_historique "
                         "WHERE genre = $1 AND fiche = $2 ORDER BY rang DESC LIMIT 200"};
const Statement kMailTaken{
    "fiches_mail_taken",
    "SELECT 1 FROM partenaires WHERE lower(contenu->>'courriel') = $2 AND contenu->>'territoire' = $1 "
    "AND id <> $3 AND archive_le IS NULL LIMIT 1"};
const Statement kMailOfAccount{"fiches_mail_of_account",
                               "SELECT 1 FROM comptes WHERE courriel = $1 AND statut <> 'ARCHIVE' LIMIT 1"};
const Statement kSameRule{"fiches_same_rule",
                          "SELECT id FROM regles WHERE contenu->>'territoire' = $1::jsonb->>'territoire' "
                          "AND contenu - 'id' = $1::jsonb - 'id' AND id <> $2 AND archive_le IS NULL LIMIT 1"};
const Statement kSameLandlord{"fiches_same_landlord",
                              "SELECT 1 FROM bailleurs WHERE lower(public.unaccent(contenu->>'nom')) = $1 "
                              "AND coalesce(contenu->>'siret', '') = $2 AND id <> $3 AND archive_le IS NULL LIMIT 1"};
const Statement kLandlordUsed{
    "fiches_landlord_used", "SELECT 1 FROM partenaires WHERE contenu->>'bailleur' = $1 AND archive_le IS NULL LIMIT 1"};
const Statement kOfZone{"fiches_of_zone",
                        "SELECT id, contenu, version, false, NULL::text, NULL::timestamptz FROM partenaires "
                        "WHERE archive_le IS NULL AND contenu->$2::text ? $1 ORDER BY rang"};

FicheLue ficheDe(const postgres::Row& ligne) {
    return {ligne.text(0), ligne.json(1),         ligne.integer(2),
            ligne.flag(3), ligne.optionalText(4), ligne.optionalInstant(5)};
}

std::vector<FicheLue> fichesDe(const postgres::Result& lignes) {
    std::vector<FicheLue> fiches;
    for (const auto& ligne : lignes) fiches.push_back(ficheDe(ligne));
    return fiches;
}

const Table& tableDe(Genre genre) {
    return kTables.at(static_cast<std::size_t>(genre));
}

postgres::Parameter liste(const std::optional<std::vector<std::string>>& textes) {
    return textes ? postgres::Parameter(*textes) : postgres::Parameter(std::nullopt);
}

void ajouterTextes(const Json& fiche, const char* champ, std::vector<std::string>& textes) {
    const auto place = fiche.find(champ);
    if (place == fiche.end()) return;
    if (place->is_string()) textes.push_back(place->get<std::string>());
    if (!place->is_array()) return;
    for (const auto& un : *place) {
        if (un.is_string()) textes.push_back(un.get<std::string>());
    }
}

const char* actionDe(const FicheLue& avant, const FicheLue& apres) {
    if (avant.archive == apres.archive) return "modification";
    return apres.archive ? "archivage" : "reactivation";
}

}  // namespace

std::string_view nomDe(Genre genre) noexcept {
    return kTables[static_cast<std::size_t>(genre)].nom;
}

std::optional<FicheLue> lireFiche(postgres::Transaction& transaction, Genre genre, const std::string& id) {
    const auto lignes = transaction.query(tableDe(genre).lire, {id});
    if (lignes.empty()) return std::nullopt;
    return ficheDe(lignes[0]);
}

std::vector<FicheLue> listerFiches(postgres::Transaction& transaction, Genre genre, const FiltreFiches& filtre) {
    const auto contient = filtre.contient ? std::optional(core::fold(*filtre.contient)) : std::nullopt;
    return fichesDe(transaction.query(
        tableDe(genre).lister,
        {liste(filtre.territoiresVisibles), liste(filtre.partenairesVisibles), filtre.territoire, filtre.type,
         filtre.competence, contient, filtre.archives, filtre.apres, filtre.limite + 1}));
}

References referencesDe(postgres::Transaction& transaction, const std::vector<Json>& fiches) {
    std::vector<std::string> zones;
    std::vector<std::string> epcis;
    std::vector<std::string> bailleurs;
    std::vector<std::string> partenaires;
    for (const auto& fiche : fiches) {
        ajouterTextes(fiche, "zones", zones);
        ajouterTextes(fiche, "zonesExclues", zones);
        ajouterTextes(fiche, "epcis", epcis);
        ajouterTextes(fiche, "bailleur", bailleurs);
        ajouterTextes(fiche, "partenairesExclus", partenaires);
        ajouterTextes(fiche, "partenaires", partenaires);
    }
    References connus;
    const auto lignes = transaction.query(kNamed, {zones, epcis, bailleurs, partenaires});
    for (const auto& ligne : lignes) {
        const auto id = ligne.text(1);
        switch (ligne.view(0).front()) {
            case 'z':
                connus.zones[id] = ligne.text(2);
                break;
            case 'e':
                connus.epcis[id] = ligne.text(2);
                break;
            case 'b':
                connus.bailleurs[id] =
                    ligne.isNull(4) ? std::vector<std::string>() : ligne.json(4).get<std::vector<std::string>>();
                break;
            default:
                connus.partenaires[id] = {ligne.optionalText(2).value_or(""), ligne.text(3)};
        }
    }
    return connus;
}

FicheLue creerFiche(postgres::Transaction& transaction, Genre genre, const std::string& id, const Json& contenu,
                    const std::string& auteur, core::Instant now) {
    auto complet = contenu;
    complet["id"] = id;
    transaction.send(tableDe(genre).creer, {id, complet});
    noterFiche(transaction, genre, id, auteur, "creation", difference(Json::object(), complet), now);
    avancerVersion(transaction);
    return lireFiche(transaction, genre, id).value();
}

FicheLue changerFiche(postgres::Transaction& transaction, Genre genre, const FicheLue& avant, const Json& contenu,
                      bool archive, const std::string& auteur, core::Instant now) {
    transaction.send(tableDe(genre).changer, {avant.id, contenu, archive, now});
    auto apres = lireFiche(transaction, genre, avant.id).value();
    if (apres.version == avant.version && !avant.panne) return apres;
    noterFiche(transaction, genre, avant.id, auteur, actionDe(avant, apres), difference(avant.contenu, apres.contenu),
               now);
    avancerVersion(transaction);
    return apres;
}

void noterFiche(postgres::Transaction& transaction, Genre genre, const std::string& id, const std::string& auteur,
                const char* action, const Difference& difference, core::Instant now) {
    transaction.send(kNote, {nomDe(genre), id, auteur, action, difference.avant, difference.apres, now});
}

std::vector<LigneDeFiche> historiqueDeFiche(postgres::Transaction& transaction, Genre genre, const std::string& id) {
    std::vector<LigneDeFiche> toutes;
    const auto lignes = transaction.query(kHistory, {nomDe(genre), id});
    for (const auto& ligne : lignes) {
        toutes.push_back({ligne.text(0), ligne.text(1), ligne.json(2), ligne.json(3), ligne.instant(4)});
    }
    return toutes;
}

std::optional<std::string> homonyme(postgres::Transaction& transaction, Genre genre, const std::string& territoire,
                                    const std::string& nom, const std::string& sauf) {
    const auto lignes = transaction.query(tableDe(genre).homonyme, {territoire, core::fold(nom), sauf});
    return lignes.empty() ? std::nullopt : std::optional(lignes[0].text(0));
}

bool courrielPris(postgres::Transaction& transaction, const std::string& territoire, const std::string& courriel,
                  const std::string& sauf) {
    return !transaction.query(kMailTaken, {territoire, courriel, sauf}).empty();
}

bool courrielDeCompte(postgres::Transaction& transaction, const std::string& courriel) {
    return !transaction.query(kMailOfAccount, {courriel}).empty();
}

std::optional<std::string> regleIdentique(postgres::Transaction& transaction, const Json& contenu,
                                          const std::string& sauf) {
    const auto lignes = transaction.query(kSameRule, {contenu, sauf});
    return lignes.empty() ? std::nullopt : std::optional(lignes[0].text(0));
}

bool bailleurIdentique(postgres::Transaction& transaction, const Json& contenu, const std::string& sauf) {
    const auto nom = core::fold(contenu.at("nom").get_ref<const std::string&>());
    return !transaction.query(kSameLandlord, {nom, contenu.at("siret").get_ref<const std::string&>(), sauf}).empty();
}

bool bailleurUtilise(postgres::Transaction& transaction, const std::string& bailleur) {
    return !transaction.query(kLandlordUsed, {bailleur}).empty();
}

std::vector<FicheLue> partenairesDeLaZone(postgres::Transaction& transaction, const std::string& zone,
                                          const char* champ) {
    return fichesDe(transaction.query(kOfZone, {zone, champ}));
}

}  // namespace histologe::routing
