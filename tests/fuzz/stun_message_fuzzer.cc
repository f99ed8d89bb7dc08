// koeru_fuzzer deps: koeru_turn

// A STUN message: decoded, every typed attribute read, printed and read back, rebuilt, compared.

#include <algorithm>
#include <string>
#include <vector>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/stun/attributes.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"
#include "core/stun/message_view.h"
#include "core/stun/method_table.h"
#include "core/turn/attributes.h"
#include "core/turn/registry.h"
#include "tests/fuzz/require.h"

namespace koeru {
namespace {

using fuzz::Require;
using stun::MessageBuilder;
using stun::MessageView;
using stun::RawAttribute;

// A typed attribute that decodes encodes to something that decodes to the same again.
template <typename A>
void GetTyped(const MessageView& message) {
  const auto attribute = message.Get<A>();
  if (!attribute.ok()) {
    Require(attribute.error().offset <= message.bytes().size(), "an error lies in the message");
    return;
  }
  if (!attribute->has_value()) return;
  std::vector<uint8_t> buffer(message.bytes().size() + 64);
  Writer w(buffer);
  (**attribute).Encode(w, message.transaction_id());
  if (!w.ok()) return;  // decoding is more generous than encoding
  const auto again = A::Decode(w.written(), message.transaction_id());
  Require(again.ok(), "what was encoded decodes");
  std::vector<uint8_t> other(buffer.size());
  Writer v(other);
  again->Encode(v, message.transaction_id());
  Require(std::ranges::equal(w.written(), v.written()), "encoding is stable");
}

template <typename... A>
void GetAllTyped(const MessageView& message) {
  (GetTyped<A>(message), ...);
}

void CheckTyped(const MessageView& message) {
  using namespace stun;  // NOLINT: a list of names
  GetAllTyped<MappedAddress, XorMappedAddress, Username, Userhash, MessageIntegrity,
              MessageIntegritySha256, Fingerprint, ErrorCode, Realm, Nonce, UnknownAttributes,
              Software, AlternateServer, AlternateDomain, PasswordAlgorithm, PasswordAlgorithms,
              Priority, UseCandidate, IceControlled, IceControlling, ChangeRequest, ResponseOrigin,
              OtherAddress, ResponsePort, Padding, CacheTimeout, ResponseAddress, ChangedAddress,
              SourceAddress, ReflectedFrom, Password, Origin, AccessToken, ThirdPartyAuthorization,
              MobilityTicket, EcnCheck, TransactionTransmitCounter, GoogNetworkInfo>(message);
  GetAllTyped<turn::ChannelNumber, turn::Lifetime, turn::XorPeerAddress, turn::Data,
              turn::XorRelayedAddress, turn::RequestedAddressFamily, turn::EvenPort,
              turn::RequestedTransport, turn::DontFragment, turn::ReservationToken,
              turn::AdditionalAddressFamily, turn::AddressErrorCode, turn::Icmp, turn::Bandwidth,
              turn::TimerVal, turn::ConnectionId>(message);
}

void CheckPrinted(const RawAttribute& attribute, const stun::TransactionId& id) {
  const stun::AttributeRegistry& registry = turn::Registry();
  const std::string text = registry.Print(attribute.type, attribute.value, id);
  Require(IsValidUtf8(text), "printed text is UTF-8");
  std::vector<uint8_t> buffer(attribute.value.size());
  Writer w(buffer);
  const auto size = registry.ParseText(attribute.type, text, w, id);
  Require(size.ok() && std::ranges::equal(w.written(), attribute.value), "print is reversible");
  size_t end = 0;
  for (const stun::AttributeField& field : registry.Fields(attribute.type, attribute.value, id)) {
    Require(field.offset == end, "fields follow each other");
    end += field.size;
  }
  Require(end == attribute.value.size(), "fields cover the value");
}

// Rebuilding gives the same message but for padding, which a builder writes as zeros.
void CheckRebuilt(const MessageView& message) {
  std::vector<uint8_t> expected(message.bytes().begin(), message.bytes().end());
  std::vector<uint8_t> buffer(expected.size(), 0xAA);
  MessageBuilder b(buffer, message.type(), message.transaction_id());
  for (const RawAttribute& attribute : message.attributes()) {
    b.AddRaw(attribute.type, attribute.value);
    size_t end = attribute.value_offset() + attribute.value.size();
    for (; end % 4 != 0; ++end) expected[end] = 0;
  }
  Require(std::ranges::equal(b.Finish(), expected), "a rebuilt message is the same message");
}

void CheckProtected(const MessageView& message) {
  const Bytes key = AsBytes("key");
  stun::CheckMessageIntegrity(message, key);
  stun::CheckMessageIntegritySha256(message, key);
  stun::CheckFingerprint(message);
  std::vector<uint8_t> buffer(message.bytes().size() + 24 + 36 + 8);
  MessageBuilder b(buffer, message.type(), message.transaction_id());
  for (const RawAttribute& attribute : message.attributes()) {
    if (attribute.type == stun::attribute_type::kMessageIntegrity ||
        attribute.type == stun::attribute_type::kMessageIntegritySha256 ||
        attribute.type == stun::attribute_type::kFingerprint) {
      continue;
    }
    b.AddRaw(attribute.type, attribute.value);
  }
  b.AddMessageIntegrity(key);
  b.AddMessageIntegritySha256(key, 16);
  b.AddFingerprint();
  if (!b.ok()) return;  // too long for the length field
  const auto again = MessageView::Parse(b.Finish());
  Require(again.ok(), "a built message parses");
  Require(CheckMessageIntegrity(*again, key) == stun::IntegrityVerdict::kValid, "SHA-1 holds");
  Require(CheckMessageIntegritySha256(*again, key) == stun::IntegrityVerdict::kValid,
          "SHA-256 holds");
  Require(CheckFingerprint(*again) == stun::FingerprintVerdict::kValid, "the fingerprint holds");
}

void CheckMessage(Bytes bytes) {
  const auto message = MessageView::Parse(bytes);
  if (!message.ok()) {
    Require(message.error().offset <= bytes.size(), "an error lies in the input");
    return;
  }
  Require(MessageView::AnnouncedSize(bytes) == bytes.size(), "the announced size is the size");
  stun::DescribeType(message->type());
  for (const RawAttribute& attribute : message->attributes()) {
    CheckPrinted(attribute, message->transaction_id());
  }
  CheckTyped(*message);
  CheckRebuilt(*message);
  CheckProtected(*message);
}

}  // namespace
}  // namespace koeru

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const koeru::Bytes input(data, size);
  koeru::CheckMessage(input);
  // The same input with a header that is right, so that the attributes are reached.
  std::vector<uint8_t> repaired(data, data + std::min<size_t>(size, 20 + 0xFFFC) / 4 * 4);
  if (repaired.size() < 20) return 0;
  const size_t length = repaired.size() - 20;
  repaired[0] = repaired[0] & 0x3F;
  repaired[2] = static_cast<uint8_t>(length >> 8);
  repaired[3] = static_cast<uint8_t>(length);
  constexpr uint8_t kCookie[] = {0x21, 0x12, 0xA4, 0x42};
  std::copy(std::begin(kCookie), std::end(kCookie), repaired.begin() + 4);
  koeru::CheckMessage(repaired);
  return 0;
}
