#pragma once

// A STUN message in one line: "Allocate error response 401 Unauthenticated  (realm example.org)".
// All text of strangers is escaped by the attribute registry.

#include <string>

#include "core/stun/message_view.h"

namespace koeru::inspect {

std::string Summarize(const stun::MessageView& message);

}  // namespace koeru::inspect
