// What a file is, told from its content and never from its name.
#pragma once

#include <string>
#include <string_view>

namespace histologe::files {

// The media type of a file that begins with these bytes (64 KiB tell every type that we take),
// `application/octet-stream` when it is not recognised. Any thread.
std::string detectMediaType(std::string_view firstBytes);

// The usual extension of a media type, with its dot; empty when we take no file of that type.
std::string_view extensionOf(std::string_view mediaType) noexcept;

// Photographs and scans: JPEG, PNG, GIF, HEIC, PDF. (Reference of intake, 4.1; HEIC is what telephones send, and is
// converted.)
bool isPhoto(std::string_view mediaType) noexcept;
// What may be joined as a document: the above, office documents, plain text, mails.
bool isDocument(std::string_view mediaType) noexcept;
// A picture that variants are made of: JPEG, PNG, GIF, HEIC.
bool isImage(std::string_view mediaType) noexcept;

// True when the name of a file claims another kind of thing than what it holds: its extension is one that we know, and
// belongs to another family (pictures, PDF, office documents, texts and mails). A picture named as another kind of
// picture is what telephones do, and no contradiction.
bool contradicts(std::string_view fileName, std::string_view mediaType);

}  // namespace histologe::files
