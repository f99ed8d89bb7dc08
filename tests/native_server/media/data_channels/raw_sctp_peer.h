// A peer that says on its association what it wants, and so can break the rules of data channels.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "native_server/media/data_channels/sctp_socket.h"
#include "tests/native_server/media/data_channels/sctp_world.h"

namespace koeru::server {

class RawSctpPeer final : public SctpAssociation {
 public:
  struct Message {
    uint16_t stream;
    PayloadProtocol protocol;
    std::string content;
  };

  RawSctpPeer(SctpWorld& world, size_t end)
      : world_(world), end_(end), socket(world.stack(), *this, Options(), world.now()) {
    world.Attach(end, [this](Bytes packet) {
      socket.Input(packet);
      Read();
    });
    if (!socket.Connect()) lost = "SCTP cannot be started";
  }
  ~RawSctpPeer() { world_.Attach(end_, nullptr); }

  SctpSendResult Send(uint16_t stream, PayloadProtocol protocol, std::string_view content) {
    SctpMessage message;
    message.stream = stream;
    message.protocol = protocol;
    message.content = AsBytes(content);
    return socket.Send(message);
  }
  void SendDcep(uint16_t stream, const std::vector<uint8_t>& content) {
    Send(stream, PayloadProtocol::kDcep,
         {reinterpret_cast<const char*>(content.data()), content.size()});
  }

  void OnOutput(Bytes packet) override {
    // RFC 9260 section 3.1; an INIT has no tag yet.
    if (const uint32_t tag = Reader(packet.subspan(4)).U32(); tag != 0) verification_tag = tag;
    world_.Send(end_, packet);
  }
  void AfterTimers(bool) override { Read(); }

  bool is_connected = false;
  uint32_t verification_tag = 0;  // of the packets that it sends
  std::vector<Message> messages;
  std::vector<uint16_t> reset_streams;  // by the other end
  std::string lost;

 private:
  static SctpSocket::Options Options() {
    return {.local_port = 5000,
            .remote_port = 5000,
            .most_streams = 1024,
            .buffer = 1 << 20,
            .most_packet_bytes = 1191};
  }
  void Read() {
    while (lost.empty()) {
      const auto event = socket.Receive(buffer_);
      if (!event) return;
      if (const auto* data = std::get_if<SctpData>(&*event)) {
        messages.push_back(
            {data->stream, data->protocol, {data->content.begin(), data->content.end()}});
      } else if (std::holds_alternative<SctpConnected>(*event)) {
        is_connected = true;
      } else if (const auto* reset = std::get_if<SctpStreamsReset>(&*event)) {
        if (!reset->is_incoming) continue;
        reset_streams.insert(reset_streams.end(), reset->streams.begin(), reset->streams.end());
      } else if (const auto* end = std::get_if<SctpLost>(&*event)) {
        lost = end->reason;
      }
    }
  }

  SctpWorld& world_;
  size_t end_;
  std::vector<uint8_t> buffer_ = std::vector<uint8_t>(1 << 20);

 public:
  SctpSocket socket;
};

}  // namespace koeru::server
