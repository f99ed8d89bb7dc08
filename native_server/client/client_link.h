#pragma once

// The way from a client to a STUN and TURN server: UDP, TCP, TLS or DTLS on a socket of its own.
// Messages go in and come out whole, whatever carries them.
//
//   LinkOptions options;
//   options.transport = net::Transport::kTls;
//   options.server = {net::Address::V4(192, 0, 2, 1), 5349};
//   options.tls = *TlsContext::ForClient({...});
//   OpenedLink opened = ClientLink::Open(options);     // connects, and does the handshake
//   if (!opened.status.ok()) Say(opened.status.text);
//   opened.link->Send(message);                        // waits while the socket is full
//   opened.link->Receive([](Bytes message) { ... });   // what is there, without waiting
//
// Nothing waits longer than `timeout`. After a status that is not ok (kTooLarge apart) a link is of
// no use any more.

#include <functional>
#include <memory>
#include <string>

#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "native_server/tls/peer_certificate.h"
#include "native_server/tls/tls_context.h"

namespace koeru::server {

enum class Trouble : uint8_t {
  kNone,
  kRefused,    // ICMP port unreachable, or RST: the machine is there and nobody listens
  kSilent,     // no answer at all
  kNoRoute,    // the network says that there is no way
  kClosed,     // the other side ended the connection
  kHandshake,  // TLS or DTLS failed
  kNonsense,   // what came is neither STUN nor ChannelData
  kTooLarge,   // more than a datagram on this path may be; the link goes on
  kOther,      // what the system says
};

struct LinkStatus {
  Trouble trouble = Trouble::kNone;
  std::string text = {};  // the system's or the TLS library's words

  bool ok() const { return trouble == Trouble::kNone; }
  // What errno means for a link.
  static LinkStatus OfErrno(int error);
};

struct LinkOptions {
  net::Transport transport = net::Transport::kUdp;
  net::Endpoint server = {};
  std::string server_name = {};                     // to be found in the certificate
  std::shared_ptr<const TlsContext> tls = nullptr;  // for DTLS one for datagrams
  // Datagrams larger than the path are not fragmented but lost, or refused with kTooLarge.
  bool dont_fragment = false;
  net::Duration timeout = std::chrono::seconds(10);
};

// Of TLS and DTLS.
struct TlsFacts {
  std::string version;
  std::string cipher_suite;
  std::string alpn;  // empty: none was agreed on
  std::optional<PeerCertificate> certificate;
};

class ClientLink;
struct OpenedLink {
  std::unique_ptr<ClientLink> link;  // null when the status is not ok
  LinkStatus status;
};

class ClientLink {
 public:
  using OnMessage = std::function<void(Bytes message)>;

  static OpenedLink Open(const LinkOptions& options);
  virtual ~ClientLink() = default;

  virtual LinkStatus Send(Bytes message) = 0;
  virtual LinkStatus Receive(const OnMessage& on_message) = 0;
  virtual int fd() const = 0;
  virtual TlsFacts tls() const { return {}; }
};

}  // namespace koeru::server
