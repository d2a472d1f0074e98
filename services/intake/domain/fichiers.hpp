// The files that a draft names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/json.hpp"
#include "services/intake/domain/demande.hpp"

namespace histologe::intake {

// One uploaded file as the form names it (reference of intake, 4.2). Whether the key is one that the service issued,
// and to this draft, is for the store to say.
struct FichierDepose {
    std::string cle;    // where it lies: `filePath` when the answer of the upload has one, else `file`
    std::string titre;  // as people read it; the last part of the key when the form gives none
    std::string typeDocument;
    std::optional<std::string> desordreSlug;  // the critère or category photographed
    std::optional<std::string> description;   // at most 255 characters
};

// The name of a received file as people read it, from the name that it came with: without folders and extension, without
// what some file system does not take and what nobody sees; line ends, tabs and runs of blanks are one blank, none at the
// ends. At most 200 bytes. Empty when nothing is left.
std::string titreDuFichier(std::string_view nomRecu);

// The type of document of a gathered slug: first rule that matches in the reference.
std::string_view typeDeDocument(std::string_view slug) noexcept;

// True when the value is a list of upload answers: objects with a text `file` or `filePath`, keys of at most 255
// characters that stay inside the bucket (no `..`, no leading `/`, no control character).
bool televersementLisible(const core::Json& valeur);

// The files of all uploads, in the order of the keys of the payload. What is not readable is left out.
std::vector<FichierDepose> fichiersDe(const Demande& demande);

}  // namespace histologe::intake
