// One SCTP association with one peer, as usrsctp's one-to-one socket (RFC 6458 section 4) over
// AF_CONN: packets go in by Input and come out by SctpAssociation::OnOutput.
//
//   SctpSocket socket(stack, association, {.local_port = 5000, ...}, now);
//   socket.Connect();
//   socket.Input(packet);
//   while (auto event = socket.Receive(buffer)) std::visit(..., *event);
//
// Both sides connect; INITs that meet are one association (RFC 9260 section 5.2). Nothing blocks.
// What Receive does not take stays within the receive buffer, and the window that SACKs tell the
// peer closes. The association is aborted with the socket.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/bytes/reader.h"
#include "core/net/time.h"
#include "native_server/media/data_channels/dcep.h"
#include "native_server/media/data_channels/sctp_stack.h"

struct socket;

namespace koeru::server {

using UsrsctpSocket = struct ::socket;

// A message, or, when it does not fit, the next part of one.
struct SctpData {
  uint16_t stream = 0;
  PayloadProtocol protocol{};
  Bytes content;
  bool is_last = false;
};
// The rest of a message of which a part came was given up by the peer (RFC 3758).
struct SctpDataAbandoned {};
struct SctpConnected {
  uint16_t outgoing_streams = 0;
};
// RFC 6525. The peer has reset its streams; or it has taken in, or refused, that we reset ours.
struct SctpStreamsReset {
  bool is_incoming = false;
  bool is_outgoing = false;
  std::vector<uint16_t> streams;  // none: all
};
struct SctpLost {
  std::string_view reason;
};
using SctpEvent =
    std::variant<SctpData, SctpDataAbandoned, SctpConnected, SctpStreamsReset, SctpLost>;

struct SctpMessage {
  uint16_t stream = 0;
  PayloadProtocol protocol{};
  bool is_ordered = true;
  std::optional<uint32_t> max_retransmits;
  std::optional<uint32_t> max_lifetime_ms;
  Bytes content;  // not empty
};

enum class SctpSendResult : uint8_t {
  kTaken,
  kFull,     // or the stream is being reset: later
  kRefused,  // the peer has no such stream
  kLost,
};

class SctpSocket {
 public:
  struct Options {
    uint16_t local_port = 0;
    uint16_t remote_port = 0;
    uint16_t most_streams = 0;
    size_t buffer = 0;  // for either direction
    size_t most_packet_bytes = 0;
  };
  SctpSocket(SctpStack& stack, SctpAssociation& association, const Options& options,
             net::Instant now);
  ~SctpSocket();
  SctpSocket(const SctpSocket&) = delete;
  SctpSocket& operator=(const SctpSocket&) = delete;

  // False: usrsctp has no memory for it.
  bool Connect();
  void Input(Bytes packet);
  std::optional<SctpEvent> Receive(MutableBytes buffer);
  SctpSendResult Send(const SctpMessage& message);
  // After what was sent. False: the peer has no such stream, or does not know RFC 6525.
  bool ResetStream(uint16_t stream);
  void Shutdown();

  bool IsThere() const;
  // Chunks that were sent. None: nothing waits either, because one is always under way while
  // something does.
  size_t unacknowledged() const;

 private:
  bool Configure();

  SctpStack& stack_;
  Options options_;
  uint64_t address_;
  UsrsctpSocket* socket_ = nullptr;
};

}  // namespace koeru::server
