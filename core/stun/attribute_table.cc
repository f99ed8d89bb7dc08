// The rows of core/stun: one per attribute, ascending by type. TURN's are in
// core/turn/attribute_table.cc.

#include "core/stun/attribute_forms.h"
#include "core/stun/attribute_registry.h"
#include "core/stun/attributes.h"

namespace koeru::stun {
namespace {

using enum AttributeStatus;

template <typename A>
constexpr AttributeRow Address(std::string_view name, std::string_view section,
                               AttributeStatus status = kStandard) {
  return {A::kType, name, section, status, true, CodecOf<A, AddressText<A>>()};
}

template <typename A, auto kMember = &A::text>
constexpr AttributeRow Words(std::string_view name, std::string_view section,
                             AttributeStatus status = kStandard) {
  return {A::kType, name, section, status, true, CodecOf<A, Text<kMember>>()};
}

template <auto kMember>
constexpr AttributeRow Digits(std::string_view name, std::string_view section) {
  using A = ClassOf<kMember>;
  return {A::kType, name, section, kStandard, true, CodecOf<A, HexBytes<kMember>>()};
}

constexpr AttributeRow Vendor(uint16_t type, std::string_view name, std::string_view owner,
                              bool registered, AttributeCodec codec = OpaqueCodec()) {
  return {type, name, owner, kVendor, registered, codec};
}

// A value of 4 bytes that is a number.
struct VendorNumber {
  uint32_t number = 0;
  static Result<VendorNumber> Decode(Bytes value, const TransactionId&) {
    Reader r(value);
    const VendorNumber decoded{r.U32()};
    if (!r.AtEnd()) return ParseError{"the value is 4 bytes long", 0};
    return decoded;
  }
  void Encode(Writer& w, const TransactionId&) const { w.U32(number); }
};
constexpr AttributeCodec kVendorNumber = CodecOf<VendorNumber, Decimal<&VendorNumber::number>>();

namespace type = attribute_type;

constexpr AttributeRow kTable[] = {
    Address<MappedAddress>("MAPPED-ADDRESS", "RFC 8489 §14.1"),
    Address<ResponseAddress>("RESPONSE-ADDRESS", "RFC 3489 §11.2.2", kObsolete),
    {type::kChangeRequest, "CHANGE-REQUEST", "RFC 5780 §7.2", kStandard, true,
     CodecOf<ChangeRequest, ChangeRequestForm>()},
    Address<SourceAddress>("SOURCE-ADDRESS", "RFC 3489 §11.2.5", kObsolete),
    Address<ChangedAddress>("CHANGED-ADDRESS", "RFC 3489 §11.2.3", kObsolete),
    Words<Username>("USERNAME", "RFC 8489 §14.3"),
    Words<Password>("PASSWORD", "RFC 3489 §11.2.7", kObsolete),
    Digits<&MessageIntegrity::mac>("MESSAGE-INTEGRITY", "RFC 8489 §14.5"),
    {type::kErrorCode, "ERROR-CODE", "RFC 8489 §14.8", kStandard, true,
     CodecOf<ErrorCode, ErrorCodeForm>()},
    {type::kUnknownAttributes, "UNKNOWN-ATTRIBUTES", "RFC 8489 §14.13", kStandard, true,
     ListCodecOf<UnknownAttributes, UnknownAttributesForm>()},
    Address<ReflectedFrom>("REFLECTED-FROM", "RFC 3489 §11.2.11", kObsolete),
    Words<Realm>("REALM", "RFC 8489 §14.9"),
    Words<Nonce>("NONCE", "RFC 8489 §14.10"),
    {type::kAccessToken, "ACCESS-TOKEN", "RFC 7635 §6.2", kStandard, true, AccessTokenCodec()},
    Digits<&MessageIntegritySha256::mac>("MESSAGE-INTEGRITY-SHA256", "RFC 8489 §14.6"),
    {type::kPasswordAlgorithm, "PASSWORD-ALGORITHM", "RFC 8489 §14.12", kStandard, true,
     CodecOf<PasswordAlgorithm, PasswordAlgorithmForm>()},
    Digits<&Userhash::hash>("USERHASH", "RFC 8489 §14.4"),
    Address<XorMappedAddress>("XOR-MAPPED-ADDRESS", "RFC 8489 §14.2"),
    {type::kPriority, "PRIORITY", "RFC 8445 §16.1", kStandard, true,
     CodecOf<Priority, Decimal<&Priority::priority>>()},
    {type::kUseCandidate, "USE-CANDIDATE", "RFC 8445 §16.1", kStandard, true,
     CodecOf<UseCandidate, Flag<UseCandidate>>()},
    Digits<&Padding::content>("PADDING", "RFC 5780 §7.6"),
    {type::kResponsePort, "RESPONSE-PORT", "RFC 5780 §7.5", kStandard, true,
     CodecOf<ResponsePort, Decimal<&ResponsePort::port>>()},
    {type::kPasswordAlgorithms, "PASSWORD-ALGORITHMS", "RFC 8489 §14.11", kStandard, true,
     ListCodecOf<PasswordAlgorithms, PasswordAlgorithmsForm>()},
    Words<AlternateDomain, &AlternateDomain::domain>("ALTERNATE-DOMAIN", "RFC 8489 §14.16"),
    Vendor(type::kMsVersion, "MS-VERSION", "[MS-TURN]", false, kVendorNumber),
    Vendor(type::kMsXorMappedAddress, "MS-XOR-MAPPED-ADDRESS", "[MS-TURN]", false,
           CodecOf<XorMappedAddress, AddressText<XorMappedAddress>>()),
    Words<Software>("SOFTWARE", "RFC 8489 §14.14"),
    Address<AlternateServer>("ALTERNATE-SERVER", "RFC 8489 §14.15"),
    {type::kTransactionTransmitCounter, "TRANSACTION_TRANSMIT_COUNTER", "RFC 7982 §3.1", kStandard,
     true, CodecOf<TransactionTransmitCounter, TransmitCounterForm>()},
    {type::kCacheTimeout, "CACHE-TIMEOUT", "RFC 5780 §9.1", kStandard, true,
     CodecOf<CacheTimeout, Decimal<&CacheTimeout::seconds>>()},
    {type::kFingerprint, "FINGERPRINT", "RFC 8489 §14.7", kStandard, true,
     CodecOf<Fingerprint, HexNumber<&Fingerprint::crc>>()},
    {type::kIceControlled, "ICE-CONTROLLED", "RFC 8445 §16.1", kStandard, true,
     CodecOf<IceControlled, HexNumber<&IceControlled::tiebreaker>>()},
    {type::kIceControlling, "ICE-CONTROLLING", "RFC 8445 §16.1", kStandard, true,
     CodecOf<IceControlling, HexNumber<&IceControlling::tiebreaker>>()},
    Address<ResponseOrigin>("RESPONSE-ORIGIN", "RFC 5780 §7.3"),
    Address<OtherAddress>("OTHER-ADDRESS", "RFC 5780 §7.4"),
    {type::kEcnCheck, "ECN-CHECK", "RFC 6679 §7.2.2", kStandard, true,
     CodecOf<EcnCheck, EcnCheckForm>()},
    Words<ThirdPartyAuthorization, &ThirdPartyAuthorization::server_name>(
        "THIRD-PARTY-AUTHORIZATION", "RFC 7635 §6.1"),
    {type::kOrigin, "ORIGIN", "draft-ietf-tram-stun-origin-06", kDraft, false,
     CodecOf<Origin, Text<&Origin::text>>()},
    Digits<&MobilityTicket::ticket>("MOBILITY-TICKET", "RFC 8016 §3.3"),
    Vendor(type::kMsAlternateHostName, "MS-ALTERNATE-HOST-NAME", "[MS-TURN]", false),
    Vendor(type::kMsAppId, "MS-APP-ID", "[MS-TURN]", false),
    Vendor(type::kMsSecureTag, "MS-SECURE-TAG", "[MS-TURN]", false),
    Vendor(type::kMsSequenceNumber, "MS-SEQUENCE-NUMBER", "[MS-TURN]", false),
    Vendor(type::kMsCandidateIdentifier, "MS-CANDIDATE-IDENTIFIER", "[MS-ICE2]", false),
    Vendor(type::kMsServiceQuality, "MS-SERVICE-QUALITY", "[MS-TURN]", false),
    Vendor(type::kMsImplementationVersion, "MS-IMPLEMENTATION-VERSION", "[MS-ICE2]", false,
           kVendorNumber),
    Vendor(type::kMsAltMappedAddress, "MS-ALT-MAPPED-ADDRESS", "[MS-TURN]", false),
    Vendor(type::kMsMultiplexedTurnSessionId, "MS-MULTIPLEXED-TURN-SESSION-ID", "[MS-TURN]", false),
    Vendor(type::kCiscoStunFlowdata, "CISCO-STUN-FLOWDATA", "Cisco, IANA registry", true),
    Vendor(type::kEnfFlowDescription, "ENF-FLOW-DESCRIPTION", "Cisco, IANA registry", true),
    Vendor(type::kEnfNetworkStatus, "ENF-NETWORK-STATUS", "Cisco, IANA registry", true),
    Vendor(type::kCiscoWebexFlowInfo, "CISCO-WEBEX-FLOW-INFO", "Cisco, IANA registry", true),
    Vendor(type::kCitrixTransactionId, "CITRIX-TRANSACTION-ID", "Citrix, IANA registry", true),
    Vendor(type::kGoogNetworkInfo, "GOOG-NETWORK-INFO", "Google, IANA registry", true,
           CodecOf<GoogNetworkInfo, GoogNetworkInfoForm>()),
    Vendor(type::kGoogLastIceCheckReceived, "GOOG-LAST-ICE-CHECK-RECEIVED", "Google, IANA registry",
           true),
    Vendor(type::kGoogMiscInfo, "GOOG-MISC-INFO", "Google, IANA registry", true),
    Vendor(type::kGoogObsolete1, "GOOG-OBSOLETE-1", "Google, IANA registry", true),
    Vendor(type::kGoogConnectionId, "GOOG-CONNECTION-ID", "Google, IANA registry", true),
    Vendor(type::kGoogDelta, "GOOG-DELTA", "Google, IANA registry", true),
    Vendor(type::kGoogDeltaAck, "GOOG-DELTA-ACK", "Google, IANA registry", true),
    Vendor(type::kGoogDeltaSyncReq, "GOOG-DELTA-SYNC-REQ", "Google, IANA registry", true),
    Vendor(type::kGoogMessageIntegrity32, "GOOG-MESSAGE-INTEGRITY-32", "Google, IANA registry",
           true),
    Vendor(type::kMetaDtlsInStun, "META-DTLS-IN-STUN", "Meta, IANA registry", true),
    Vendor(type::kMetaDtlsInStunAcknowledgement, "META-DTLS-IN-STUN-ACKNOWLEDGEMENT",
           "Meta, IANA registry", true),
    Vendor(type::kGoogMultiMapping, "GOOG-MULTI-MAPPING", "Google", false),
    Vendor(type::kGoogLoggingId, "GOOG-LOGGING-ID", "Google", false),
};

static_assert(IsSortedByType(kTable), "Find() searches by halves");

}  // namespace

std::span<const AttributeRow> StunAttributeTable() { return kTable; }

const AttributeRegistry& StunRegistry() {
  static const std::span<const AttributeRow> tables[] = {kTable};
  static const AttributeRegistry registry(tables);
  return registry;
}

}  // namespace koeru::stun
