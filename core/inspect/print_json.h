#pragma once

// A tree as JSON, for programs:
//
//   {"label":"XOR-MAPPED-ADDRESS","offset":20,"size":12,"value":"192.0.2.1:32853",
//    "rfc":"RFC 8489 §14.2","remarks":[{"severity":"warning","text":"..."}],"children":[...]}
//
// value, rfc (of a remark, too), remarks and children are left out when empty.

#include <string>

#include "core/inspect/json_writer.h"
#include "core/inspect/tree.h"

namespace koeru::inspect {

std::string PrintJson(const Node& tree);
// The same as a value of a larger document.
void WriteJson(const Node& tree, JsonWriter& json);

}  // namespace koeru::inspect
