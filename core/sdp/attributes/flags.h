#pragma once

// Attributes without a value: they are there or not (RFC 8866 section 5.13: "property attributes").

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct PropertyAttribute {
  void Describe(Syntax&) {}
};

// RFC 5761 section 5.1.1: RTP and RTCP on one port, if the peer agrees.
struct RtcpMux : PropertyAttribute {
  static constexpr std::string_view kName = "rtcp-mux";
};
// RFC 8858 section 3: ... and no other way.
struct RtcpMuxOnly : PropertyAttribute {
  static constexpr std::string_view kName = "rtcp-mux-only";
};
// RFC 5506 section 5: RTCP packets need not be compound.
struct RtcpReducedSize : PropertyAttribute {
  static constexpr std::string_view kName = "rtcp-rsize";
};
// RFC 8285 section 6: one-byte and two-byte header extensions in one stream.
struct ExtmapAllowMixed : PropertyAttribute {
  static constexpr std::string_view kName = "extmap-allow-mixed";
};
// RFC 9143 section 6: this medium is wanted inside of the BUNDLE group only; its port is 0.
struct BundleOnly : PropertyAttribute {
  static constexpr std::string_view kName = "bundle-only";
};
// RFC 8839 section 5.3: this agent only answers connectivity checks.
struct IceLite : PropertyAttribute {
  static constexpr std::string_view kName = "ice-lite";
};
// RFC 8839 section 5.3: the default destination was no candidate; something changed it on the way.
struct IceMismatch : PropertyAttribute {
  static constexpr std::string_view kName = "ice-mismatch";
};
// RFC 8840 section 8.1: no more candidates of this generation will come.
struct EndOfCandidates : PropertyAttribute {
  static constexpr std::string_view kName = "end-of-candidates";
};

// RFC 8866 section 6.7: which way media flow; without any it is sendrecv.
struct SendRecv : PropertyAttribute {
  static constexpr std::string_view kName = "sendrecv";
};
struct SendOnly : PropertyAttribute {
  static constexpr std::string_view kName = "sendonly";
};
struct RecvOnly : PropertyAttribute {
  static constexpr std::string_view kName = "recvonly";
};
struct Inactive : PropertyAttribute {
  static constexpr std::string_view kName = "inactive";
};

}  // namespace koeru::sdp
