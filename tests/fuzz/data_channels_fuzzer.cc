// koeru_fuzzer deps: koeru_server_data_channels

// An echo peer in an established association with somebody who has its keys. The input is a list of
// steps: what, a size of two bytes, and so many bytes.
//
//   0  a packet as it is
//   1  chunks, in a packet with the right ports, tag and checksum
//   2  a message over SCTP as it should be: stream, payload protocol identifier, content
//   3  a stream is reset
//   4  a second passes

#include <algorithm>
#include <string>

#include "core/bytes/reader.h"
#include "core/bytes/writer.h"
#include "native_server/media/data_channels/echo_channels.h"
#include "tests/fuzz/require.h"
#include "tests/native_server/media/data_channels/raw_sctp_peer.h"
#include "tests/native_server/media/data_channels/sctp_packet.h"

namespace koeru::server {
namespace {

using fuzz::Require;

constexpr size_t kMostSteps = 64;
constexpr size_t kMostBuffered = 64 << 10;

SctpPacket PacketOf(uint32_t tag, Bytes chunks) {
  SctpPacket packet(12 + chunks.size());
  Writer writer(packet);
  writer.U16(5000);
  writer.U16(5000);
  writer.U32(tag);
  writer.U32(0);
  writer.Put(chunks);
  SetChecksum(packet);
  return packet;
}

class Attack {
 public:
  Attack()
      : peer_(world_, 0),
        echo_(world_.stack(), {.max_message_size = 4096, .max_buffered = kMostBuffered},
              {.member_id = "echo",
               .send_packet =
                   [this](Bytes packet) {
                     Require(packet.size() <= DataChannels::kMostPacketBytes, "packets are short");
                     world_.Send(1, packet);
                   },
               .on_ended = [this](std::string_view) { ++ends_; }}) {
    world_.Attach(1, [this](Bytes packet) { echo_.channels().OnPacket(packet); });
    echo_.channels().Start(world_.now());
    world_.RunUntil([this] { return peer_.is_connected && echo_.channels().is_connected(); });
    Require(peer_.is_connected, "the two connect");
  }

  void Step(uint8_t what, Bytes content) {
    Reader reader(content);
    switch (what % 5) {
      case 0:
        echo_.channels().OnPacket(content);
        break;
      case 1:
        echo_.channels().OnPacket(PacketOf(peer_.verification_tag, content));
        break;
      case 2: {
        const uint16_t stream = reader.U16() % 8;
        const auto protocol = static_cast<PayloadProtocol>(reader.U8());
        const Bytes message = reader.Rest();
        if (message.empty() || !peer_.lost.empty()) break;
        peer_.Send(stream, protocol,
                   {reinterpret_cast<const char*>(message.data()), message.size()});
        break;
      }
      case 3:
        if (peer_.lost.empty()) peer_.socket.ResetStream(reader.U16() % 8);
        break;
      default:
        world_.Run(std::chrono::seconds(1));
    }
    Deliver();
    Require(echo_.channels().waiting() <= kMostBuffered + 8 * DataChannels::kMessageOverhead * 2,
            "what waits is bounded");
    Require(ends_ == (echo_.channels().has_ended() ? 1 : 0), "an association ends once");
    Require(world_.stack().associations() <= 2, "nobody makes associations");
  }

 private:
  // Bounded: two that echo each other would go on for ever.
  void Deliver() {
    size_t packets = 0;
    world_.RunUntil([&] { return world_.is_quiet() || ++packets > 1000; });
  }

  SctpWorld world_;
  int ends_ = 0;
  RawSctpPeer peer_;
  EchoChannels echo_;
};

}  // namespace
}  // namespace koeru::server

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace koeru;
  server::Attack attack;
  Reader reader(Bytes(data, size));
  for (size_t i = 0; i < server::kMostSteps && reader.remaining() > 0; ++i) {
    const uint8_t what = reader.U8();
    const size_t wanted = reader.U16();
    attack.Step(what, reader.Take(std::min(wanted, reader.remaining())));
  }
  return 0;
}
