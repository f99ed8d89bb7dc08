#pragma once

// The full registry: the rows of core/stun and of core/turn together. It lives here, the first
// folder that may know both (core/stun cannot include core/turn).
//
//   turn::Registry().Print(attribute.type, attribute.value, message.transaction_id());

#include "core/stun/attribute_registry.h"

namespace koeru::turn {

// The rows of core/turn alone, ascending by type.
std::span<const stun::AttributeRow> TurnAttributeTable();

const stun::AttributeRegistry& Registry();

}  // namespace koeru::turn
