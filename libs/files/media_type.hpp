// What a file is, told from its content and never from its name.
#pragma once

#include <string>
#include <string_view>

namespace histologe::files {

// The media type of a file that begins with these bytes (a few kilobytes are enough), `application/octet-stream` when it
// is not recognised. Any thread.
std::string detectMediaType(std::string_view firstBytes);

// The usual extension of a media type, with its dot; empty when we take no file of that type.
std::string_view extensionOf(std::string_view mediaType) noexcept;

// Photographs and scans: JPEG, PNG, GIF, PDF. (Reference of intake, 4.1.)
bool isPhoto(std::string_view mediaType) noexcept;
// What may be joined as a document: the above, office documents, plain text, mails.
bool isDocument(std::string_view mediaType) noexcept;

}  // namespace histologe::files
