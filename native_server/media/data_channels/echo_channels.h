// The echo peer's data channels: what comes on a channel goes back on it.
//
//   EchoChannels echo(stack, options, {.member_id = RandomId(),
//                                      .send_packet = [&](Bytes packet) { dtls.Seal(packet); },
//                                      .on_ended = [&](std::string_view reason) { ... }});
//   echo.channels().Start(now);
//   echo.channels().OnPacket(content_of_a_dtls_record);
//
// - A channel that the page opens: text comes back as text, bytes as bytes, empty ones empty.
// - One with the label "koeru.file": a file that is offered is rejected (js/CALL.md, "Files").
// - Streams 0 and 1 without DCEP are koeru.control and koeru.data of Koeru.join: see RoomMember.
// They
//   begin with the page's first message, because a page of another kind knows nothing of them.
//
// When the page does not read, max_buffered waits here, and one message; from then on nothing is
// taken from SCTP until half of it is gone, so the page's own buffer fills. Nothing is lost.
//
// The functions are called out of any call of channels() and of SctpStack::OnTimeout, and must not
// destroy this object.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/media/data_channels/data_channels.h"
#include "native_server/media/data_channels/room_member.h"

namespace koeru::server {

class EchoChannels final : private DataChannels::Events {
 public:
  struct Owner {
    std::string member_id;  // of the page that the echo stands for: random, for this association
    std::function<void(Bytes)> send_packet;
    std::function<void(std::string_view reason)> on_ended;
  };

  EchoChannels(SctpStack& stack, const DataChannels::Options& options, Owner owner);

  DataChannels& channels() { return channels_; }

 private:
  enum class Role : uint8_t {
    kEcho,
    kControl,
    kData,
    kFile,
    kAnsweredFile,
  };
  struct Reply {
    uint16_t stream;
    bool is_text;
    std::vector<uint8_t> content;
  };

  void SendPacket(Bytes packet) override { owner_.send_packet(packet); }
  void OnOpen(uint16_t stream, const ChannelParameters& parameters) override;
  void OnMessage(const ChannelMessage& message) override;
  void OnClosed(uint16_t stream, std::string_view reason) override;
  void OnWritable() override;
  std::optional<std::string> AcceptNegotiated(uint16_t stream) override;
  void OnEnded(std::string_view reason) override { owner_.on_ended(reason); }

  void OnControl(const ChannelMessage& message);
  void Answer(uint16_t stream, bool is_text, Bytes content);
  // False: no room.
  bool TrySend(uint16_t stream, bool is_text, Bytes content);

  Owner owner_;
  RoomMember member_;
  absl::flat_hash_map<uint16_t, Role> role_by_stream_;
  std::deque<Reply> waiting_;  // the answers to one message
  DataChannels channels_;
};

}  // namespace koeru::server
