#pragma once

// The bandwidth that a session or one medium takes: RFC 8866 section 5.8.
//
//   SetBandwidth(offer, 2, "TIAS", "500000");     // bit/s, RFC 3890
//   SetBandwidth(offer, 2, "AS", "500");          // kbit/s
//   SetBandwidth(offer, 2, "AS", "");             // no b=AS line

#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

// `type` is CT, AS, TIAS, RS, RR or another token; `bandwidth` is digits, or empty for no such
// line.
EditResult SetBandwidth(Document& document, size_t section, std::string_view type,
                        std::string_view bandwidth);

}  // namespace koeru::sdp
