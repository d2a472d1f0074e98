// What agents may write beyond plain words: a small part of HTML, written anew so that nothing else is in it.
#pragma once

#include <string>
#include <string_view>

namespace histologe::routing {

// The same text in which only p, br, strong, em, u, ul, ol, li, blockquote and a are left, well nested and closed, without
// attributes but the `href` of a link to http, https or mailto. b and i become strong and em; h1 to h6 and div become p;
// the words of other elements stay, save those of script, style and the like. Done twice it is the same as once.
std::string assainir(std::string_view html);

// Its words alone: no elements, entities read, one line for each paragraph or item.
std::string motsSeuls(std::string_view html);

}  // namespace histologe::routing
