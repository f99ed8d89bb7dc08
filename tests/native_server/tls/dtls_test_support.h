// Two DTLS engines that talk to each other without a socket, over a path that a test can spoil.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "native_server/tls/dtls_engine.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {

using Datagrams = std::vector<std::vector<uint8_t>>;

inline std::shared_ptr<const TlsContext> DtlsServerContext(const std::string& directory) {
  const SelfSignedCertificate files = MakeCertificate(directory);
  TlsServerOptions options;
  options.certificate_file = files.certificate_file;
  options.key_file = files.key_file;
  options.alpn = {"stun.turn"};
  options.datagram = true;
  auto context = TlsContext::ForServer(options);
  EXPECT_TRUE(context.ok()) << context.status();
  return context.ok() ? *context : nullptr;
}

inline std::shared_ptr<const TlsContext> DtlsClientContext(std::vector<std::string> alpn = {}) {
  TlsClientOptions options;
  options.alpn = std::move(alpn);
  options.datagram = true;
  auto context = TlsContext::ForClient(options);
  EXPECT_TRUE(context.ok()) << context.status();
  return context.ok() ? *context : nullptr;
}

// What a client says first.
inline std::vector<uint8_t> FirstFlight(DtlsEngine& client, net::Instant now) {
  client.SetNow(now);
  client.Handshake();
  Datagrams output = client.TakeOutput();
  return output.empty() ? std::vector<uint8_t>{} : output.front();
}

class DtlsPair {
 public:
  // Whether datagram number `index` of all, in the order of sending, arrives.
  using Path = std::function<bool(size_t index)>;

  explicit DtlsPair(std::shared_ptr<const TlsContext> server_context,
                    std::shared_ptr<const TlsContext> client_context = DtlsClientContext())
      : server(std::move(server_context), std::vector<uint8_t>{127, 0, 0, 1, 0, 80}),
        client(std::move(client_context)) {}

  // False when it did not succeed within a minute of the engines' time.
  bool Handshake(const Path& arrives = [](size_t) { return true; }) {
    bool client_done = false, server_done = false;
    for (int turn = 0; turn < 600; ++turn) {
      client.SetNow(now);
      server.SetNow(now);
      if (!client_done) client_done = client.Handshake() == DtlsEngine::Progress::kDone;
      if (!server_done && now >= server.NextDeadline()) server.Handshake();
      bool moved = false;
      for (const auto& datagram : Pass(client.TakeOutput(), arrives)) {
        moved = true;
        server.SetInput(datagram, now);
        // After its end the other side may still want the last flight again.
        if (server_done) {
          server.Read(room);
        } else {
          server_done = server.Handshake() == DtlsEngine::Progress::kDone;
        }
      }
      for (const auto& datagram : Pass(server.TakeOutput(), arrives)) {
        moved = true;
        client.SetInput(datagram, now);
        if (client_done) {
          client.Read(room);
        } else {
          client_done = client.Handshake() == DtlsEngine::Progress::kDone;
        }
      }
      if (client_done && server_done && !moved) return true;
      if (!moved) now = now + std::chrono::milliseconds(100);
    }
    return false;
  }

  std::vector<uint8_t> Seal(DtlsEngine& from, const std::vector<uint8_t>& content) {
    std::vector<uint8_t> record(content.size() + DtlsEngine::kRecordOverhead);
    record.resize(from.Write(content, record));
    return record;
  }
  // The contents of the records of one datagram.
  Datagrams Open(DtlsEngine& at, const std::vector<uint8_t>& datagram) {
    Datagrams contents;
    at.SetInput(datagram, now);
    while (true) {
      const DtlsEngine::ReadResult read = at.Read(room);
      if (read.kind != DtlsEngine::ReadResult::Kind::kData) return contents;
      contents.emplace_back(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(read.size));
    }
  }

  DtlsEngine server;
  DtlsEngine client;
  net::Instant now = net::Instant::FromNanoseconds(1'000'000'000);
  size_t sent = 0;  // datagrams
  std::vector<uint8_t> room = std::vector<uint8_t>(DtlsEngine::kLargestContent);

 private:
  Datagrams Pass(Datagrams datagrams, const Path& arrives) {
    std::erase_if(datagrams, [&](const auto&) { return !arrives(sent++); });
    return datagrams;
  }
};

}  // namespace koeru::server
