#pragma once

// Which way the media of a section flow: RFC 8866 section 6.7.

#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

// "sendrecv", "sendonly", "recvonly" or "inactive". The session's own (section 0) is what sections
// without one mean. Data channels have none.
EditResult SetDirection(Document& document, size_t section, std::string_view direction);

}  // namespace koeru::sdp
