#pragma once

// What a session says for all its media sections: a section without a line of its own has this one.

#include "core/sdp/document.h"

namespace koeru::sdp {

struct SessionDefaults {
  // More lines of one kind than that no section inherits.
  static constexpr size_t kMaxLines = 64;

  explicit SessionDefaults(const Document& document);

  std::optional<size_t> direction;  // indexes of lines
  std::optional<size_t> ice_ufrag;
  std::optional<size_t> ice_pwd;
  std::vector<size_t> lines;  // of those that InheritedName() knows
};

// "fingerprint", "setup", "tls-id", "ice-options" (RFC 8842, 8839) and "c=" (RFC 8866 section 5.7);
// empty for every other line.
std::string_view InheritedName(const Line& line);

// The first direction attribute of a section: RFC 8866 section 6.7.
std::optional<size_t> FindDirection(const Document& document, size_t section);

}  // namespace koeru::sdp
