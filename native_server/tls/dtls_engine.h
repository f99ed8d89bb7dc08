// DtlsEngine: one DTLS 1.2 association (RFC 6347) without a socket and without a clock. Datagrams
// go in, datagrams come out:
//
//   engine.SetInput(datagram, now);                   // a view: it stays until all of it is read
//   if (engine.Handshake() == Progress::kDone) ...    // once is enough for each datagram
//   while ((read = engine.Read(into)).kind == Kind::kData) ...   // it may hold many records
//   for (std::vector<uint8_t>& datagram : engine.TakeOutput()) ...
//
// A server keeps nothing for a client before that proved its address with a cookie (RFC 6347
// section 4.2.1): an engine that said kCookieSent, kNothing or kFailed to a first datagram is as
// good as new after Restart(), so one engine answers any number of strangers.
//
// A ClientHello in several datagrams is put together, but not a stranger's: its parts would have to
// be kept before anybody proved an address.
//
// What does not authenticate is dropped without a word (RFC 6347 section 4.1.2.7), and so is what
// was seen already (section 4.1.2.6).
#pragma once

#include <array>
#include <boost/system/error_code.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/net/time.h"
#include "native_server/tls/client_hello_fragments.h"
#include "native_server/tls/peer_certificate.h"
#include "native_server/tls/tls_context.h"

struct mbedtls_ssl_context;

namespace koeru::server {

class DtlsEngine {
 public:
  // What a record adds to its content: 13 bytes of header, 8 of explicit nonce, 16 of tag (RFC
  // 5288); ChaCha20-Poly1305 has no explicit nonce.
  static constexpr size_t kRecordOverhead = 13 + 8 + 16;
  // RFC 6347 section 4.1: "each DTLS record MUST fit within a single datagram", and TLS's bound.
  static constexpr size_t kLargestContent = 16384;
  // Handshake datagrams stay below what nearly every path carries (RFC 8200 section 5: 1280 bytes).
  static constexpr uint16_t kHandshakeMtu = 1200;

  // `context` is one for datagrams. `client_id` is what the cookie is bound to, for servers:
  // address and port of the client. A server's engine without one needs Restart() first.
  // `server_name` is for clients: the name to ask for (SNI) and to find in the certificate.
  explicit DtlsEngine(std::shared_ptr<const TlsContext> context, Bytes client_id = {},
                      std::string server_name = {});
  ~DtlsEngine();
  DtlsEngine(const DtlsEngine&) = delete;
  DtlsEngine& operator=(const DtlsEngine&) = delete;

  // As if just made. Input and output are gone.
  void Restart(Bytes client_id);

  void SetInput(Bytes datagram, net::Instant now);
  // When only time has passed.
  void SetNow(net::Instant now) { now_ = now; }

  enum class Progress {
    kNothing,     // what came was no part of a handshake, or not the part that is due
    kCookieSent,  // a stranger was asked to prove his address
    kGoesOn,      // something was sent, and the other side's turn it is
    kDone,
    kFailed,  // the alert is in the output
  };
  Progress Handshake();
  // When Handshake() wants to be called without input, to send again; Instant::Max(): never.
  net::Instant NextDeadline() const;

  struct ReadResult {
    enum class Kind { kData, kNothing, kEnded };
    Kind kind = Kind::kNothing;
    size_t size = 0;
  };
  // The content of the next record of the input. `into` must hold kLargestContent bytes. Ended: by
  // the other side's close_notify or fatal alert.
  ReadResult Read(MutableBytes into);

  // `content` as one record into `into`, which must be kRecordOverhead larger. How long it is; 0
  // when it does not fit in a record.
  size_t Write(Bytes content, MutableBytes into);

  // Its record lies in the output.
  void CloseNotify();

  // Datagrams to send, in order.
  std::vector<std::vector<uint8_t>> TakeOutput();
  bool has_output() const { return !output_.empty(); }

  std::string_view version() const;       // "DTLSv1.2"
  std::string_view cipher_suite() const;  // mbedTLS's name of it
  std::optional<PeerCertificate> peer_certificate() const;
  // In DER, a view into the engine; empty when none was shown.
  Bytes peer_certificate_der() const;
  // Of a media peer after the handshake: what SRTP is to be keyed with. Nothing when the other side
  // did not want SRTP, or none of our profiles.
  std::optional<SrtpKeys> srtp_keys() const;
  // After kFailed: why.
  boost::system::error_code error() const { return error_; }

 private:
  static int Send(void* self, const unsigned char* data, size_t size);
  static int Receive(void* self, unsigned char* data, size_t size);
  static void SetTimer(void* self, uint32_t intermediate_ms, uint32_t final_ms);
  static int GetTimer(void* self);
  // mbedTLS's type of a callback, with its enumerations as numbers.
  void ExportSrtpKeys(Bytes master_secret, Bytes client_random, Bytes server_random, int prf);
  struct Callbacks;

  std::shared_ptr<const TlsContext> context_;
  std::unique_ptr<mbedtls_ssl_context> ssl_;
  std::vector<uint8_t> client_id_;
  std::string server_name_;
  Bytes input_;
  ClientHelloFragments fragments_;  // of a server
  std::vector<std::vector<uint8_t>> output_;
  MutableBytes record_;  // where Write wants its record
  size_t record_size_ = 0;
  net::Instant now_;
  net::Instant intermediate_, final_ = net::Instant::Max();  // of the timer; Max: none is set
  // RFC 5764 section 4.2, as long as the longest profile needs; shorter ones are its beginning.
  std::array<uint8_t, 2 * (32 + 12)> exported_{};
  bool has_exported_ = false;
  bool failed_ = false;
  boost::system::error_code error_;
};

}  // namespace koeru::server
