// The rows of core/turn: one per attribute, ascending by type.

#include "core/stun/attribute_text.h"
#include "core/turn/attributes.h"
#include "core/turn/registry.h"

namespace koeru::turn {
namespace {

using enum stun::AttributeStatus;
using stun::AddressText;
using stun::AttributeCodec;
using stun::AttributeField;
using stun::AttributeRow;
using stun::CodecOf;
using stun::Decimal;
using stun::Flag;
using stun::HexBytes;
using stun::HexNumber;
using stun::MaybeError;

// "IPv4", "IPv6"
template <typename A>
struct FamilyForm {
  static std::string Print(const A& a) { return stun::PrintFamily(a.family); }
  static MaybeError Parse(std::string_view text, A& a, std::string&) {
    const Result<stun::AddressFamily> family = stun::ParseFamily(text);
    if (!family.ok()) return family.error();
    a.family = *family;
    return std::nullopt;
  }
};

// "R=1": reserve the next-higher port, too.
struct EvenPortForm {
  static std::string Print(const EvenPort& a) { return a.reserve_next ? "R=1" : "R=0"; }
  static MaybeError Parse(std::string_view text, EvenPort& a, std::string&) {
    if (text != "R=0" && text != "R=1") {
      return ParseError{"expected R=0, or R=1 to reserve the next port as well", 0};
    }
    a.reserve_next = text == "R=1";
    return std::nullopt;
  }
};

// "17 (UDP)"; the name alone and the number alone are read, too.
struct RequestedTransportForm {
  static std::string_view NameOf(uint8_t protocol) {
    if (protocol == kProtocolUdp) return "UDP";
    return protocol == kProtocolTcp ? "TCP" : "";
  }
  static std::string Print(const RequestedTransport& a) {
    const std::string_view name = NameOf(a.protocol);
    const std::string number = std::to_string(a.protocol);
    return name.empty() ? number : number + " (" + std::string(name) + ")";
  }
  static MaybeError Parse(std::string_view text, RequestedTransport& a, std::string&) {
    for (const uint8_t protocol : {kProtocolUdp, kProtocolTcp}) {
      a.protocol = protocol;
      if (text == NameOf(protocol) || text == Print(a)) return std::nullopt;
    }
    const Result<uint8_t> number = ParseNumber<uint8_t>(text);
    if (!number.ok()) return ParseError{"the transport is UDP, TCP or a number up to 255", 0};
    a.protocol = *number;
    return std::nullopt;
  }
  static std::vector<AttributeField> Fields(Bytes value, const RequestedTransport& a) {
    return {{"protocol", 0, 1, Print(a)}, {"RFFU", 1, 3, ToHex(value.subspan(1))}};
  }
};

struct ReservationTokenForm {
  static std::string Print(const ReservationToken& a) { return ToHex(a.token); }
  static MaybeError Parse(std::string_view text, ReservationToken& a, std::string&) {
    const Result<std::vector<uint8_t>> bytes = FromHex(text);
    if (!bytes.ok()) return bytes.error();
    if (bytes->size() != a.token.size()) return ParseError{"a reservation token has 8 bytes", 0};
    std::copy(bytes->begin(), bytes->end(), a.token.begin());
    return std::nullopt;
  }
};

// "0x4000"
struct ChannelNumberForm : HexNumber<&ChannelNumber::number> {
  static std::vector<AttributeField> Fields(Bytes value, const ChannelNumber& a) {
    return {{"channel number", 0, 2, Print(a)}, {"RFFU", 2, 2, ToHex(value.subspan(2))}};
  }
};

// "IPv6 440 Address Family not Supported"
struct AddressErrorCodeForm {
  static std::string Print(const AddressErrorCode& a) {
    return stun::PrintFamily(a.family) + " " + stun::PrintErrorCode(a.code, a.reason);
  }
  static MaybeError Parse(std::string_view text, AddressErrorCode& a, std::string& storage) {
    const size_t size = text.size();
    const Result<stun::AddressFamily> family = stun::ParseFamily(stun::TakeUntil(text, " "));
    if (!family.ok()) return family.error();
    a.family = *family;
    MaybeError error = stun::ParseErrorCode(text, a.code, storage);
    if (error) error->offset += size - text.size();
    a.reason = storage;
    return error;
  }
};

// "type=3 code=4 data=1280"
struct IcmpForm {
  static std::string Print(const Icmp& a) {
    const stun::NamedNumber numbers[] = {{"type", a.type}, {"code", a.code}, {"data", a.data}};
    return stun::PrintNamedNumbers(numbers);
  }
  static MaybeError Parse(std::string_view text, Icmp& a, std::string&) {
    stun::NamedNumber numbers[] = {{"type"}, {"code"}, {"data"}};
    if (const MaybeError error = stun::ParseNamedNumbers(text, numbers)) return error;
    if (numbers[0].value > 0x7F || numbers[1].value > 0x1FF || numbers[2].value > 0xFFFFFFFF) {
      return ParseError{"the type is at most 127, the code 511, the data 4294967295", 0};
    }
    a = {static_cast<uint8_t>(numbers[0].value), static_cast<uint16_t>(numbers[1].value),
         static_cast<uint32_t>(numbers[2].value)};
    return std::nullopt;
  }
  static std::vector<AttributeField> Fields(Bytes value, const Icmp& a) {
    return {{"reserved", 0, 2, ToHex(value.first(2))},
            {"type and code", 2, 2, std::to_string(a.type) + " and " + std::to_string(a.code)},
            {"error data", 4, 4, std::to_string(a.data)}};
  }
};

template <typename A, typename Form>
constexpr AttributeRow Row(std::string_view name, std::string_view section,
                           stun::AttributeStatus status = kStandard) {
  return {A::kType, name, section, status, true, CodecOf<A, Form>()};
}

constexpr AttributeRow kTable[] = {
    Row<ChannelNumber, ChannelNumberForm>("CHANNEL-NUMBER", "RFC 8656 §18.1"),
    Row<Lifetime, Decimal<&Lifetime::seconds>>("LIFETIME", "RFC 8656 §18.2"),
    Row<Bandwidth, HexBytes<&Bandwidth::content>>("BANDWIDTH", "RFC 8656 §18", kObsolete),
    Row<XorPeerAddress, AddressText<XorPeerAddress>>("XOR-PEER-ADDRESS", "RFC 8656 §18.3"),
    Row<Data, HexBytes<&Data::data>>("DATA", "RFC 8656 §18.4"),
    Row<XorRelayedAddress, AddressText<XorRelayedAddress>>("XOR-RELAYED-ADDRESS", "RFC 8656 §18.5"),
    Row<RequestedAddressFamily, FamilyForm<RequestedAddressFamily>>("REQUESTED-ADDRESS-FAMILY",
                                                                    "RFC 8656 §18.6"),
    Row<EvenPort, EvenPortForm>("EVEN-PORT", "RFC 8656 §18.7"),
    Row<RequestedTransport, RequestedTransportForm>("REQUESTED-TRANSPORT", "RFC 8656 §18.8"),
    Row<DontFragment, Flag<DontFragment>>("DONT-FRAGMENT", "RFC 8656 §18.9"),
    Row<TimerVal, HexBytes<&TimerVal::content>>("TIMER-VAL", "RFC 8656 §18", kObsolete),
    Row<ReservationToken, ReservationTokenForm>("RESERVATION-TOKEN", "RFC 8656 §18.10"),
    Row<ConnectionId, HexNumber<&ConnectionId::id>>("CONNECTION-ID", "RFC 6062 §6.2.1"),
    Row<AdditionalAddressFamily, FamilyForm<AdditionalAddressFamily>>("ADDITIONAL-ADDRESS-FAMILY",
                                                                      "RFC 8656 §18.11"),
    Row<AddressErrorCode, AddressErrorCodeForm>("ADDRESS-ERROR-CODE", "RFC 8656 §18.12"),
    Row<Icmp, IcmpForm>("ICMP", "RFC 8656 §18.13"),
};

static_assert(stun::IsSortedByType(kTable), "Find() searches by halves");

}  // namespace

std::span<const AttributeRow> TurnAttributeTable() { return kTable; }

const stun::AttributeRegistry& Registry() {
  static const std::span<const AttributeRow> tables[] = {stun::StunAttributeTable(), kTable};
  static const stun::AttributeRegistry registry(tables);
  return registry;
}

}  // namespace koeru::turn
