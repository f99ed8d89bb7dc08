#pragma once

// Bytes <-> text that is safe to show: the one place where names, reasons and nonces of strangers
// become something that a terminal, a log or a page can hold.
//
//   Escape("caf\xC3\xA9")        == "café"          valid UTF-8 stays
//   Escape("a\nb\xFF\\")         == "a\\x0ab\\xff\\\\"
//   Unescape(Escape(any bytes))  == the same bytes
//
// Escaped as \xNN, byte by byte: control characters (C0, DEL, C1), whatever is not valid UTF-8
// (overlong forms and surrogates included), line and paragraph separators, and the bidirectional
// controls that make text look like other text. The backslash is doubled. Quotes stay: who puts the
// text into quotes escapes those (JSON, SQL, metric labels).

#include <string>
#include <string_view>

#include "core/bytes/result.h"

namespace koeru {

std::string Escape(std::string_view bytes);

// Errors carry the offset of the backslash that starts no known escape.
Result<std::string> Unescape(std::string_view text);

// Bytes of the valid UTF-8 character at the start of `text`: 1 to 4, or 0 when there is none.
size_t Utf8CharacterSize(std::string_view text);
bool IsValidUtf8(std::string_view text);

}  // namespace koeru
