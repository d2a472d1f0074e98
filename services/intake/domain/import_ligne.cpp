#include "services/intake/domain/import_ligne.hpp"

#include <algorithm>
#include <set>

#include "libs/core/text.hpp"
#include "services/intake/domain/import_cellules.hpp"
#include "services/intake/domain/import_colonnes.hpp"
#include "services/intake/domain/import_textes.hpp"
#include "services/intake/domain/lecture.hpp"

namespace histologe::intake {
namespace {

using core::Json;

class Lecture : private CellulesDImport {
  public:
    Lecture(const LigneCsv& ligne, const EnteteDImport& entete, const ContexteDImport& contexte,
            std::vector<Remarque>& remarques)
        : CellulesDImport(ligne, entete, remarques), ligne_(ligne), entete_(entete), contexte_(contexte) {}

    std::optional<SignalementImporte> mener() {
        if (ligne_.champs.size() == 1 || cellule("Ref signalement").empty()) return std::nullopt;
        if (ligne_.champs.size() != entete_.largeur()) {
            refuser("", "nombre_de_cellules",
                    "La ligne a " + std::to_string(ligne_.champs.size()) + " cellules, l'en-tête en a " +
                        std::to_string(entete_.largeur()) + ".");
            return std::nullopt;
        }
        lu_.ligne = ligne_.ligne;
        lu_.contenu = ficheVide().contenu;
        lu_.contenu["territoire"] = contexte_.territoire;
        dates();
        reference();
        statut();
        personnes();
        adresse();
        logement();
        desordres();
        partenaires();
        fichiers();
        suivis();
        if (estRefusee()) return std::nullopt;
        return std::move(lu_);
    }

  private:
    template <typename T>
    void poser(const char* chemin, const std::optional<T>& valeur) {
        lu_.contenu[Json::json_pointer(chemin)] = valeur ? Json(*valeur) : Json(nullptr);
    }
    void poser(const char* chemin, const std::optional<std::chrono::sys_days>& valeur) {
        lu_.contenu[Json::json_pointer(chemin)] = valeur ? Json(texteDe(*valeur)) : Json(nullptr);
    }

    void dates() {
        lu_.creeLe = jour("Date de creation signalement");
        lu_.closLe = jour("Date cloture");
        lu_.modifieLe = jour("Date modification / maj");
        lu_.visiteLe = jour("date visite");
        if (lu_.creeLe && *lu_.creeLe > contexte_.aujourdhui) {
            refuser("Date de creation signalement", "date_future",
                    "Un signalement ne peut pas être créé dans l'avenir.", cellule("Date de creation signalement"));
        }
    }

    int anneeCourante() const { return static_cast<int>(std::chrono::year_month_day(contexte_.aujourdhui).year()); }

    void reference() {
        const int annee =
            lu_.creeLe ? static_cast<int>(std::chrono::year_month_day(*lu_.creeLe).year()) : anneeCourante();
        const auto texteLu = cellule("Ref signalement");
        const auto lue = referenceDImport(texteLu, annee);
        if (!lue)
            return refuser("Ref signalement", "reference_illisible", "Aucun numéro ne se lit dans cette référence.",
                           texteLu);
        if (lue->first == anneeCourante() && lue->second > 9999) {
            return refuser("Ref signalement", "reference_trop_grande",
                           "Le numéro d'un signalement de cette année a quatre chiffres au plus.", texteLu);
        }
        std::tie(lu_.annee, lu_.numero) = *lue;
    }

    void statut() {
        if (const auto motif = cellule("motif_cloture"); !motif.empty()) {
            const auto* connu = tables::motifDeCloture(motif);
            if (connu == nullptr) {
                refuser("motif_cloture", "motif_inconnu", "Ce motif de clôture n'existe pas.", motif);
            } else {
                lu_.motifCloture = std::string(*connu);
            }
        }
        const auto dit = core::fold(cellule("statut"));
        const bool estClos = lu_.closLe || !cellule("motif_cloture").empty();
        if (dit == "en cours" || dit == "ouverture") {
            lu_.statut = "ACTIVE";
        } else if (dit == "fermeture") {
            lu_.statut = "CLOSED";
        } else {
            lu_.statut = estClos ? "CLOSED" : "ACTIVE";
            if (!dit.empty())
                prevenir("statut", "statut_inconnu", "Ce statut n'existe pas ; il est déduit de la clôture.",
                         cellule("statut"));
        }
    }

    void personnes() {
        const auto occupant = core::fold(cellule("Déclarant est l occupant?"));
        const bool estUnTiers = occupant.starts_with('n');
        auto lien = texte("lien entre declarant et occupant");
        if (lien) {
            const auto plie = core::fold(*lien);
            const auto* connu = std::find(std::begin(tables::kLiensImportes), std::end(tables::kLiensImportes), plie);
            if (connu == std::end(tables::kLiensImportes)) {
                prevenir("lien entre declarant et occupant", "lien_inconnu", "Ce lien n'existe pas ; il devient AUTRE.",
                         *lien);
            }
            lien = tables::codeDuLien(plie);
        }
        lu_.contenu["profilDeclarant"] = !estUnTiers ? "LOCATAIRE" : lien == "PRO" ? "TIERS_PRO" : "TIERS_PARTICULIER";
        lu_.contenu["declarePourAutrui"] = estUnTiers;
        poser("/declarant/lien", estUnTiers ? lien : std::nullopt);
        poser("/declarant/nom", texte("nom du declarant", 50));
        poser("/declarant/prenom", texte("prenom declarant", 50));
        poser("/declarant/telephone", telephone("telephone declarant"));
        poser("/declarant/courriel", courriel("mail declarant"));
        poser("/declarant/structure", texte("nom structure declarant si tiers professionnel", 200));
        poser("/occupant/nom", texte("nom occupant", 50));
        poser("/occupant/prenom", texte("prenom occupant", 50));
        poser("/occupant/telephone", telephone("telephone occupant"));
        poser("/occupant/courriel", courriel("mail occupant"));
        poser("/proprietaire/nom", texte("Nom propriétaire"));
        poser("/proprietaire/adresse", texte("Adresse Propriétaire"));
        poser("/proprietaire/telephone", telephone("Telephone Proprietaire"));
        poser("/proprietaire/courriel", courriel("Mail Propriétaire"));
        poser("/proprietaire/averti", ouiNon("Propriétaire averti"));
        poser("/proprietaire/avertiLe", jour("Date proprietaire averti"));
    }

    void adresse() {
        const auto codePostal = texte("Code postal occupant", 5).value_or("");
        const auto ville = texte("ville occupant", 100).value_or("");
        auto& a = lu_.contenu["adresse"];
        a["voie"] = texte("adresse occupant", 100).value_or("");
        a["codePostal"] = codePostal.size() == 4 && entierStrict(codePostal) ? "0" + codePostal : codePostal;
        a["commune"] = ville;
        a["codeInsee"] = contexte_.commune ? contexte_.commune(a["codePostal"].get<std::string>(), ville,
                                                               cellule("code insee occupant"))
                                           : std::string(cellule("code insee occupant"));
        if (a["codeInsee"] == "") {
            prevenir("code insee occupant", "commune_inconnue", "La commune n'est pas reconnue.", ville);
        }
        a["libelle"] =
            couper(a["voie"].get<std::string>() + " " + a["codePostal"].get<std::string>() + " " + ville, 255);
        a["saisieManuelle"] = true;
        poser("/adresse/etage", texte("etage occupant", 5));
        poser("/adresse/escalier", texte("escalier occupant", 3));
        poser("/adresse/numeroAppartement", texte("numéro appartement  occupant", 5));
        poser("/adresse/complement", texte("adresse_autre_occupant"));
        position();
    }

    // Two numbers, latitude first.
    void position() {
        const auto cellule_ = cellule("geoloc");
        const auto nombres = nombresDe(cellule_);
        if (cellule_.empty()) return;
        const bool estUnLieu = nombres.size() == 2 && nombres[0] >= -90 && nombres[0] <= 90 && nombres[1] >= -180 &&
                               nombres[1] <= 180 && (nombres[0] != 0 || nombres[1] != 0);
        if (!estUnLieu)
            return prevenir("geoloc", "position_illisible", "Cette position n'est pas lisible ; elle est laissée vide.",
                            cellule_);
        lu_.contenu["adresse"]["geoloc"] = {{"lat", nombres[0]}, {"lng", nombres[1]}};
    }

    void logement() {
        poser("/logement/superficie", nombre("superficie"));
        poser("/logement/social", ouiNon("Logement social"));
        poser("/logement/nbOccupants", compte("nb occupants logement"));
        poser("/logement/nbAdultes", compte("nb d'adultes"));
        poser("/logement/nbEnfantsM6", compte("nb d enfants <6ans"));
        poser("/logement/nbEnfantsP6", compte("nb d enfants >6ans"));
        poser("/logement/nbPieces", compte("nb de pieces du logement"));
        poser("/logement/nbNiveaux", compte("nb niveaux logement"));
        poser("/logement/constructionAvant1949", ouiNon("Logement < 1948"));
        poser("/logement/numeroInvariant", texte("numero invariant", 12));
        poser("/logement/loyer", nombre("loyer"));
        poser("/logement/bailEnCours", ouiNon("Bail en cours"));
        poser("/logement/dateEntree", entree());
        poser("/logement/anneeConstruction", texte("annee construction immeuble", 20));
        if (const auto nature = texte("Nature du logement", 50)) {
            const auto plie = core::fold(*nature);
            const bool estConnue = plie == "appartement" || plie == "maison";
            lu_.contenu["logement"]["nature"] = estConnue ? plie : "autre";
            if (!estConnue)
                lu_.contenu["typeCompositionLogement"]["type_logement_nature_autre_precision"] = couper(*nature, 15);
        }
        const auto allocataire = ouiNon("Allocataire");
        poser("/foyer/allocataire", allocataire ? std::optional<std::string>(*allocataire ? "1" : "0") : std::nullopt);
        poser("/foyer/numeroAllocataire", texte("numéro Allocataire", 25));
        poser("/foyer/montantAllocation", nombre("montant allocation"));
        poser("/foyer/preavisDepart", ouiNon("Préavis de départ donné"));
        poser("/foyer/relogement", ouiNon("Demande de Relogement en cours?"));
        poser("/foyer/rsa", ouiNon("RSA"));
        poser("/foyer/naissanceOccupants", texte("naissance occupant"));
        lu_.contenu["cguAcceptees"] = ouiNon("CGU acceptees").value_or(false);
        const auto details = texte("details", 10'000);
        lu_.contenu["message"] = details ? *details : std::string("N/C");
        if (const auto etiquettes = texte("qualification")) lu_.contenu["etiquettes"] = *etiquettes;
        lu_.conclusionVisite = texte("conclusion visite", 5000);
        lu_.occupantPresentVisite = ouiNon("Occupant présent lors de la visite ?");
    }

    // A year of two digits became one of the first century: it is one of the creation's century or of the one before.
    std::optional<std::chrono::sys_days> entree() {
        auto lue = jour("date entree bail");
        if (!lue) return lue;
        const std::chrono::year_month_day date(*lue);
        const int annee = static_cast<int>(date.year());
        if (annee >= 100) return lue;
        const auto limite = lu_.creeLe.value_or(contexte_.aujourdhui);
        for (const int siecle : {2000, 1900}) {
            const auto reparee = jourValide(annee + siecle, static_cast<int>(static_cast<unsigned>(date.month())),
                                            static_cast<int>(static_cast<unsigned>(date.day())));
            if (reparee && (*reparee <= limite || siecle == 1900)) return reparee;
        }
        return std::nullopt;
    }

    void desordres() {
        std::set<int> connues;
        for (const auto colonne : tables::kColonnesDesDesordres) {
            const auto texteLu = cellule(colonne);
            if (texteLu.empty()) continue;
            const auto criticite = contexte_.desordres->find(texteLu);
            if (!criticite) {
                refuser(colonne, "desordre_inconnu", "Ce désordre n'existe pas.", texteLu);
            } else if (connues.insert(*criticite).second) {
                lu_.criticites.push_back(*criticite);
            }
        }
    }

    void partenaires() {
        // Names of 62 hold commas.
        for (const auto& nom : liste("Partenaires à affecter", contexte_.territoire != "62")) {
            const auto connu = contexte_.partenaires.find(core::fold(nom));
            if (connu == contexte_.partenaires.end()) {
                refuser("Partenaires à affecter", "partenaire_inconnu",
                        "Le territoire n'a pas de partenaire de ce nom.", nom);
            } else if (std::find(lu_.partenaires.begin(), lu_.partenaires.end(), connu->second) ==
                       lu_.partenaires.end()) {
                lu_.partenaires.push_back(connu->second);
            }
        }
    }

    void fichiers() {
        for (const std::string_view colonne : {"ref des photos", "ref des documents"}) {
            for (auto& nom : liste(colonne, false)) {
                if (!contexte_.fichier || !contexte_.fichier(nom))
                    refuser(colonne, "fichier_absent", "Ce fichier n'est pas là.", nom);
                lu_.fichiers.push_back(std::move(nom));
            }
        }
    }

    void suivis() {
        for (const auto& morceau : entreesDe(cellule("suivi"))) {
            auto propre = core::trim(morceau);
            if (propre.empty()) continue;
            SuiviImporte suivi;
            for (const std::size_t taille : {std::size_t{10}, std::size_t{8}}) {
                if (propre.size() < taille || suivi.jour) continue;
                suivi.jour = jourDImport(propre.substr(0, taille));
                if (suivi.jour) propre = core::trim(propre.substr(taille));
            }
            suivi.texte = std::string(propre);
            if (!suivi.texte.empty()) lu_.suivis.push_back(std::move(suivi));
        }
    }

    const LigneCsv& ligne_;
    const EnteteDImport& entete_;
    const ContexteDImport& contexte_;
    SignalementImporte lu_;
};

}  // namespace

std::optional<SignalementImporte> lireLigne(const LigneCsv& ligne, const EnteteDImport& entete,
                                            const ContexteDImport& contexte, std::vector<Remarque>& remarques) {
    return Lecture(ligne, entete, contexte, remarques).mener();
}

}  // namespace histologe::intake
