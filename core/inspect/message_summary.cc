#include "core/inspect/message_summary.h"

#include "core/stun/attribute_type.h"
#include "core/stun/method_table.h"
#include "core/turn/registry.h"

namespace koeru::inspect {
namespace {

namespace type = stun::attribute_type;

// What a line tells of a message, in this order, and the words around it.
struct Detail {
  uint16_t type;
  std::string_view before;
  std::string_view after;
};
constexpr Detail kDetails[] = {
    {type::kUsername, "user ", ""},
    {type::kUserhash, "userhash ", ""},
    {type::kRealm, "realm ", ""},
    {type::kRequestedTransport, "", ""},
    {type::kRequestedAddressFamily, "family ", ""},
    {type::kAdditionalAddressFamily, "and family ", ""},
    {type::kEvenPort, "even port ", ""},
    {type::kReservationToken, "reservation ", ""},
    {type::kChannelNumber, "channel ", ""},
    {type::kXorPeerAddress, "peer ", ""},
    {type::kConnectionId, "connection ", ""},
    {type::kXorRelayedAddress, "relayed ", ""},
    {type::kXorMappedAddress, "mapped ", ""},
    {type::kMappedAddress, "mapped ", ""},
    {type::kAlternateServer, "try ", ""},
    {type::kLifetime, "lifetime ", " s"},
    {type::kUnknownAttributes, "unknown ", ""},
    {type::kUseCandidate, "use-candidate", ""},
    {type::kIceControlling, "controlling", ""},
    {type::kIceControlled, "controlled", ""},
    {type::kSoftware, "software ", ""},
};

constexpr size_t kMaxValue = 64;

// Cuts at a character's start.
std::string Shortened(std::string text) {
  if (text.size() <= kMaxValue) return text;
  size_t end = kMaxValue;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string ValueOf(const stun::RawAttribute& attribute, const stun::TransactionId& id) {
  const bool word_alone =
      attribute.type == type::kIceControlling || attribute.type == type::kIceControlled;
  if (word_alone) return {};
  return Shortened(turn::Registry().Print(attribute.type, attribute.value, id));
}

}  // namespace

std::string Summarize(const stun::MessageView& message) {
  std::string line = stun::DescribeType(message.type());
  if (const auto error = message.Find(type::kErrorCode)) {
    line += ' ';
    line += ValueOf(*error, message.transaction_id());
  }
  std::string details;
  for (const Detail& detail : kDetails) {
    // The realm is the server's to say; the client repeats it in every request.
    if (detail.type == type::kRealm && message.message_class() == stun::Class::kRequest) continue;
    for (const stun::RawAttribute& attribute : message.attributes()) {
      if (attribute.type != detail.type || attribute.ignored) continue;
      if (!details.empty()) details += ", ";
      details += detail.before;
      details += ValueOf(attribute, message.transaction_id());
      details += detail.after;
      if (details.size() > 4 * kMaxValue) break;  // a flood of peers
    }
  }
  if (!details.empty()) line += "  (" + details + ")";
  return line;
}

}  // namespace koeru::inspect
