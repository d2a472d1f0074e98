#include "services/intake/store/invitations.hpp"

namespace histologe::intake {
namespace {

using postgres::Statement;

const Statement kInsert{"invitations_insert",
                        "INSERT INTO invitations (id, signalement, empreinte, nom, prenom, courriel, telephone, "
                        "cree_le, modifie_le) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)"};
const Statement kFind{"invitations_find",
                      "SELECT id, signalement, empreinte, nom, prenom, courriel, telephone, statut, cree_le "
                      "FROM invitations WHERE empreinte = $1"};
const Statement kLock{"invitations_lock",
                      "SELECT id, signalement, empreinte, nom, prenom, courriel, telephone, statut, cree_le "
                      "FROM invitations WHERE empreinte = $1 FOR UPDATE"};
const Statement kList{"invitations_list",
                      "SELECT id, signalement, empreinte, nom, prenom, courriel, telephone, statut, cree_le "
                      "FROM invitations WHERE signalement = $1 ORDER BY cree_le DESC, id DESC"};
const Statement kAnswer{"invitations_answer", "UPDATE invitations SET statut = $2, modifie_le = $3 WHERE id = $1"};

Invitation read(const postgres::Row& row) {
    return Invitation{row.text(0), row.text(1), row.text(2), row.text(3),   row.text(4),
                      row.text(5), row.text(6), row.text(7), row.instant(8)};
}

std::optional<Invitation> read(const postgres::Result& rows) {
    return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

}  // namespace

void insertInvitation(postgres::Transaction& transaction, const Invitation& invitation) {
    transaction.send(kInsert, {invitation.id, invitation.signalement, invitation.empreinte, invitation.nom,
                               invitation.prenom, invitation.courriel, invitation.telephone, invitation.creeLe});
}

std::optional<Invitation> findInvitation(postgres::Connection& session, const std::string& empreinte) {
    return read(session.run(kFind, {empreinte}));
}

std::vector<Invitation> findInvitations(postgres::Connection& session, const std::string& signalement) {
    std::vector<Invitation> all;
    const auto rows = session.run(kList, {signalement});
    for (const auto& row : rows) all.push_back(read(row));
    return all;
}

std::optional<Invitation> lockInvitation(postgres::Transaction& transaction, const std::string& empreinte) {
    return read(transaction.query(kLock, {empreinte}));
}

void saveReponse(postgres::Transaction& transaction, const std::string& invitation, const std::string& statut,
                 core::Instant now) {
    transaction.send(kAnswer, {invitation, statut, now});
}

}  // namespace histologe::intake
