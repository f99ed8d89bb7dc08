#pragma once

// A TURN client and a peer for tests: blocking, on real sockets of the loopback interface.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/net/address.h"
#include "core/stun/message_builder.h"
#include "core/stun/message_view.h"
#include "core/turn/attributes/icmp.h"
#include "tests/native_server/worker/test_dtls.h"
#include "tests/native_server/worker/test_socket.h"
#include "tests/native_server/worker/test_stream.h"

namespace koeru::server {

class TestClient {
 public:
  TestClient(const net::Endpoint& server, const net::Address& local)
      : server_(server), socket_(std::make_unique<TestSocket>(net::Endpoint{local, 0})) {}
  // Over TCP or TLS.
  TestClient(const net::Endpoint& server, const net::Address& local,
             std::unique_ptr<TestStream> stream)
      : server_(server),
        socket_(std::make_unique<TestSocket>(net::Endpoint{local, 0})),
        stream_(std::move(stream)) {}

  // Over DTLS.
  TestClient(const net::Endpoint& server, const net::Address& local,
             std::shared_ptr<const TlsContext> dtls)
      : server_(server),
        socket_(std::make_unique<TestSocket>(net::Endpoint{local, 0})),
        dtls_(std::make_unique<TestDtls>(*socket_, server, std::move(dtls))) {}

  TestSocket& socket() { return *socket_; }
  TestDtls& dtls() { return *dtls_; }
  // On the same socket; the old association is forgotten.
  void BeginAnew(std::shared_ptr<const TlsContext> dtls) {
    dtls_ = std::make_unique<TestDtls>(*socket_, server_, std::move(dtls));
  }
  TestStream& stream() { return *stream_; }
  const net::Endpoint& server() const { return server_; }

  // Of the response; 0 for success, the error code otherwise, -1 for no answer.
  int Binding();
  int Allocate(net::Family family = net::Family::kIpv4);
  int AllocateBoth();    // ADDITIONAL-ADDRESS-FAMILY
  int AllocateMobile();  // MOBILITY-TICKET
  int Refresh(uint32_t lifetime_s);
  int RefreshWith(const Payload& ticket);
  int CreatePermission(const net::Endpoint& peer);
  int ChannelBind(uint16_t channel, const net::Endpoint& peer);
  // RFC 6062.
  int AllocateTcp(net::Family family = net::Family::kIpv4);
  int Connect(const net::Endpoint& peer);
  int ConnectionBind(uint32_t id);

  // Of the last success of its kind.
  const net::Endpoint& relayed() const { return relayed_; }
  const net::Endpoint& mapped() const { return mapped_; }
  const Payload& ticket() const { return ticket_; }
  uint32_t connection() const { return connection_; }
  // The second relayed address of AllocateBoth.
  const net::Endpoint& also_relayed() const { return also_relayed_; }

  void SendIndication(const net::Endpoint& peer, Bytes payload, bool dont_fragment = false);
  void SendChannelData(uint16_t channel, Bytes payload);
  // All as one run; each payload must have the same size, the last may be shorter.
  void SendChannelRun(uint16_t channel, const std::vector<Payload>& payloads);

  struct Data {
    uint16_t channel = 0;  // 0: a Data indication
    net::Endpoint peer;
    Payload payload;
    friend bool operator==(const Data&, const Data&) = default;
  };
  std::optional<Data> ReceiveData(int timeout_ms = 3000);

  // A ConnectionAttempt indication.
  struct Attempt {
    uint32_t connection = 0;
    net::Endpoint peer;
  };
  std::optional<Attempt> ReceiveAttempt(int timeout_ms = 3000);

  // A Data indication about an ICMP error.
  struct IcmpError {
    net::Endpoint peer;
    turn::Icmp icmp;
  };
  std::optional<IcmpError> ReceiveIcmp(int timeout_ms = 3000);

 private:
  void SendToServer(Bytes message);
  std::optional<TestSocket::Datagram> ReceiveFromServer(int timeout_ms = 3000);
  template <typename AddAttributes>
  int Request(stun::Method method, AddAttributes add);

  net::Endpoint server_;
  std::unique_ptr<TestSocket> socket_;  // the association refers to it
  std::unique_ptr<TestDtls> dtls_;      // null: not over DTLS
  std::unique_ptr<TestStream> stream_;  // null: not over TCP or TLS
  net::Endpoint relayed_, mapped_, also_relayed_;
  Payload ticket_;
  uint32_t connection_ = 0;
};

}  // namespace koeru::server
