// Two ends of an association in one process, with the test's own time and a wire that loses what
// the test wants.
//
//   SctpWorld world;
//   RecordingPeer first(world, 0, {.is_dtls_client = true}), second(world, 1, {});
//   first.channels.Start(world.now());
//   second.channels.Start(world.now());
//   ASSERT_TRUE(world.RunUntil([&] { return first.is_connected && second.is_connected; }));
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "native_server/media/data_channels/data_channels.h"

namespace koeru::server {

using SctpPacket = std::vector<uint8_t>;

class SctpWorld {
 public:
  // Whether the n-th packet to an end (0 or 1) is lost.
  std::function<bool(size_t end, size_t n)> loses = [](size_t, size_t) { return false; };
  size_t largest_packet = 0;
  size_t packets = 0;
  // What gettimeofday says in this program (fake_wall_clock.cc).
  static inline int64_t wall_clock_ns = 1'800'000'000'000'000'000;

  net::Instant now() const { return now_; }
  SctpStack& stack() { return stack_; }

  // Who takes the packets to an end; nobody any more: nullptr.
  void Attach(size_t end, std::function<void(Bytes)> take) { ends_[end] = std::move(take); }

  // From the end to the other one.
  void Send(size_t from, Bytes packet) {
    const size_t to = 1 - from;
    largest_packet = std::max(largest_packet, packet.size());
    ++packets;
    if (loses(to, sent_[to]++)) return;
    wire_.push_back({to, SctpPacket(packet.begin(), packet.end())});
  }

  // Moves packets, and time when there are none. False: `limit` has passed.
  bool RunUntil(const std::function<bool()>& is_done,
                net::Duration limit = std::chrono::seconds(60)) {
    const net::Instant end = now_ + limit;
    while (!is_done()) {
      if (!wire_.empty()) {
        const auto [to, packet] = std::move(wire_.front());
        wire_.pop_front();
        if (ends_[to]) ends_[to](packet);
        continue;
      }
      if (now_ >= end) return false;
      now_ = now_ + SctpStack::kTick;
      wall_clock_ns += net::Duration(SctpStack::kTick).count();
      stack_.OnTimeout(now_);
    }
    return true;
  }
  void Run(net::Duration time) {
    RunUntil([] { return false; }, time);
  }
  bool is_quiet() const { return wire_.empty(); }
  // Until nothing is under way, without time.
  void Settle() {
    RunUntil([this] { return wire_.empty(); });
  }

 private:
  net::Instant now_ = net::Instant::FromNanoseconds(1'000'000'000);
  SctpStack stack_{now_};
  std::array<std::function<void(Bytes)>, 2> ends_{};
  std::array<size_t, 2> sent_{};
  std::deque<std::pair<size_t, SctpPacket>> wire_;
};

// So many of a hundred, the same ones each time, without a pattern that retransmissions could keep
// to.
inline bool IsUnlucky(size_t n, size_t percent) {
  const uint32_t mixed = (static_cast<uint32_t>(n) + 1) * 2654435761u;
  return (mixed >> 16) % 100 < percent;
}

struct ReceivedMessage {
  uint16_t stream = 0;
  bool is_text = false;
  std::string content;
  friend bool operator==(const ReceivedMessage&, const ReceivedMessage&) = default;
};

inline Bytes AsBytes(std::string_view text) {
  return Bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

// Writes down what happens.
class RecordingPeer : public DataChannels::Events {
 public:
  RecordingPeer(SctpWorld& world, size_t end, const DataChannels::Options& options)
      : world_(world), end_(end), channels(world.stack(), options, *this) {
    world.Attach(end, [this](Bytes packet) { channels.OnPacket(packet); });
  }
  ~RecordingPeer() override { world_.Attach(end_, nullptr); }

  void SendPacket(Bytes packet) override {
    sent.emplace_back(packet.begin(), packet.end());
    if (sent.size() > 50) sent.erase(sent.begin());
    world_.Send(end_, packet);
  }
  void OnConnected() override { is_connected = true; }
  void OnOpen(uint16_t stream, const ChannelParameters& parameters) override {
    opened[stream] = parameters;
  }
  void OnMessage(const ChannelMessage& message) override {
    bytes += message.content.size();
    ++count;
    if (on_message) return on_message(message);
    messages.push_back({message.stream, message.is_text,
                        std::string(message.content.begin(), message.content.end())});
  }
  void OnClosed(uint16_t stream, std::string_view reason) override {
    closed[stream] = std::string(reason);
    opened.erase(stream);
  }
  void OnWritable() override {
    ++writable;
    if (on_writable) on_writable();
  }
  std::optional<std::string> AcceptNegotiated(uint16_t stream) override {
    return negotiated.contains(stream) ? std::optional(negotiated[stream]) : std::nullopt;
  }
  void OnEnded(std::string_view reason) override { ended = std::string(reason); }

 private:
  SctpWorld& world_;
  size_t end_;

 public:
  bool is_connected = false;
  size_t bytes = 0;
  size_t count = 0;
  size_t writable = 0;
  std::map<uint16_t, ChannelParameters> opened;
  std::vector<ReceivedMessage> messages;
  std::map<uint16_t, std::string> closed;
  std::map<uint16_t, std::string> negotiated;
  std::optional<std::string> ended;
  std::deque<SctpPacket> sent;  // the last ones
  std::function<void(const ChannelMessage&)> on_message;
  std::function<void()> on_writable;
  DataChannels channels;
};

}  // namespace koeru::server
