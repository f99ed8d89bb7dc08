// DtlsDoor: where DTLS associations begin (RFC 8656 section 2.1, RFC 7350). It has no socket:
// workers bring it the datagrams of clients they do not know, and it leaves answers, and finished
// associations, with the worker that brought them.
//
//   auto door = DtlsDoor::Open(options);          // certificate and key
//   (*door)->Start([&](size_t worker, DtlsAnswer answer) { ... });   // on a thread of its own
//   (*door)->Knock(worker, five_tuple, datagram); // from any thread; a full mailbox drops it
//   ...
//   (*door)->Stop();
//
// Nothing of this runs on a thread that moves media: a handshake takes a millisecond.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "native_server/door/dtls_handshakes.h"

namespace koeru::server {

struct DtlsDoorOptions {
  std::string certificate_file{};  // PEM
  std::string key_file{};
  std::string key_password{};  // as those of DoorOptions
  std::string client_ca_file{};
  DtlsLimits limits{};
};

class DtlsDoor {
 public:
  // Called on the door's thread.
  using Deliver = std::function<void(size_t worker, DtlsAnswer answer)>;

  // Datagrams that wait; further ones are dropped and counted: clients send them again.
  static constexpr size_t kMailbox = 1024;

  static absl::StatusOr<std::unique_ptr<DtlsDoor>> Open(const DtlsDoorOptions& options);
  ~DtlsDoor() { Stop(); }
  DtlsDoor(const DtlsDoor&) = delete;
  DtlsDoor& operator=(const DtlsDoor&) = delete;

  void Start(Deliver deliver);
  // Nothing is delivered afterwards; who knocks is not heard.
  void Stop();

  void Knock(size_t worker, const net::FiveTuple& five_tuple, Bytes datagram);

  // New handshakes get the new certificate; on an error everything stays as it is.
  absl::Status ReloadCertificate();

  struct Counts {
    DtlsHandshakes::Counts machine;
    size_t half_open = 0;
    uint64_t unheard = 0;  // the mailbox was full
  };
  Counts counts() const;

 private:
  struct Letter {
    size_t worker = 0;
    net::FiveTuple five_tuple;
    std::vector<uint8_t> datagram;
  };

  DtlsDoor(std::unique_ptr<ReloadableTlsContext> tls, const DtlsLimits& limits);
  void Run();
  std::vector<Letter> WaitForLetters();
  void DeliverAll(DtlsHandshakes::Answers answers);

  const std::unique_ptr<ReloadableTlsContext> tls_;
  DtlsHandshakes handshakes_;                              // of the thread
  absl::flat_hash_map<net::FiveTuple, size_t> worker_of_;  // of half-open ones; the thread's
  Deliver deliver_;
  std::thread thread_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Letter> letters_;  // these are guarded by mutex_
  bool stop_ = true;
  bool new_context_ = false;
  Counts shown_;
};

}  // namespace koeru::server
