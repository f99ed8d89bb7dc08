#pragma once

// One client over TCP or TLS, as the worker that has it sees it: bytes in become messages, messages
// out become bytes. Nothing here blocks.

#include <memory>
#include <optional>

#include "core/ice/stream_framing.h"
#include "core/net/time.h"
#include "core/relay/actions.h"
#include "core/turn/stream_framer.h"
#include "native_server/tls/stream_connection.h"
#include "native_server/worker/listener_traffic.h"
#include "native_server/worker/stream_queue.h"

namespace koeru::server {

class StreamClient {
 public:
  explicit StreamClient(StreamConnection connection);
  ~StreamClient();

  enum class Input {
    kBytes,    // there are new bytes in framer()
    kNothing,  // the socket has no more now
    kEnded,    // the client has closed, or the connection is broken
  };
  // Reads once. `scratch` is where it goes on its way into the framer.
  Input Receive(MutableBytes scratch);
  turn::StreamFramer& framer() { return framer_; }
  // Not null: it speaks ICE (RFC 6544) and not TURN, and its bytes are there instead.
  ice::StreamFraming* ice() { return ice_.get(); }
  // Which of the two the first bytes are; kNeedsMore: they are too few to tell.
  ice::StreamStart Judge();

  StreamQueue& queue() { return queue_; }
  // Sends what the socket takes. False: the connection is broken.
  bool Flush();
  // Something waits until the socket takes more.
  bool is_blocked() const { return !queue_.empty() || !sealed_.empty(); }

  // It is no client any more: who has its parts drives the connection. Not before Flush().
  struct Parts {
    StreamConnection connection;
    std::vector<uint8_t> rest;    // of what was read, behind the last message
    std::vector<uint8_t> unsent;  // in the clear, behind
    std::vector<uint8_t> sealed;  // what is on its way as it is
  };
  Parts Release();

  int fd() const { return connection_.fd.get(); }
  const net::FiveTuple& five_tuple() const { return connection_.five_tuple; }

  const net::Endpoint& listener() const { return connection_.listener; }

  // For whoever keeps it.
  ListenerTraffic* traffic = nullptr;
  net::Instant last_message;  // when the client last said something whole
  bool is_dirty = false;      // in the list of those to flush
  bool is_ended = false;      // in the list of those to close
  bool watches_output = false;
  bool is_paused = false;  // nothing is read from it before paused_until
  // RFC 6062: what follows is no message for this worker.
  struct Leaving {
    relay::ConnectionId connection{};     // what it is joined with
    std::optional<uint32_t> to_worker{};  // or who answers `request`
    std::vector<uint8_t> request{};
  };
  std::optional<Leaving> leaving;
  net::Instant paused_until;

 private:
  void Append(Bytes bytes);
  Input ReceiveInClear(MutableBytes scratch);
  Input ReceiveSealed(MutableBytes scratch);
  bool Send(Bytes bytes, size_t& sent) const;
  bool FlushSealed();
  bool SendSealed();

  // recv(). It gives less than it could when the socket is empty then; the next call says so
  // without asking the kernel again. What comes in between is reported by epoll, which is
  // level-triggered.
  struct Some {
    size_t size = 0;
    Input input = Input::kNothing;
  };
  Some ReceiveSome(MutableBytes into);

  StreamConnection connection_;
  bool is_drained_ = false;
  turn::StreamFramer framer_;
  std::unique_ptr<ice::StreamFraming> ice_;
  bool is_judged_ = false;
  StreamQueue queue_;
  std::vector<uint8_t> sealed_;  // TLS records on their way
  size_t sealed_sent_ = 0;
};

}  // namespace koeru::server
