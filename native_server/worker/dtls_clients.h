#pragma once

// The clients of one worker that came over DTLS. Their datagrams arrive on the same sockets as
// those of plain UDP, and handshakes happen elsewhere (native_server/door/dtls_door.h).

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/tls/dtls_connection.h"
#include "native_server/worker/counters.h"

namespace koeru::server {

struct DtlsClient {
  explicit DtlsClient(DtlsConnection with) : connection(std::move(with)) {}
  DtlsConnection connection;
  DtlsEngine& engine() { return *connection.engine; }
  net::Instant last_message;  // when the client last said something that authenticated
  // It, or somebody in its name, began a new handshake: until then all but data goes there.
  net::Instant begins_anew_until;
};

class DtlsClients {
 public:
  explicit DtlsClients(WorkerCounters& counters) : counters_(counters) {}

  // From any thread: leaves an answer for TakeAnswers.
  void Leave(DtlsAnswer answer);
  std::vector<DtlsAnswer> TakeAnswers();

  // Null when nobody has finished a handshake there.
  DtlsClient* Find(const net::FiveTuple& five_tuple);
  // `content` as one record of that client, at the start of `room`. Empty, and counted
  // as not sent, when it fits in no record; empty when there is no such client.
  Bytes Seal(const net::FiveTuple& five_tuple, Bytes content, MutableBytes room);
  void Add(DtlsConnection connection, net::Instant now);
  void Erase(const net::FiveTuple& five_tuple);
  // Those that said nothing since `then`.
  std::vector<net::FiveTuple> SilentSince(net::Instant then) const;

  size_t size() const { return clients_.size(); }

 private:
  WorkerCounters& counters_;
  absl::flat_hash_map<net::FiveTuple, std::unique_ptr<DtlsClient>> clients_;

  std::mutex mutex_;
  std::vector<DtlsAnswer> answers_;  // guarded by mutex_
};

}  // namespace koeru::server
