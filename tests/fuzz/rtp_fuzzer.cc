// koeru_fuzzer deps: koeru_rtp
//
// Any bytes as RTP and as RTCP. Views lie within the input; what was decoded and is written again
// reads the same.

#include <array>

#include "core/rtp/header_extension.h"
#include "core/rtp/nack.h"
#include "core/rtp/picture_request.h"
#include "core/rtp/remb.h"
#include "core/rtp/report.h"
#include "core/rtp/source_description.h"
#include "core/rtp/transport_feedback.h"
#include "tests/fuzz/require.h"

namespace koeru::rtp {
namespace {

using fuzz::Require;

void ReadRtp(Bytes input) {
  const auto packet = RtpPacket::Parse(input);
  if (!packet.ok()) return;
  const size_t headers = kHeaderSize + 4 * packet->csrc_count() +
                         (packet->extension_offset() == 0 ? 0 : 4 + packet->extension().size());
  Require(headers + packet->payload().size() + packet->padding_size() == input.size(),
          "each byte of a packet is of one part");
  HeaderExtensions elements(*packet);
  while (const auto element = elements.Next()) {
    Require(element->offset + element->data.size() <= headers, "elements lie in the extension");
    Require(element->data.data() == input.data() + element->offset || element->data.empty(),
            "elements know where they stand");
  }
}

// Written, read and written again: the bytes are the same.
template <typename P>
void Again(const RtcpPacket& packet) {
  if (!packet.Is<P>()) return;
  const auto decoded = P::Decode(packet);
  if (!decoded.ok()) return;
  static std::array<uint8_t, 1 << 20> first, second;
  Writer writer(first);
  AppendRtcp(writer, *decoded);
  if (!writer.ok()) return;  // as with more entries than fit in a datagram
  RtcpPackets packets(writer.written());
  const auto once = packets.Next();
  Require(once && once->Is<P>(), "what is written is a packet of its kind");
  const auto twice = P::Decode(*once);
  Require(twice.ok(), "what is written can be read");
  Writer again(second);
  AppendRtcp(again, *twice);
  Require(std::equal(writer.written().begin(), writer.written().end(), again.written().begin(),
                     again.written().end()),
          "what is written reads the same");
}

void ReadRtcp(Bytes input) {
  RtcpPackets packets(input);
  while (const auto packet = packets.Next()) {
    Again<SenderReport>(*packet);
    Again<ReceiverReport>(*packet);
    Again<SourceDescription>(*packet);
    Again<Bye>(*packet);
    Again<Nack>(*packet);
    Again<PictureLossIndication>(*packet);
    Again<FullIntraRequest>(*packet);
    Again<Remb>(*packet);
    Again<TransportFeedback>(*packet);
  }
}

}  // namespace
}  // namespace koeru::rtp

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::rtp::ReadRtp({data, size});
  koeru::rtp::ReadRtcp({data, size});
  return 0;
}
