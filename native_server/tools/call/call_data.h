#pragma once

// The data channel of a call: one that is reliable, a stamped message on it ten times a second, and
// what of these came back. No I/O, no clock.
//
//   CallData data(sctp, {...}, [&](Bytes packet) { Seal and send; });
//   data.Start(now); data.OnPacket(content_of_a_dtls_record, now);
//   data.SendUntil(now, end);
//   if (now >= data.NextDeadline()) data.OnTimeout(now);
//
// The SctpStack outlives it, and calls `send_packet` out of its OnTimeout, too.

#include <functional>
#include <optional>
#include <string>

#include "native_server/media/data_channels/data_channels.h"
#include "native_server/tools/call/arrivals.h"
#include "native_server/tools/call/call_facts.h"

namespace koeru::tools {

class CallData final : private server::DataChannels::Events {
 public:
  static constexpr net::Duration kInterval = std::chrono::milliseconds(100);
  static constexpr size_t kMessage = 1000;

  using PacketSender = std::function<void(Bytes)>;
  CallData(server::SctpStack& stack, const server::DataChannels::Options& options,
           PacketSender send_packet);

  void Start(net::Instant now);
  void OnPacket(Bytes sctp_packet, net::Instant now);
  void SendUntil(net::Instant now, net::Instant end);

  net::Instant NextDeadline() const { return next_; }
  void OnTimeout(net::Instant now);

  bool is_open() const { return is_open_; }
  // Why nothing more comes; empty: it does.
  const std::string& ended() const { return ended_; }
  bool is_all_back() const { return arrivals_.received() >= number_; }
  // The channel is reliable: what it has taken and has not brought back is late, not lost.
  bool is_waiting() const { return ended_.empty() && arrivals_.received() + refused_ < number_; }
  StreamFacts Facts() const;

 private:
  void SendPacket(Bytes packet) override { send_packet_(packet); }
  void OnOpen(uint16_t /*stream*/, const server::ChannelParameters& /*parameters*/) override {
    is_open_ = true;
  }
  void OnMessage(const server::ChannelMessage& message) override;
  void OnClosed(uint16_t stream, std::string_view reason) override;
  void OnEnded(std::string_view reason) override;

  PacketSender send_packet_;
  net::Instant now_;
  net::Instant next_ = net::Instant::Max(), end_;
  std::optional<uint16_t> stream_;
  bool is_open_ = false;
  std::string ended_;
  uint32_t number_ = 0;   // messages
  uint32_t refused_ = 0;  // of these, for which the channel had no room
  Arrivals arrivals_;
  server::DataChannels channels_;
};

}  // namespace koeru::tools
