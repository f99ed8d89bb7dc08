// Door: where TCP connections come in. It accepts them within limits, does TLS handshakes, finds
// out what each one speaks, and hands it on:
//
//   first byte          0x00-0x03     STUN or TURN (RFC 7983)         -> handlers.turn
//                       0x16          TLS (RFC 8446 section 5.1)
//                       'A'-'Z'       HTTP                            -> handlers.plain_http
//   inside TLS, ALPN    stun.turn, stun.nat-discovery (RFC 7443)      -> handlers.turn
//                       http/1.1                                      -> handlers.https
//                       none: the first byte inside, as above
//
// So one port serves TURN over TLS, HTTPS and WSS: a site with only 443 open needs no other.
//
//   auto door = Door::Open(options);              // listens: a port in use is an error here
//   (*door)->Start({.turn = ..., .https = ...});  // lets people in, on threads of its own
//   ...
//   (*door)->Stop();
//
// Nothing of this runs on a thread that moves media: a TLS handshake takes a millisecond.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "native_server/door/arrivals.h"
#include "native_server/door/door_options.h"
#include "native_server/door/handshake_counts.h"

namespace koeru::server {

struct DoorCore;
class DoorListener;

class Door {
 public:
  static absl::StatusOr<std::unique_ptr<Door>> Open(DoorOptions options);
  ~Door();  // stops
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // For whoever takes connections over: his timers and sockets run on the same threads.
  boost::asio::io_context& io() { return io_; }
  // The ports in use, in the order of the endpoints.
  const std::vector<uint16_t>& ports() const { return ports_; }

  void Start(DoorHandlers handlers);
  void StopListening();
  // Ends the threads. Nothing is called back afterwards.
  void Stop();

  // Reads certificate and key again. New connections get the new ones; on an error everything stays
  // as it is.
  absl::Status ReloadCertificate();

  struct Counts {
    size_t connections = 0;
    size_t half_open = 0;
    HandshakeCounts tls{};  // refused: connections of every kind
  };
  Counts counts() const;

 private:
  explicit Door(unsigned thread_count);
  void Run();

  // Outlives everything that has timers and sockets in it.
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  unsigned thread_count_;
  std::shared_ptr<DoorCore> core_;
  std::vector<std::shared_ptr<DoorListener>> listeners_;
  std::vector<uint16_t> ports_;
  std::vector<std::thread> threads_;
};

}  // namespace koeru::server
