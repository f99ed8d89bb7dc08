#pragma once

// Simulcast: RFC 8853, its streams named and restricted by RFC 8851.
//
//   SetSimulcast(offer, 1, "send", {{"f", ""}, {"h", "max-width=640;max-height=360"}, {"~q", ""}});
//
//   a=rid:f send
//   a=rid:h send max-width=640;max-height=360
//   a=rid:q send
//   a=simulcast:send f;h;~q                    "~": paused at first
//
// The streams replace all of that direction; none of them: that direction has no simulcast.
// Where the header extension is missing that tells streams apart, its a=extmap line is added.

#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

struct SimulcastStream {
  std::string_view id;            // letters, digits, '-' and '_'; '~' in front
  std::string_view restrictions;  // RFC 8851 section 5: "pt=96,97;max-fps=30"
};

EditResult SetSimulcast(Document& document, size_t section, std::string_view direction,
                        std::span<const SimulcastStream> streams);

}  // namespace koeru::sdp
