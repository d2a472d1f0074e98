// What is left of the HTML that people send. (Reference of routing, 4.1; user demands D-88, D-109.)
#include "services/routing/domain/texte_riche.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>

using histologe::routing::assainir;
using histologe::routing::motsSeuls;

TEST_CASE("simple text goes through, with its elements closed and well nested") {
    CHECK(assainir("<p>Bonjour <b>à tous</b></p>") == "<p>Bonjour <strong>à tous</strong></p>");
    CHECK(assainir("<ul><li>un<li>deux</ul>") == "<ul><li>un<li>deux</li></li></ul>");
    CHECK(assainir("<p><em>pas fermé") == "<p><em>pas fermé</em></p>");
    CHECK(assainir("<p>mal <em>imbriqué</p></em>") == "<p>mal <em>imbriqué</em></p>");
    CHECK(assainir("</p>orphelin</div>") == "orphelin");
    CHECK(assainir("ligne<br/>suivante<BR>fin") == "ligne<br>suivante<br>fin");
    CHECK(assainir("<h2>Titre</h2><div>bloc</div>") == "<p>Titre</p><p>bloc</p>");
}

TEST_CASE("nothing that runs, loads or disguises itself is left") {
    CHECK(assainir("<script>alert(1)</script>bon") == "bon");
    CHECK(assainir("<SCRIPT >alert('</p>')</sCripT >bon") == "bon");
    CHECK(assainir("<script>jamais fermé") == "");
    CHECK(assainir("<style>p{}</style><svg onload=x><a href='http://x'>y</a></svg>bon") == "bon");
    CHECK(assainir("<p onclick=\"x()\" style='a:b' class=c>bon</p>") == "<p>bon</p>");
    CHECK(assainir("<img src=x onerror=alert(1)>bon") == "bon");
    CHECK(assainir("<a href=\"javascript:alert(1)\">clic</a>") == "clic");
    CHECK(assainir("<a href=\" JaVaScRiPt:alert(1)\">clic</a>") == "clic");
    CHECK(assainir("<a href=\"&#106;avascript:alert(1)\">clic</a>") == "clic");
    CHECK(assainir("<a href=\"java\tscript:alert(1)\">clic</a>") == "clic");
    CHECK(assainir("<a href=\"data:text/html,x\">clic</a>") == "clic");
    CHECK(assainir("<a href=\"https://x/&quot; onclick=&quot;y\">clic</a>") == "clic");
    CHECK(assainir("<!-- <script>x</script> --><!doctype html><?php x ?>bon") == "bon");
    CHECK(assainir("<!-- jamais fini <b>") == "");
    CHECK(assainir("a < b && c > d") == "a &lt; b &amp;&amp; c &gt; d");
    CHECK(assainir("<<b>script>x") .find("<script") == std::string::npos);
    CHECK(assainir("&lt;script&gt;x") == "&lt;script&gt;x");
    CHECK(assainir("<iframe src=x>caché</iframe>vu") == "vu");
}

TEST_CASE("links to pages and addresses stay, and say that they lead elsewhere") {
    CHECK(assainir("<a target=_blank href='https://exemple.fr/?a=1&amp;b=2'>ici</a>") ==
          "<a href=\"https://exemple.fr/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\">ici</a>");
    CHECK(assainir("<a href=mailto:x@example.org>m</a>").starts_with("<a href=\"mailto:x@example.org\""));
    CHECK(assainir("<a href='https://a'><a href='https://b'>x</a></a>") ==
          "<a href=\"https://a\" rel=\"noopener noreferrer nofollow\">x</a>");
}

TEST_CASE("D-109: the words of a text are its words") {
    CHECK(motsSeuls("<p>a&nbsp;b</p>") == "a\xc2\xa0" "b");
    CHECK(motsSeuls("<p>un</p><ul><li>deux</li><li>trois</li></ul>") == "un\ndeux\ntrois");
    CHECK(motsSeuls("deux<br>lignes &lt;ici&gt; &amp; l&#39;autre &#x41;") == "deux\nlignes <ici> & l'autre A");
    CHECK(motsSeuls("&#0;&#7;&#xD800;&#99999999;") == "&#99999999;");
    CHECK(motsSeuls("<p>   </p>") == "");
}

TEST_CASE("whatever is sent, doing it twice is doing it once, and only the known elements are left") {
    std::mt19937 hasard(20261125);
    const std::vector<std::string> morceaux = {"<p>", "</p>", "<b", ">", "<", "</", "<a href=", "\"", "'", "https://x", "javascript:", "&", "&lt;",
                                               "&#60;", ";", "script", "<script>", "</script>", "<li>", "</ul>", "<!--", "-->", "é", " ", "\n", "=",
                                               "onerror", "<img src=x ", "/>", "<svg>", "</a>", "<br>", "\xff", "x"};
    for (int tour = 0; tour < 20'000; ++tour) {
        std::string entree;
        const int combien = static_cast<int>(hasard() % 14);
        for (int i = 0; i < combien; ++i) entree += morceaux[hasard() % morceaux.size()];
        const auto propre = assainir(entree);
        INFO(entree);
        REQUIRE(assainir(propre) == propre);
        for (std::size_t i = propre.find('<'); i != std::string::npos; i = propre.find('<', i + 1)) {
            const auto reste = propre.substr(i);
            bool connu = reste.starts_with("<a href=\"https://x") || reste.starts_with("</a>") || reste.starts_with("<br>");
            for (const auto* nom : {"p", "strong", "em", "u", "ul", "ol", "li", "blockquote"}) {
                connu = connu || reste.starts_with(std::string("<") + nom + ">") || reste.starts_with(std::string("</") + nom + ">");
            }
            REQUIRE(connu);
        }
    }
}
