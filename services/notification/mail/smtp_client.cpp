#include "services/notification/mail/smtp_client.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <utility>

#include <curl/curl.h>
#include <sys/socket.h>

#include "services/notification/mail/entetes.hpp"

namespace histologe::notification {
namespace {

struct LibereListe {
    void operator()(curl_slist* liste) const { curl_slist_free_all(liste); }
};
struct LibereMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Liste = std::unique_ptr<curl_slist, LibereListe>;
using Mime = std::unique_ptr<curl_mime, LibereMime>;

void ajoute(Liste& liste, const std::string& ligne) {
    curl_slist* neuve = curl_slist_append(liste.get(), ligne.c_str());
    if (!neuve) throw std::bad_alloc();
    static_cast<void>(liste.release());  // the same list, longer
    liste.reset(neuve);
}

void exige(CURLcode code) {
    if (code != CURLE_OK) throw std::bad_alloc();  // setting an option fails only for want of memory
}

// What the dialogue said, read from libcurl's trace: its error codes do not tell MAIL from RCPT from DATA.
struct Dialogue {
    EtapeSmtp etape = EtapeSmtp::Connexion;
    int code = 0;
    std::string derniereReponse;
    bool conge = false;  // QUIT was said: what is answered to it is about nothing any more

    void commande(std::string_view texte) {
        conge = texte.starts_with("QUIT");
        if (texte.starts_with("EHLO") || texte.starts_with("HELO") || texte.starts_with("STARTTLS") ||
            texte.starts_with("AUTH"))
            etape = EtapeSmtp::Presentation;
        else if (texte.starts_with("MAIL"))
            etape = EtapeSmtp::Expediteur;
        else if (texte.starts_with("RCPT"))
            etape = EtapeSmtp::Destinataire;
        else if (texte.starts_with("DATA"))
            etape = EtapeSmtp::Donnees;
        else
            return;
        code = 0;
        derniereReponse.clear();
    }
    void contenu() {
        if (etape != EtapeSmtp::Donnees) return;
        etape = EtapeSmtp::Contenu;
        code = 0;
        derniereReponse.clear();
    }
    void reponse(std::string_view texte) {
        if (conge || texte.size() < 3) return;
        int lu = 0;
        for (const char c : texte.substr(0, 3)) {
            if (c < '0' || c > '9') return;
            lu = lu * 10 + (c - '0');
        }
        code = lu;
        derniereReponse = texte;
    }
};

int trace(CURL*, curl_infotype genre, char* octets, std::size_t taille, void* dialogue) {
    auto& carnet = *static_cast<Dialogue*>(dialogue);
    const std::string_view texte(octets, taille);
    if (genre == CURLINFO_HEADER_OUT) carnet.commande(texte);
    if (genre == CURLINFO_DATA_OUT) carnet.contenu();
    if (genre == CURLINFO_HEADER_IN) carnet.reponse(texte);
    return 0;
}

int avancement(void* interrompu, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<std::atomic<bool>*>(interrompu)->load() ? 1 : 0;  // not 0: give up
}

// The server's words may quote the recipient: whatever holds an @ is left out.
std::string sansAdresse(std::string_view texte) {
    constexpr std::size_t kMax = 200;
    std::string sortie;
    std::string mot;
    const std::string ligne = surUneLigne(texte) + " ";
    for (const char c : ligne) {
        if (c != ' ') {
            mot += c;
            continue;
        }
        if (!mot.empty()) sortie += (sortie.empty() ? "" : " ") + (mot.find('@') == std::string::npos ? mot : "***");
        mot.clear();
    }
    if (sortie.size() > kMax) {
        sortie.resize(kMax);
        sortie = surUneLigne(sortie);  // the cut may have split a character
    }
    return sortie;
}

ReponseSmtp juge(CURLcode resultat, const Dialogue& dialogue) {
    ReponseSmtp reponse;
    reponse.etape = dialogue.etape;
    reponse.code = dialogue.code;
    if (resultat == CURLE_OK) {
        reponse.issue = Issue::Acceptee;
        return reponse;
    }
    const bool refus = dialogue.code >= 400;
    const bool definitif = dialogue.code >= 500;
    const bool duCourriel = dialogue.etape == EtapeSmtp::Destinataire || dialogue.etape == EtapeSmtp::Contenu;
    reponse.issue = definitif && duCourriel ? Issue::Definitive : Issue::Temporaire;
    // 421 closes the service whatever the command; a connection lost or silent would be lost for the next mail too.
    reponse.serveur = !refus || !duCourriel || dialogue.code == 421;
    reponse.explication = refus ? sansAdresse(dialogue.derniereReponse) : curl_easy_strerror(resultat);
    return reponse;
}

const char* schema(SecuriteSmtp securite) {
    return securite == SecuriteSmtp::Tls ? "smtps" : "smtp";
}

void ajoutePartie(curl_mime* mime, const std::string& corps, const char* type) {
    curl_mimepart* partie = curl_mime_addpart(mime);
    if (!partie) throw std::bad_alloc();
    exige(curl_mime_data(partie, corps.data(), corps.size()));
    exige(curl_mime_type(partie, type));
    exige(curl_mime_encoder(partie, "quoted-printable"));
}

}  // namespace

const char* nom(EtapeSmtp etape) noexcept {
    switch (etape) {
        case EtapeSmtp::Connexion:
            return "connexion";
        case EtapeSmtp::Presentation:
            return "presentation";
        case EtapeSmtp::Expediteur:
            return "expediteur";
        case EtapeSmtp::Destinataire:
            return "destinataire";
        case EtapeSmtp::Donnees:
            return "donnees";
        case EtapeSmtp::Contenu:
            return "contenu";
    }
    return "";
}

struct SmtpClient::Poignee {
    CURL* curl = nullptr;
    Poignee() {
        static std::once_flag initialise;
        std::call_once(initialise, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        curl = curl_easy_init();
        if (!curl) throw std::bad_alloc();
    }
    ~Poignee() {
        // Taking leave of the server, libcurl would wait two minutes for a word of one that hangs: QUIT is said, but
        // what is answered is not listened to.
        curl_socket_t prise = CURL_SOCKET_BAD;
        if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &prise) == CURLE_OK && prise != CURL_SOCKET_BAD)
            shutdown(prise, SHUT_RD);
        curl_easy_cleanup(curl);
    }
    Poignee(const Poignee&) = delete;
    Poignee& operator=(const Poignee&) = delete;
};

SmtpClient::SmtpClient(ReglagesSmtp reglages, const core::Clock& horloge)
    : reglages_(std::move(reglages)), horloge_(horloge), poignee_(std::make_unique<Poignee>()) {}

SmtpClient::~SmtpClient() = default;

ReponseSmtp SmtpClient::envoyer(const CourrielPret& courriel) {
    ReponseSmtp reponse = essayer(courriel, false);
    long connexions = 0;
    curl_easy_getinfo(poignee_->curl, CURLINFO_NUM_CONNECTS, &connexions);
    const bool connexionGardee = connexions == 0;
    const bool rienNEstParti = reponse.etape != EtapeSmtp::Contenu;
    const bool morte = reponse.code == 0 || reponse.code == 421;
    if (reponse.issue == Issue::Temporaire && connexionGardee && rienNEstParti && morte && !interrompu_)
        return essayer(courriel, true);
    return reponse;
}

ReponseSmtp SmtpClient::essayer(const CourrielPret& courriel, bool connexionNeuve) {
    CURL* curl = poignee_->curl;
    curl_easy_reset(curl);  // options only: the connection stays

    Dialogue dialogue;
    const std::string url = std::string(schema(reglages_.securite)) + "://" + reglages_.hote + ":" +
                            std::to_string(reglages_.port) + "/" + reglages_.nomEhlo;
    exige(curl_easy_setopt(curl, CURLOPT_URL, url.c_str()));
    exige(curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L));
    exige(curl_easy_setopt(curl, CURLOPT_PROXY, ""));
    exige(curl_easy_setopt(curl, CURLOPT_USE_SSL,
                           reglages_.securite == SecuriteSmtp::StartTls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    exige(curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(reglages_.delaiConnexion.count())));
    exige(curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(reglages_.delaiTotal.count())));
    // Also bounds the wait for the answer to QUIT, which the total time does not.
    const long secondes = std::max(1L, static_cast<long>((reglages_.delaiTotal.count() + 999) / 1000));
    exige(curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, secondes));
    if (!reglages_.utilisateur.empty()) {
        exige(curl_easy_setopt(curl, CURLOPT_USERNAME, reglages_.utilisateur.c_str()));
        exige(curl_easy_setopt(curl, CURLOPT_PASSWORD, reglages_.motDePasse.c_str()));
    }
    exige(curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, connexionNeuve ? 1L : 0L));
    exige(curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L));
    exige(curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, trace));
    exige(curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &dialogue));

    exige(curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L));
    exige(curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, avancement));
    exige(curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &interrompu_));

    Liste destinataires;
    ajoute(destinataires, "<" + courriel.enveloppeA + ">");
    const std::string de = "<" + courriel.enveloppeDe + ">";
    exige(curl_easy_setopt(curl, CURLOPT_MAIL_FROM, de.c_str()));
    exige(curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, destinataires.get()));

    Liste entetes;
    ajoute(entetes, "Date: " + dateDEntete(horloge_.now()));
    ajoute(entetes, "From: " + courriel.de);
    ajoute(entetes, "To: " + courriel.a);
    if (!courriel.repondreA.empty()) ajoute(entetes, "Reply-To: " + courriel.repondreA);
    ajoute(entetes, "Subject: " + courriel.sujet);
    ajoute(entetes, "Message-ID: " + courriel.messageId);
    ajoute(entetes, "Auto-Submitted: auto-generated");
    ajoute(entetes, "X-Tag: " + courriel.etiquette);
    ajoute(entetes, "Content-Language: fr");
    ajoute(entetes, "Content-Type: multipart/alternative");
    exige(curl_easy_setopt(curl, CURLOPT_HTTPHEADER, entetes.get()));

    const Mime mime(curl_mime_init(curl));
    if (!mime) throw std::bad_alloc();
    ajoutePartie(mime.get(), courriel.texte, "text/plain; charset=utf-8");
    ajoutePartie(mime.get(), courriel.html, "text/html; charset=utf-8");
    exige(curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get()));

    const CURLcode resultat = curl_easy_perform(curl);
    ReponseSmtp reponse = juge(resultat, dialogue);
    // These live on this stack: the handle must not keep them.
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, nullptr);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, nullptr);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 0L);
    return reponse;
}

}  // namespace histologe::notification
