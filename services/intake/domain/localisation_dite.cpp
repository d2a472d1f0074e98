#include "services/intake/domain/localisation_dite.hpp"

namespace histologe::intake {

Evenement evenementLocalise(const Localisation& localisation, const std::string& territoire) {
    Evenement evenement;
    evenement.donnees = enJson(localisation);
    evenement.personnel["adresse"] = {{"voie", evenement.donnees.at("voie")}};
    evenement.donnees.erase("voie");
    evenement.donnees.erase("invariantRial");
    evenement.donnees["territoire"] = territoire;
    return evenement;
}

}  // namespace histologe::intake
