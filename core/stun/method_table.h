#pragma once

// Names of methods and classes: IANA's "STUN Methods" registry.
//
//   DescribeType({Method::kAllocate, Class::kErrorResponse})  ==  "Allocate error response"

#include <span>
#include <string>
#include <string_view>

#include "core/bytes/result.h"
#include "core/stun/message_type.h"

namespace koeru::stun {

struct MethodRow {
  Method method;
  std::string_view name;     // as IANA has it: "CreatePermission"
  std::string_view section;  // "RFC 8656 §10"
};

// All rows, ascending.
std::span<const MethodRow> MethodTable();
// nullptr when unknown.
const MethodRow* FindMethod(Method method);

// The name, or "0x0F0" for an unknown method.
std::string MethodName(Method method);
// Reads what MethodName gives, in any case; also a number up to 0xFFF.
Result<Method> ParseMethod(std::string_view name);

// "request", "indication", "success response", "error response"
std::string_view ClassName(Class message_class);
Result<Class> ParseClass(std::string_view name);

std::string DescribeType(MessageType type);

}  // namespace koeru::stun
