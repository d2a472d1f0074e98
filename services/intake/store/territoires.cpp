#include "services/intake/store/territoires.hpp"

#include <map>

namespace histologe::intake {
namespace {

const postgres::Statement kSave{"territoires_save",
                                "INSERT INTO territoires (code, contenu) SELECT t->>'code', t "
                                "FROM jsonb_array_elements($1::jsonb) t "
                                "ON CONFLICT (code) DO UPDATE SET contenu = EXCLUDED.contenu"};
const postgres::Statement kAll{"territoires_all", "SELECT contenu FROM territoires ORDER BY code"};
const postgres::Statement kDocument{"territoires_document",
                                    "SELECT json_build_object('territoires', coalesce(json_agg(contenu ORDER BY code), "
                                    "'[]'))::text FROM territoires"};

}  // namespace

void saveTerritoires(postgres::Transaction& transaction, const std::vector<const core::Json*>& contenus) {
    std::map<std::string, const core::Json*> last;  // of several changes of one territory the last one counts
    for (const auto* contenu : contenus) last[contenu->at("code").get<std::string>()] = contenu;
    auto lot = core::Json::array();
    for (const auto& [code, contenu] : last) lot.push_back(*contenu);
    transaction.send(kSave, {lot});
}

std::string documentDesTerritoires(postgres::Connection& session) { return session.run(kDocument)[0].text(0); }

std::vector<core::Json> allTerritoires(postgres::Connection& session) {
    std::vector<core::Json> all;
    const auto rows = session.run(kAll);
    for (const auto& row : rows) all.push_back(row.json(0));
    return all;
}

}  // namespace histologe::intake
