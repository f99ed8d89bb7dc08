#include "core/inspect/rtp_tree.h"

#include <algorithm>

#include "core/bytes/number.h"

namespace koeru::inspect {
namespace {

std::string_view RtcpName(uint8_t type) {
  switch (type) {
    case 192:
      return "FIR";
    case 193:
      return "NACK";
    case 200:
      return "sender report";
    case 201:
      return "receiver report";
    case 202:
      return "source description";
    case 203:
      return "BYE";
    case 204:
      return "APP";
    case 205:
      return "transport feedback";
    case 206:
      return "payload feedback";
    case 207:
      return "extended report";
    default:
      return "unknown";
  }
}

// RFC 3550 section 6.4.1: the four bytes in front of every packet of a compound, and the SSRC.
Node InspectRtcp(Bytes bytes, size_t base) {
  Node tree("RTCP", base, bytes.size(), {}, "RFC 3550 §6.4");
  Reader r(bytes);
  const uint8_t first = r.U8();
  const uint8_t type = r.U8();
  const uint16_t length = r.U16();
  const uint32_t ssrc = r.U32();
  if (!r.ok()) {
    tree.Say(Severity::kError, "shorter than an RTCP header (8 bytes)");
    return tree;
  }
  tree.value = RtcpName(type);
  tree.Add({"count", base, 1, std::to_string(first & 0x1F)});
  tree.Add({"packet type", base + 1, 1, std::to_string(type)});
  tree.Add({"length", base + 2, 2, std::to_string((size_t{length} + 1) * 4) + " bytes"});
  tree.Add({"SSRC", base + 4, 4, ToHexNumber(ssrc, 8)});
  if (r.remaining() > 0) {
    const size_t at = r.offset();
    tree.Add({"rest, encrypted if SRTCP", base + at, bytes.size() - at, HexPreview(r.Rest(), 16)});
  }
  return tree;
}

void AddRtpExtension(Node& tree, Reader& r, size_t base) {
  // RFC 3550 section 5.3.1.
  const size_t at = r.offset();
  const uint16_t profile = r.U16();
  const size_t words = r.U16();
  const Bytes body = r.Take(4 * words);
  if (!r.ok()) {
    tree.Say(Severity::kError,
             "the header extension runs past the end, at byte " + std::to_string(base + at));
    return;
  }
  tree.Add({"header extension " + ToHexNumber(profile, 4), base + at, 4 + body.size(),
            HexPreview(body, 16), "RFC 3550 §5.3.1"});
}

}  // namespace

Node InspectRtp(Bytes bytes, size_t base) {
  // RFC 5761 section 4: RTCP has packet types 192 to 223, where RTP has marker and payload type.
  if (bytes.size() >= 2 && bytes[1] >= 192 && bytes[1] <= 223) return InspectRtcp(bytes, base);
  Node tree("RTP", base, bytes.size(), {}, "RFC 3550 §5.1");
  Reader r(bytes);
  const uint8_t first = r.U8();
  const uint8_t second = r.U8();
  const uint16_t sequence = r.U16();
  const uint32_t timestamp = r.U32();
  const uint32_t ssrc = r.U32();
  if (!r.ok()) {
    tree.Say(Severity::kError, "shorter than an RTP header (12 bytes)");
    return tree;
  }
  const size_t csrc_count = first & 0x0F;
  tree.value = "payload type " + std::to_string(second & 0x7F);
  tree.Add({"padding bit", base, 1, (first & 0x20) != 0 ? "1" : "0"});
  tree.Add({"extension bit", base, 1, (first & 0x10) != 0 ? "1" : "0"});
  tree.Add({"CSRC count", base, 1, std::to_string(csrc_count)});
  tree.Add({"marker", base + 1, 1, (second & 0x80) != 0 ? "1" : "0"});
  tree.Add({"payload type", base + 1, 1, std::to_string(second & 0x7F)});
  tree.Add({"sequence number", base + 2, 2, std::to_string(sequence)});
  tree.Add({"timestamp", base + 4, 4, std::to_string(timestamp)});
  tree.Add({"SSRC", base + 8, 4, ToHexNumber(ssrc, 8)});
  const size_t csrc_at = r.offset();
  const Bytes csrcs = r.Take(4 * csrc_count);
  if (!csrcs.empty()) tree.Add({"CSRCs", base + csrc_at, csrcs.size(), HexPreview(csrcs, 60)});
  if (!r.ok()) tree.Say(Severity::kError, "the list of CSRCs runs past the end");
  if (r.ok() && (first & 0x10) != 0) AddRtpExtension(tree, r, base);
  if (r.ok() && r.remaining() > 0) {
    const size_t at = r.offset();
    tree.Add(
        {"payload, encrypted if SRTP", base + at, bytes.size() - at, HexPreview(r.Rest(), 16)});
  }
  return tree;
}

}  // namespace koeru::inspect
