#include "core/stun/method_table.h"

#include <algorithm>

#include "core/bytes/ascii.h"
#include "core/bytes/number.h"

namespace koeru::stun {
namespace {

constexpr MethodRow kTable[] = {
    {Method::kBinding, "Binding", "RFC 8489 §3"},
    {Method::kSharedSecret, "SharedSecret", "RFC 3489 §9.3"},
    {Method::kAllocate, "Allocate", "RFC 8656 §7"},
    {Method::kRefresh, "Refresh", "RFC 8656 §8"},
    {Method::kSend, "Send", "RFC 8656 §11"},
    {Method::kData, "Data", "RFC 8656 §11"},
    {Method::kCreatePermission, "CreatePermission", "RFC 8656 §10"},
    {Method::kChannelBind, "ChannelBind", "RFC 8656 §12"},
    {Method::kConnect, "Connect", "RFC 6062 §4.3"},
    {Method::kConnectionBind, "ConnectionBind", "RFC 6062 §4.3"},
    {Method::kConnectionAttempt, "ConnectionAttempt", "RFC 6062 §4.4"},
    {Method::kGoogPing, "GOOG-PING", "Google, IANA registry"},
};

constexpr std::string_view kClassNames[] = {"request", "indication", "success response",
                                            "error response"};

}  // namespace

std::span<const MethodRow> MethodTable() { return kTable; }

const MethodRow* FindMethod(Method method) {
  const auto* row = std::find_if(std::begin(kTable), std::end(kTable),
                                 [&](const MethodRow& entry) { return entry.method == method; });
  return row != std::end(kTable) ? row : nullptr;
}

std::string MethodName(Method method) {
  const MethodRow* row = FindMethod(method);
  return row != nullptr ? std::string(row->name) : ToHexNumber(static_cast<uint16_t>(method), 3);
}

Result<Method> ParseMethod(std::string_view name) {
  for (const MethodRow& row : kTable) {
    if (EqualsIgnoringCase(row.name, name)) return row.method;
  }
  const Result<uint16_t> number = ParseNumber<uint16_t>(name);
  if (!number.ok() || *number > 0xFFF) {
    return ParseError{"neither a known method such as Allocate nor a number up to 0xFFF", 0};
  }
  return static_cast<Method>(*number);
}

std::string_view ClassName(Class message_class) {
  return kClassNames[static_cast<size_t>(message_class) & 3];
}

Result<Class> ParseClass(std::string_view name) {
  for (size_t i = 0; i < std::size(kClassNames); ++i) {
    if (EqualsIgnoringCase(kClassNames[i], name)) return static_cast<Class>(i);
  }
  return ParseError{"the class is request, indication, success response or error response", 0};
}

std::string DescribeType(MessageType type) {
  return MethodName(type.method) + " " + std::string(ClassName(type.message_class));
}

}  // namespace koeru::stun
