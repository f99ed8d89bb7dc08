#pragma once

// Type codes of IANA's "STUN Attributes" registry, under their registered names. The registry
// (attribute_registry.h) has one row for each of them; a test compares both with IANA's list.

#include <cstdint>

namespace koeru::stun::attribute_type {

// Comprehension-required (0x0000-0x7FFF).
inline constexpr uint16_t kMappedAddress = 0x0001;           // RFC 8489
inline constexpr uint16_t kResponseAddress = 0x0002;         // RFC 3489
inline constexpr uint16_t kChangeRequest = 0x0003;           // RFC 5780
inline constexpr uint16_t kSourceAddress = 0x0004;           // RFC 3489
inline constexpr uint16_t kChangedAddress = 0x0005;          // RFC 3489
inline constexpr uint16_t kUsername = 0x0006;                // RFC 8489
inline constexpr uint16_t kPassword = 0x0007;                // RFC 3489
inline constexpr uint16_t kMessageIntegrity = 0x0008;        // RFC 8489
inline constexpr uint16_t kErrorCode = 0x0009;               // RFC 8489
inline constexpr uint16_t kUnknownAttributes = 0x000A;       // RFC 8489
inline constexpr uint16_t kReflectedFrom = 0x000B;           // RFC 3489
inline constexpr uint16_t kChannelNumber = 0x000C;           // RFC 8656
inline constexpr uint16_t kLifetime = 0x000D;                // RFC 8656
inline constexpr uint16_t kBandwidth = 0x0010;               // RFC 8656, reserved
inline constexpr uint16_t kXorPeerAddress = 0x0012;          // RFC 8656
inline constexpr uint16_t kData = 0x0013;                    // RFC 8656
inline constexpr uint16_t kRealm = 0x0014;                   // RFC 8489
inline constexpr uint16_t kNonce = 0x0015;                   // RFC 8489
inline constexpr uint16_t kXorRelayedAddress = 0x0016;       // RFC 8656
inline constexpr uint16_t kRequestedAddressFamily = 0x0017;  // RFC 8656
inline constexpr uint16_t kEvenPort = 0x0018;                // RFC 8656
inline constexpr uint16_t kRequestedTransport = 0x0019;      // RFC 8656
inline constexpr uint16_t kDontFragment = 0x001A;            // RFC 8656
inline constexpr uint16_t kAccessToken = 0x001B;             // RFC 7635
inline constexpr uint16_t kMessageIntegritySha256 = 0x001C;  // RFC 8489
inline constexpr uint16_t kPasswordAlgorithm = 0x001D;       // RFC 8489
inline constexpr uint16_t kUserhash = 0x001E;                // RFC 8489
inline constexpr uint16_t kXorMappedAddress = 0x0020;        // RFC 8489
inline constexpr uint16_t kTimerVal = 0x0021;                // RFC 8656, reserved
inline constexpr uint16_t kReservationToken = 0x0022;        // RFC 8656
inline constexpr uint16_t kPriority = 0x0024;                // RFC 8445
inline constexpr uint16_t kUseCandidate = 0x0025;            // RFC 8445
inline constexpr uint16_t kPadding = 0x0026;                 // RFC 5780
inline constexpr uint16_t kResponsePort = 0x0027;            // RFC 5780
inline constexpr uint16_t kConnectionId = 0x002A;            // RFC 6062

// Comprehension-optional (0x8000-0xFFFF).
inline constexpr uint16_t kAdditionalAddressFamily = 0x8000;     // RFC 8656
inline constexpr uint16_t kAddressErrorCode = 0x8001;            // RFC 8656
inline constexpr uint16_t kPasswordAlgorithms = 0x8002;          // RFC 8489
inline constexpr uint16_t kAlternateDomain = 0x8003;             // RFC 8489
inline constexpr uint16_t kIcmp = 0x8004;                        // RFC 8656
inline constexpr uint16_t kSoftware = 0x8022;                    // RFC 8489
inline constexpr uint16_t kAlternateServer = 0x8023;             // RFC 8489
inline constexpr uint16_t kTransactionTransmitCounter = 0x8025;  // RFC 7982
inline constexpr uint16_t kCacheTimeout = 0x8027;                // RFC 5780
inline constexpr uint16_t kFingerprint = 0x8028;                 // RFC 8489
inline constexpr uint16_t kIceControlled = 0x8029;               // RFC 8445
inline constexpr uint16_t kIceControlling = 0x802A;              // RFC 8445
inline constexpr uint16_t kResponseOrigin = 0x802B;              // RFC 5780
inline constexpr uint16_t kOtherAddress = 0x802C;                // RFC 5780
inline constexpr uint16_t kEcnCheck = 0x802D;                    // RFC 6679
inline constexpr uint16_t kThirdPartyAuthorization = 0x802E;     // RFC 7635
inline constexpr uint16_t kOrigin = 0x802F;                      // draft-ietf-tram-stun-origin
inline constexpr uint16_t kMobilityTicket = 0x8030;              // RFC 8016

// Registered by vendors (0xC000-0xFFFF: "Expert Review").
inline constexpr uint16_t kCiscoStunFlowdata = 0xC000;
inline constexpr uint16_t kEnfFlowDescription = 0xC001;  // libwebrtc sends a nomination here
inline constexpr uint16_t kEnfNetworkStatus = 0xC002;
inline constexpr uint16_t kCiscoWebexFlowInfo = 0xC003;
inline constexpr uint16_t kCitrixTransactionId = 0xC056;
inline constexpr uint16_t kGoogNetworkInfo = 0xC057;
inline constexpr uint16_t kGoogLastIceCheckReceived = 0xC058;
inline constexpr uint16_t kGoogMiscInfo = 0xC059;
inline constexpr uint16_t kGoogObsolete1 = 0xC05A;
inline constexpr uint16_t kGoogConnectionId = 0xC05B;
inline constexpr uint16_t kGoogDelta = 0xC05C;
inline constexpr uint16_t kGoogDeltaAck = 0xC05D;
inline constexpr uint16_t kGoogDeltaSyncReq = 0xC05E;
inline constexpr uint16_t kGoogMessageIntegrity32 = 0xC060;
inline constexpr uint16_t kMetaDtlsInStun = 0xC070;
inline constexpr uint16_t kMetaDtlsInStunAcknowledgement = 0xC071;

// Used by vendors without registration.
inline constexpr uint16_t kMsVersion = 0x8008;
inline constexpr uint16_t kMsXorMappedAddress = 0x8020;
inline constexpr uint16_t kMsAlternateHostName = 0x8032;
inline constexpr uint16_t kMsAppId = 0x8037;
inline constexpr uint16_t kMsSecureTag = 0x8039;
inline constexpr uint16_t kMsSequenceNumber = 0x8050;
inline constexpr uint16_t kMsCandidateIdentifier = 0x8054;
inline constexpr uint16_t kMsServiceQuality = 0x8055;
inline constexpr uint16_t kMsImplementationVersion = 0x8070;
inline constexpr uint16_t kMsAltMappedAddress = 0x8090;
inline constexpr uint16_t kMsMultiplexedTurnSessionId = 0x8095;
inline constexpr uint16_t kGoogMultiMapping = 0xFF04;
inline constexpr uint16_t kGoogLoggingId = 0xFF05;

}  // namespace koeru::stun::attribute_type
