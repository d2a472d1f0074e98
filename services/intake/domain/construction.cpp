#include "services/intake/domain/construction.hpp"

#include <cmath>

#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/sous_objets.hpp"

namespace histologe::intake {
namespace {

using core::Json;

std::string majuscules(std::string_view texte) {
    std::string resultat(texte);
    for (char& c : resultat) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    }
    return resultat;
}

class Construction {
  public:
    Construction(const Demande& demande, std::optional<std::string> territoire)
        : demande_(demande), profil_(demande.profil().value_or(Profil::Locataire)), occupe_(estOccupant(profil_)) {
        signalement_.profilDeclarant = profil_;
        signalement_.territoire = std::move(territoire);
    }

    Signalement mener() {
        signalement_.message = texte(Champ::MessageAdministration).value_or("N/C");
        adresse();
        logement();
        occupant();
        declarant();
        proprietaire();
        foyer();
        procedure();
        sousObjets(demande_, profil_, signalement_);
        return std::move(signalement_);
    }

  private:
    TexteOptionnel texte(Champ champ) const {
        const auto vue = demande_.texte(champ);
        return vue ? TexteOptionnel(*vue) : std::nullopt;
    }

    TexteOptionnel code(Champ champ) const {
        const auto vue = demande_.texte(champ);
        return vue ? TexteOptionnel(majuscules(*vue)) : std::nullopt;
    }

    // oui: true, non: false, anything else: unknown.
    std::optional<bool> ouiNon(Champ champ) const {
        const auto vue = demande_.texte(champ);
        if (vue == "oui") return true;
        if (vue == "non") return false;
        return std::nullopt;
    }

    std::optional<int> compte(Champ champ) const {
        const auto vue = demande_.texte(champ);
        return vue ? entierDe(*vue) : std::nullopt;
    }

    std::optional<double> montant(Champ champ) const {
        const auto vue = demande_.texte(champ);
        return vue ? montantDe(*vue) : std::nullopt;
    }

    std::optional<Jour> jour(Champ champ) const {
        const auto vue = demande_.texte(champ);
        return vue ? jourDe(*vue) : std::nullopt;
    }

    std::optional<Geoloc> geoloc() const {
        const Json& charge = demande_.charge();
        const auto lat = charge.find("adresse_logement_adresse_detail_geoloc_lat");
        const auto lng = charge.find("adresse_logement_adresse_detail_geoloc_lng");
        if (lat == charge.end() || lng == charge.end() || !lat->is_number() || !lng->is_number()) return std::nullopt;
        const Geoloc point{lat->get<double>(), lng->get<double>()};
        // Outside these bounds it is no place; (0, 0) is how clients say that they do not know.
        if (!(std::abs(point.lat) <= 90) || !(std::abs(point.lng) <= 180) || (point.lat == 0 && point.lng == 0)) {
            return std::nullopt;
        }
        return point;
    }

    void adresse() {
        AdresseDuLogement& a = signalement_.adresse;
        a.libelle = texte(Champ::AdresseLogementAdresse).value_or("");
        a.voie = texte(Champ::AdresseLogementAdresseDetailNumero);
        a.codePostal = texte(Champ::AdresseLogementAdresseDetailCodePostal).value_or("");
        a.commune = texte(Champ::AdresseLogementAdresseDetailCommune).value_or("");
        a.codeInsee = texte(Champ::AdresseLogementAdresseDetailInsee).value_or("");
        a.rnbId = texte(Champ::AdresseLogementAdresseDetailRnbId);
        a.saisieManuelle = demande_.coche(Champ::AdresseLogementAdresseDetailManual);
        a.escalier = texte(Champ::AdresseLogementComplementAdresseEscalier);
        a.etage = texte(Champ::AdresseLogementComplementAdresseEtage);
        a.numeroAppartement = texte(Champ::AdresseLogementComplementAdresseNumeroAppartement);
        a.complement = texte(Champ::AdresseLogementComplementAdresseAutre);
        a.geoloc = geoloc();
    }

    void logement() {
        Logement& l = signalement_.logement;
        l.social = ouiNon(profil_ == Profil::ServiceSecours ? Champ::SignalementConcerneLogementSocialServiceSecours
                                                            : Champ::SignalementConcerneLogementSocialAutreTiers);
        l.nature = texte(Champ::TypeLogementNature);
        if (const auto superficie = demande_.texte(Champ::CompositionLogementSuperficie))
            l.superficie = nombreDe(*superficie);
        l.nbPieces = compte(Champ::CompositionLogementNbPieces);
        if (!l.nbPieces && demande_.pieceUnique()) l.nbPieces = 1;
        l.nbOccupants = compte(Champ::CompositionLogementNombrePersonnes);
        l.nbNiveaux = compte(Champ::InformationsComplementairesLogementNombreEtages);
        l.loyer = montant(Champ::InformationsComplementairesLogementMontantLoyer);
        l.bailEnCours = ouiNon(Champ::BailDpeBail);
        l.numeroInvariant = texte(Champ::BailDpeInvariant);
        const auto emmenagement = jour(Champ::InformationsComplementairesSituationOccupantsDateEmmenagement);
        l.dateEntree = occupe_ ? jour(Champ::BailDpeDateEmmenagement) : std::nullopt;
        if (!l.dateEntree) l.dateEntree = emmenagement;
        if (profil_ == Profil::ServiceSecours) return;
        l.anneeConstruction = texte(Champ::InformationsComplementairesLogementAnneeConstruction);
        if (l.anneeConstruction) l.constructionAvant1949 = *l.anneeConstruction < "1949";
    }

    void occupant() {
        Occupant& o = signalement_.occupant;
        if (occupe_) {
            o.civilite = texte(Champ::VosCoordonneesOccupantCivilite);
            o.nom = texte(Champ::VosCoordonneesOccupantNom);
            o.prenom = texte(Champ::VosCoordonneesOccupantPrenom);
            o.courriel = texte(Champ::VosCoordonneesOccupantEmail);
            o.telephone = texte(Champ::VosCoordonneesOccupantTel);
            o.telephoneSecondaire = texte(Champ::VosCoordonneesOccupantTelSecondaire);
        } else {
            o.nom = texte(Champ::CoordonneesOccupantNom);
            o.prenom = texte(Champ::CoordonneesOccupantPrenom);
            o.courriel = texte(Champ::CoordonneesOccupantEmail);
            o.telephone = texte(Champ::CoordonneesOccupantTel);
            o.telephoneSecondaire = texte(Champ::CoordonneesOccupantTelSecondaire);
        }
        if (profil_ == Profil::BailleurOccupant) {
            o.profil = "BAILLEUR_OCCUPANT";
        } else if (profil_ == Profil::Locataire || profil_ == Profil::Bailleur) {
            o.profil = "LOCATAIRE";
        } else if (demande_.texte(Champ::SignalementConcerneProfilDetailProfilOccupant) != "nsp") {
            o.profil = code(Champ::SignalementConcerneProfilDetailProfilOccupant);
        }
        if (o.nom || o.prenom || o.courriel || o.telephone) signalement_.logement.vacant = false;
    }

    void declarant() {
        Declarant& d = signalement_.declarant;
        if (occupe_) {
            if (profil_ == Profil::BailleurOccupant) d.structure = texte(Champ::VosCoordonneesOccupantNomOrganisme);
            return;
        }
        d.structure = texte(Champ::VosCoordonneesTiersNomOrganisme);
        d.nom = texte(Champ::VosCoordonneesTiersNom);
        d.prenom = texte(Champ::VosCoordonneesTiersPrenom);
        d.courriel = texte(Champ::VosCoordonneesTiersEmail);
        d.telephone = texte(Champ::VosCoordonneesTiersTel);
        d.telephoneSecondaire = texte(Champ::VosCoordonneesTiersTelSecondaire);
        switch (profil_) {
            case Profil::ServiceSecours:
                d.lien = "SECOURS";
                break;
            case Profil::Bailleur:
                d.lien = "BAILLEUR";
                break;
            case Profil::TiersPro:
                d.lien = "PRO";
                break;
            default:
                d.lien = code(Champ::VosCoordonneesTiersLien);
                break;
        }
    }

    void proprietaire() {
        Proprietaire& p = signalement_.proprietaire;
        if (profil_ == Profil::BailleurOccupant) {
            const Occupant& o = signalement_.occupant;
            p = {.type = code(Champ::SignalementConcerneProfilDetailBailleurProprietaire),
                 .denomination = {},
                 .nom = o.nom,
                 .prenom = o.prenom,
                 .courriel = o.courriel,
                 .telephone = o.telephone,
                 .telephoneSecondaire = o.telephoneSecondaire,
                 .adresse = texte(Champ::AdresseLogementAdresse),
                 .codePostal = texte(Champ::AdresseLogementAdresseDetailCodePostal),
                 .commune = texte(Champ::AdresseLogementAdresseDetailCommune),
                 .averti = {},
                 .avertiLe = {},
                 .bailleurRecherche = {}};
        } else if (profil_ == Profil::Bailleur) {
            const Declarant& d = signalement_.declarant;
            p.type = code(Champ::SignalementConcerneProfilDetailBailleurBailleur);
            p.nom = d.nom;
            p.prenom = d.prenom;
            p.courriel = d.courriel;
            p.telephone = d.telephone;
            p.telephoneSecondaire = d.telephoneSecondaire;
        } else {
            p.nom = texte(Champ::CoordonneesBailleurNom);
            p.prenom = texte(Champ::CoordonneesBailleurPrenom);
            p.courriel = texte(Champ::CoordonneesBailleurEmail);
            p.telephone = texte(Champ::CoordonneesBailleurTel);
            p.telephoneSecondaire = texte(Champ::CoordonneesBailleurTelSecondaire);
            p.adresse = texte(Champ::CoordonneesBailleurAdresseDetailNumero);
            p.codePostal = texte(Champ::CoordonneesBailleurAdresseDetailCodePostal);
            p.commune = texte(Champ::CoordonneesBailleurAdresseDetailCommune);
            if (signalement_.logement.social == true && p.nom) {
                p.denomination = p.nom;
                p.bailleurRecherche = p.nom;
            }
        }
        if (p.type == "ORGANISME_SOCIETE") p.denomination = p.nom;
    }

    void foyer() {
        Foyer& f = signalement_.foyer;
        const auto allocation = demande_.texte(Champ::LogementSocialAllocation);
        if (allocation == "oui") {
            f.allocataire = code(Champ::LogementSocialAllocationCaisse).value_or("1");
        } else if (allocation == "non") {
            f.allocataire = "0";
        }
        f.numeroAllocataire = texte(Champ::LogementSocialNumeroAllocataire);
        f.montantAllocation = montant(Champ::LogementSocialMontantAllocation);
        f.dateNaissanceOccupant = jour(Champ::LogementSocialDateNaissance);
        f.preavisDepart = ouiNon(Champ::TravailleurSocialPreavisDepart);
        f.rsa = ouiNon(Champ::InformationsComplementairesSituationOccupantsBeneficiaireRsa);
        if (profil_ != Profil::ServiceSecours) {
            f.relogement = ouiNon(occupe_ ? Champ::LogementSocialDemandeRelogement
                                          : Champ::InformationsComplementairesSituationOccupantsDemandeRelogement);
        }
        auto nom = texte(Champ::TravailleurSocialAccompagnementInviterReferentCommeTiersNom);
        auto prenom = texte(Champ::TravailleurSocialAccompagnementInviterReferentCommeTiersPrenom);
        auto courriel = texte(Champ::TravailleurSocialAccompagnementInviterReferentCommeTiersEmail);
        if (nom && prenom && courriel)
            signalement_.tiersInvite = {std::move(*nom), std::move(*prenom), std::move(*courriel)};
    }

    void procedure() {
        Proprietaire& p = signalement_.proprietaire;
        p.averti = ouiNon(Champ::InfoProcedureBailleurPrevenu);
        const auto mois = demande_.texte(Champ::InfoProcedureBailDate);
        if (p.averti == true && mois) p.avertiLe = moisDe(*mois);
        signalement_.debutDesordres = code(Champ::ZoneConcerneeDebutDesordres);
        signalement_.desordresConstates = ouiNon(Champ::ZoneConcerneeConstatationDesordres);
        signalement_.injonctionSouhaitee = demande_.texte(Champ::InjonctionBailleurChoice) == "oui";
    }

    const Demande& demande_;
    Profil profil_;
    bool occupe_;
    Signalement signalement_;
};

}  // namespace

Signalement construire(const Demande& demande, std::optional<std::string> territoire) {
    return Construction(demande, std::move(territoire)).mener();
}

}  // namespace histologe::intake
