// The data channels of one peer (RFC 8831): channels over an SCTP association (RFC 9260) that lies
// in DTLS (RFC 8261), opened by messages within (DCEP, RFC 8832) or by agreement (negotiated).
//
//   class Owner : public DataChannels::Events {
//     void SendPacket(Bytes packet) override { dtls.Seal(packet); }    // one DTLS record each
//     void OnMessage(const ChannelMessage& message) override { ... }
//   };
//   DataChannels channels(stack, {.is_dtls_client = false}, owner);
//   channels.Start(now);                    // when DTLS is up; either side may be first
//   channels.OnPacket(content_of_a_dtls_record);
//   if (channels.Send(stream, true, text) == SendResult::kFull) ...  // wait for OnWritable
//
// Lifetimes: the stack and the owner outlive it. Events come out of any call of this object, and
// out of SctpStack::OnTimeout; in an event everything may be called but the destructor of this
// object. Bytes and messages that an event brings are gone when it returns.
//
// Reliability: a channel of ours is what Open says. What is sent on one that the peer opened goes
// by the peer's parameters (RFC 8832 section 5.1: they hold in both directions).
//
// Bounds: a peer has kMostStreams channels; labels and protocols kMostNameBytes each; what waits to
// be sent max_buffered; what has come and is not taken (SetReading) the receive window, with which
// the peer is stopped. Nothing is ever dropped but messages of channels that may lose some.
//
// Errors: what breaks RFC 8831 or 8832 on one channel, or is longer than max_message_size, ends
// that channel; OnClosed says why. What breaks SCTP is dropped or ends the association; OnEnded
// says why. usrsctp gives a silent peer up only after an hour: consent (RFC 7675) and DTLS know
// earlier.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/bytes/reader.h"
#include "core/net/time.h"
#include "native_server/media/data_channels/dcep.h"
#include "native_server/media/data_channels/outgoing_queue.h"
#include "native_server/media/data_channels/sctp_socket.h"
#include "native_server/media/data_channels/sctp_stack.h"

namespace koeru::server {

// One message of a channel. May be empty.
struct ChannelMessage {
  uint16_t stream = 0;
  bool is_text = false;  // UTF-8, by what the peer says
  Bytes content;
};

enum class SendResult : uint8_t {
  kSent,       // taken: it is sent, or the association ends
  kFull,       // max_buffered waits already: again after OnWritable
  kTooLarge,   // for the peer (its a=max-message-size)
  kNoChannel,  // none with that stream, or it is being closed
};

class DataChannels final : private SctpAssociation {
 public:
  // RFC 8831 section 6.2: at most 65534. Each costs 200 bytes for either direction in SCTP.
  static constexpr uint16_t kMostStreams = 1024;
  static constexpr size_t kMostNameBytes = 1024;
  // No packet is longer. A record of DTLS 1.2 adds 37 bytes at most, UDP over IPv6 48 and TURN 36:
  // together less than IPv6's smallest MTU, 1280. It is what browsers keep to, too.
  static constexpr size_t kMostPacketBytes = 1191;

  struct Options {
    uint16_t local_port = 5000;   // our a=sctp-port
    uint16_t remote_port = 5000;  // the peer's
    // RFC 8832 section 6: the DTLS client opens even streams, the server odd ones.
    bool is_dtls_client = false;
    // What we take: our a=max-message-size.
    size_t max_message_size = 256 << 10;
    // What the peer takes; 0: any size. Never more than our own max_message_size is sent.
    size_t peer_max_message_size = 64 << 10;
    // What waits here because SCTP does not take it, counted with kMessageOverhead for each
    // message.
    size_t max_buffered = 2 << 20;
  };
  static constexpr size_t kMessageOverhead = OutgoingQueue::kMessageOverhead;
  // What SCTP itself holds, in either direction. Half of the receive buffer must hold one message.
  static constexpr size_t kSctpBuffer = 1 << 20;

  class Events {
   public:
    virtual ~Events() = default;
    // At most kMostPacketBytes, into one DTLS record.
    virtual void SendPacket(Bytes packet) = 0;
    // The association is there.
    virtual void OnConnected() {}
    // A channel is there: the peer opened it, or (is_ours) it answered to Open, or a negotiated
    // one was taken in by AcceptNegotiated.
    virtual void OnOpen(uint16_t stream, const ChannelParameters& parameters) {
      (void)stream, (void)parameters;
    }
    virtual void OnMessage(const ChannelMessage& message) = 0;
    // A channel is gone; its stream may be used again. `reason` is empty when one side closed it.
    virtual void OnClosed(uint16_t stream, std::string_view reason) { (void)stream, (void)reason; }
    // After kFull: half of max_buffered is free again.
    virtual void OnWritable() {}
    // A message came on a stream without a channel: is it one that was negotiated? A label (for
    // OnOpen), or nothing, and the stream is reset.
    virtual std::optional<std::string> AcceptNegotiated(uint16_t stream) {
      (void)stream;
      return std::nullopt;
    }
    // The association is over, and nothing more comes. Channels that were open are gone with it.
    virtual void OnEnded(std::string_view reason) = 0;
  };

  DataChannels(SctpStack& stack, const Options& options, Events& events);
  // Says nothing to the peer, calls no event.
  ~DataChannels();
  DataChannels(const DataChannels&) = delete;
  DataChannels& operator=(const DataChannels&) = delete;

  // Sends INIT. Packets that came before are lost, and sent again by the peer.
  void Start(net::Instant now);
  void OnPacket(Bytes sctp_packet);

  // A stream, or nothing: all are taken, the association has ended, or a name is too long. May be
  // called before OnConnected. Messages may follow at once.
  std::optional<uint16_t> Open(ChannelParameters parameters);
  // A channel that both sides know of without DCEP. False: the stream is taken.
  bool OpenNegotiated(uint16_t stream, ChannelParameters parameters);
  SendResult Send(uint16_t stream, bool is_text, Bytes content);
  // After what was sent before. RFC 8831 section 6.7: by RFC 6525, on both sides; OnClosed follows.
  void Close(uint16_t stream);

  // False: nothing more is taken from SCTP, whose receive window closes and stops the peer. No
  // message comes before it is true again.
  void SetReading(bool is_reading);
  // What was sent and SCTP has not taken yet. With what it has taken, and may still hold: 0 when
  // all is acknowledged.
  size_t waiting() const { return queue_.bytes(); }
  size_t buffered() const;

  bool is_connected() const { return is_connected_; }
  bool has_ended() const { return has_ended_; }

  // After what was sent before, by SHUTDOWN; OnEnded follows when the peer has answered.
  void Shutdown();
  // At once, by ABORT; OnEnded follows before this returns.
  void Abort();

 private:
  struct Channel {
    ChannelParameters parameters;
    bool is_ours = false;
    bool is_announced = false;  // OnOpen was called
    bool is_confirmed = false;  // the peer is known to know of it
    bool is_closing = false;
    bool is_reset_sent = false;  // of our direction
    bool is_reset_done = false;
    bool is_peer_reset = false;
    std::string_view reason = {};  // static
  };

  void OnOutput(Bytes packet) override;
  void AfterTimers(bool is_sweep) override;

  // data_channels.cc: what leaves.
  void Pump();
  bool PumpOnce();
  bool Feed();
  bool FeedReset(uint16_t stream);
  void FlushPackets();
  void NoteTaken(size_t size);
  void NoteAcknowledged();
  void Push(uint16_t stream, PayloadProtocol protocol, Bytes content, bool is_ordered);
  void BeginClose(uint16_t stream, std::string_view reason);
  void FinishIfClosed(uint16_t stream);
  void Finish(uint16_t stream);
  void End(std::string_view reason);
  size_t LargestMessage() const;

  // data_channels_incoming.cc: what comes.
  bool Read();
  void OnEvent(const SctpEvent& event);
  void OnData(const SctpData& data);
  void OnWholeMessage(uint16_t stream, PayloadProtocol protocol, Bytes content);
  void OnDcep(uint16_t stream, Bytes content);
  void OnDcepOpen(uint16_t stream, ChannelParameters parameters);
  void OnStreamsReset(const SctpStreamsReset& reset);
  void OnPeerReset(uint16_t stream);
  void OnOwnReset(uint16_t stream);
  void Confirm(uint16_t stream);
  Channel* ChannelFor(uint16_t stream);
  void Refuse(uint16_t stream, std::string_view reason);

  Options options_;
  Events& events_;
  SctpStack& stack_;
  std::unique_ptr<SctpSocket> socket_;  // from Start to the end
  bool is_started_ = false;
  bool is_connected_ = false;
  bool has_ended_ = false;
  bool is_shutting_down_ = false;
  bool is_shutdown_sent_ = false;
  bool is_pumping_ = false;
  bool is_reading_ = true;
  bool was_full_ = false;
  uint16_t outgoing_streams_ = kMostStreams;
  absl::flat_hash_map<uint16_t, Channel> channels_;
  OutgoingQueue queue_;
  // The sizes of what SCTP took since it was last known to hold nothing, and may still hold.
  std::deque<uint32_t> taken_;
  size_t taken_bytes_ = 0;
  std::vector<uint8_t> incoming_;              // the message of which parts have come
  bool is_too_large_ = false;                  // and of which the rest is dropped
  std::vector<std::vector<uint8_t>> packets_;  // that leave when usrsctp has returned
};

}  // namespace koeru::server
