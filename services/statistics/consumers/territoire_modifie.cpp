#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/store/territoires.hpp"

namespace histologe::statistics {
namespace {

TerritoireDit lire(const streams::Event& event) {
    return {texte(event, "code"), texte(event, "nom"), drapeau(event, "actif"), texte(event, "fuseau"), event.time};
}

}  // namespace

void onTerritoireModifie(postgres::Transaction& transaction, const Events& events) {
    saveTerritoires(transaction, derniers(events, &TerritoireDit::code, lire));
}

}  // namespace histologe::statistics
