// The import of a territory's grid: its partners, and the accounts of their people.
#include <map>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "services/routing/comptes.hpp"
#include "services/routing/store/listes_comptes.hpp"
#include "tools/admin/import_fiches.hpp"

namespace histologe::admin {
namespace {

using core::Json;
using routing::Genre;

const std::vector<std::pair<std::string, std::string>> kColonnes = {{"nom", "partenaire"},
                                                                    {"type", "type"},
                                                                    {"courriel", "courriel_partenaire"},
                                                                    {"communes", "communes"},
                                                                    {"competences", "competences"}};

struct Personne {
    std::size_t ligne = 0;
    routing::FicheCompte fiche;
    std::string partenaire;  // name, folded
};
struct Grille {
    std::vector<std::pair<std::size_t, Json>> partenaires;  // line and sheet, in the order of the file
    std::vector<Personne> personnes;
    std::size_t lignes = 0;
};

std::optional<auth::Role> roleDe(const std::string& texte) {
    const auto plie = core::fold(texte);
    if (plie == "agent") return auth::Role::Agent;
    if (plie == "administrateur" || plie == "admin. partenaire" || plie == "admin_partenaire")
        return auth::Role::AdminPartenaire;
    if (plie == "responsable territoire" || plie == "resp. territoire" || plie == "responsable_territoire")
        return auth::Role::ResponsableTerritoire;
    return std::nullopt;
}

class Lecture {
  public:
    Lecture(const TableWish& wish, std::string territoire, Rapport& rapport)
        : territoire_(std::move(territoire)), rapport_(rapport) {
        grille_.lignes = lireTableau(wish.file,
                                     {{"partenaire", {}, true},
                                      {"type", {"type de partenaire"}, true},
                                      {"courriel_partenaire", {"e-mail partenaire"}, false},
                                      {"communes", {"codes insee"}, false},
                                      {"competences", {"compétences"}, false},
                                      {"courriel", {"e-mail"}, false},
                                      {"prenom", {"prénom"}, false},
                                      {"nom", {}, false},
                                      {"role", {"rôle"}, false}},
                                     rapport_, [this](const LigneDeTableau& ligne) { prendre(ligne); });
    }
    Grille& grille() { return grille_; }

  private:
    void prendre(const LigneDeTableau& ligne) {
        const auto& c = ligne.champs;
        const auto nom = core::fold(c[0]);
        Json fiche = {{"nom", c[0]}, {"type", c[1]}, {"territoire", territoire_}};
        if (!c[2].empty()) fiche["courriel"] = c[2];
        if (!c[3].empty()) fiche["communes"] = codesDe(c[3]);
        if (!c[4].empty()) fiche["competences"] = textesDe(c[4]);
        const auto [connu, estNeuf] = parNom_.try_emplace(nom, grille_.partenaires.size());
        if (estNeuf) {
            grille_.partenaires.emplace_back(ligne.ligne, std::move(fiche));
        } else {
            accorder(ligne.ligne, fiche, grille_.partenaires[connu->second].second);
        }
        if (c[5].empty() && c[6].empty() && c[7].empty() && c[8].empty()) return;
        prendrePersonne(ligne, nom);
    }

    // Rows of one partner say the same of it, or nothing.
    void accorder(std::size_t ligne, const Json& fiche, Json& retenue) {
        for (const auto& [champ, valeur] : fiche.items()) {
            if (champ == "nom" || valeur == "") continue;
            if (!retenue.contains(champ) || retenue.at(champ) == "") {
                retenue[champ] = valeur;
            } else if (retenue.at(champ) != valeur) {
                rapporter(rapport_, ligne,
                          {{champ, "partenaire_different", "Ce partenaire est là avec une autre valeur."}}, kColonnes);
            }
        }
    }

    void prendrePersonne(const LigneDeTableau& ligne, const std::string& partenaire) {
        const auto& c = ligne.champs;
        Personne une{ligne.ligne, {}, partenaire};
        une.fiche.courriel = routing::courrielCanonique(c[5]);
        une.fiche.prenom = c[6];
        une.fiche.nom = c[7];
        const auto role = roleDe(c[8]);
        if (!routing::estCourriel(une.fiche.courriel)) {
            rapport_.refuser(ligne.ligne, "courriel", "courriel_invalide",
                             "Cette adresse n'est pas une adresse de courriel.", c[5]);
        }
        if (c[6].empty() || core::countCharacters(c[6]) > routing::kNomDeFicheMax) {
            rapport_.refuser(ligne.ligne, "prenom", "prenom_invalide", "Le prénom manque ou est trop long.");
        }
        if (c[7].empty() || core::countCharacters(c[7]) > routing::kNomDeFicheMax) {
            rapport_.refuser(ligne.ligne, "nom", "nom_invalide", "Le nom manque ou est trop long.");
        }
        if (!role)
            rapport_.refuser(ligne.ligne, "role", "role_inconnu",
                             "Le rôle est Agent, Administrateur ou Responsable territoire.", c[8]);
        une.fiche.role = role.value_or(auth::Role::Agent);
        const auto [vue, estNeuve] = parCourriel_.try_emplace(une.fiche.courriel, ligne.ligne);
        if (!estNeuve) {
            rapport_.refuser(ligne.ligne, "courriel", "courriel_en_double",
                             "Cette adresse est déjà à la ligne " + std::to_string(vue->second) + ".");
        }
        grille_.personnes.push_back(std::move(une));
    }

    std::string territoire_;
    Rapport& rapport_;
    Grille grille_;
    std::map<std::string, std::size_t> parNom_;
    std::map<std::string, std::size_t> parCourriel_;
};

class Ecriture {
  public:
    Ecriture(Chantier& chantier, const domain::Territoires& territoires, std::string territoire, Rapport& rapport)
        : transaction_(chantier.transaction),
          now_(chantier.clock.now()),
          vie_(chantier.outbox, chantier.clock),
          territoires_(territoires),
          territoire_(std::move(territoire)),
          rapport_(rapport) {}

    void partenaire(std::size_t ligne, const Json& voulue) {
        const auto nom = core::fold(voulue.at("nom").get_ref<const std::string&>());
        const auto id = routing::homonyme(transaction_, Genre::Partenaire, territoire_, nom, "");
        const auto avant = id ? routing::lireFiche(transaction_, Genre::Partenaire, *id) : std::nullopt;
        auto contenu = avant ? avant->contenu : Json::object();
        contenu.update(voulue);
        if (avant) contenu["nom"] = avant->contenu.at("nom");
        if (!avant) contenu["archive"] = false;
        if (!contenu.contains("competences")) contenu["competences"] = routing::competencesUsuelles(contenu.at("type"));
        auto refus = routing::lirePartenaire(contenu, territoires_, routing::referencesDe(transaction_, {contenu}));
        if (avant && refus.empty() && contenu.at("type") != avant->contenu.at("type")) {
            refus.push_back({"type", "type_different", "Ce partenaire existe déjà avec un autre type."});
        }
        const auto courriel = refus.empty() ? contenu.at("courriel").get<std::string>() : std::string();
        if (!courriel.empty() && routing::courrielPris(transaction_, territoire_, courriel, id.value_or(""))) {
            refus.push_back({"courriel", "courriel_pris", "Un autre partenaire du territoire a cette adresse."});
        } else if (!courriel.empty() && routing::courrielDeCompte(transaction_, courriel)) {
            refus.push_back({"courriel", "courriel_de_compte", "Cette adresse est celle d'un compte."});
        }
        rapporter(rapport_, ligne, refus, kColonnes);
        if (!refus.empty()) return;
        if (!avant) {
            ids_[nom] =
                routing::creerFiche(transaction_, Genre::Partenaire, core::uuidV7(now_), contenu, kAuteurImport, now_)
                    .id;
            ++ecart.ajoutes;
            return;
        }
        ids_[nom] = *id;
        const auto apres =
            routing::changerFiche(transaction_, Genre::Partenaire, *avant, contenu, false, kAuteurImport, now_);
        ++(apres.version == avant->version ? ecart.inchanges : ecart.modifies);
    }

    void personne(const Personne& une) {
        const auto partenaire = ids_.find(une.partenaire);
        if (partenaire == ids_.end()) return;  // its partner was refused
        if (routing::estCourrielDePartenaire(transaction_, une.fiche.courriel)) {
            rapport_.refuser(une.ligne, "courriel", "courriel_de_partenaire",
                             "Cette adresse est celle d'un partenaire.");
            return;
        }
        const auto connu = routing::lireCompteDuCourriel(transaction_, une.fiche.courriel);
        if (!connu) {
            const auto id = vie_.creer(transaction_, une.fiche, {partenaire->second}, true);
            routing::noterHistorique(
                transaction_, id, kAuteurImport, "creation",
                {{"role", std::string(auth::nameOf(une.fiche.role))}, {"partenaires", {partenaire->second}}}, now_);
            ++ecart.ajoutes;
            return;
        }
        rattacher(une, *connu, partenaire->second);
    }

    routing::Ecart ecart;

  private:
    // The rule of an account that works for one more partner (routing's reference, 1.5).
    void rattacher(const Personne& une, const routing::CompteLu& compte, const std::string& partenaire) {
        bool estDuTerritoire = false;
        for (const auto& un : compte.partenaires) {
            if (un.id == partenaire) {
                ++ecart.inchanges;
                return;
            }
            estDuTerritoire = estDuTerritoire || un.territoire == territoire_;
        }
        const bool simple = compte.role == auth::Role::Agent || compte.role == auth::Role::AdminPartenaire;
        if (!simple || compte.permissionAffectation || compte.systeme) {
            rapport_.refuser(une.ligne, "courriel", "rattachement_refuse",
                             "Ce compte ne peut pas travailler pour plusieurs partenaires.");
            return;
        }
        if (estDuTerritoire) {
            rapport_.refuser(une.ligne, "courriel", "deja_du_territoire",
                             "Ce compte a déjà un partenaire de ce territoire.");
            return;
        }
        const auto ouvert = routing::lirePartenaireOuvert(transaction_, partenaire);
        routing::ajouterPartenaire(transaction_, compte.id, partenaire);
        vie_.changerDroits(transaction_, compte.id);
        vie_.ecrire(transaction_, compte, routing::courriels::kNouveauPartenaire,
                    {{"partenaire", ouvert ? ouvert->nom : ""}});
        routing::noterHistorique(transaction_, compte.id, kAuteurImport, "rattachement", {{"partenaire", partenaire}},
                                 now_);
        ++ecart.modifies;
    }

    postgres::Transaction& transaction_;
    const core::Instant now_;
    const routing::VieDesComptes vie_;
    const domain::Territoires& territoires_;
    const std::string territoire_;
    Rapport& rapport_;
    std::map<std::string, std::string> ids_;
};

}  // namespace

int importGrille(const TableWish& wish) {
    Rapport rapport(wish.report);
    const auto territoires = territoiresActuels();
    const auto territoire = territoireVise(territoires, wish.territoire);
    Lecture lecture(wish, territoire, rapport);
    Chantier chantier;
    Ecriture ecriture(chantier, territoires, territoire, rapport);
    for (const auto& [ligne, fiche] : lecture.grille().partenaires) ecriture.partenaire(ligne, fiche);
    for (const auto& une : lecture.grille().personnes) ecriture.personne(une);
    const auto lignes = lecture.grille().lignes;
    if (rapport.refus() > 0) return conclure(rapport, lignes, nullptr, wish.isDryRun);
    if (!wish.isDryRun && !ecriture.ecart.estVide()) chantier.transaction.commit();
    return conclure(rapport, lignes, &ecriture.ecart, wish.isDryRun);
}

}  // namespace histologe::admin
