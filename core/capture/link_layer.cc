#include "core/capture/link_layer.h"

namespace koeru::capture {
namespace {

constexpr uint16_t kIpv4 = 0x0800;
constexpr uint16_t kIpv6 = 0x86DD;
constexpr int kMaxVlanTags = 4;

// The numbers of https://www.tcpdump.org/linktypes.html; raw IP has had others, too, as DLT_RAW of
// some systems.
enum LinkType : int {
  kNull = 0,
  kEthernet = 1,
  kRawOfLinux = 12,
  kRawOfOpenBsd = 14,
  kRaw = 101,
  kLoop = 108,
  kLinuxCooked = 113,
  kIpv4Alone = 228,
  kIpv6Alone = 229,
  kLinuxCooked2 = 276,
};

bool IsVlanTag(uint16_t ether_type) {
  return ether_type == 0x8100 || ether_type == 0x88A8 || ether_type == 0x9100;
}

LinkPayload Rest(Reader& r) {
  if (!r.ok()) return {LinkOutcome::kCutShort, {}};
  return {LinkOutcome::kIp, r.Rest()};
}

// Behind an EtherType: VLAN tags, then IP or something else.
LinkPayload BehindEtherType(uint16_t ether_type, Reader& r) {
  for (int i = 0; i < kMaxVlanTags && IsVlanTag(ether_type); ++i) {
    r.U16();
    ether_type = r.U16();
  }
  if (!r.ok()) return {LinkOutcome::kCutShort, {}};
  if (ether_type != kIpv4 && ether_type != kIpv6) return {LinkOutcome::kNotIp, {}};
  return Rest(r);
}

}  // namespace

bool IsKnownLinkType(int link_type) {
  switch (link_type) {
    case kEthernet:
    case kLinuxCooked:
    case kLinuxCooked2:
    case kNull:
    case kLoop:
    case kRawOfLinux:
    case kRawOfOpenBsd:
    case kRaw:
    case kIpv4Alone:
    case kIpv6Alone:
      return true;
    default:
      return false;
  }
}

LinkPayload StripLinkLayer(int link_type, Bytes frame) {
  Reader r(frame);
  switch (link_type) {
    case kEthernet:
      r.Skip(12);
      return BehindEtherType(r.U16(), r);
    case kLinuxCooked:
      r.Skip(14);
      return BehindEtherType(r.U16(), r);
    case kLinuxCooked2: {
      const uint16_t protocol = r.U16();
      r.Skip(18);
      return BehindEtherType(protocol, r);
    }
    case kNull:
    case kLoop:
      // An address family whose number differs between systems: IP's own version tells.
      r.Skip(4);
      return Rest(r);
    case kRawOfLinux:
    case kRawOfOpenBsd:
    case kRaw:
    case kIpv4Alone:
    case kIpv6Alone:
      return Rest(r);
    default:
      return {};
  }
}

}  // namespace koeru::capture
