// TlsEngine: one TLS connection without a socket. Bytes of the wire go in and come out as buffers,
// so the machine can be tested, and driven by any kind of event loop.
//
// Every call returns a Step: it is done (`bytes`, or `error`), or it needs something first:
//   kInput  fill input_space() from the wire, tell with AddInput(n) or EndInput(), call again;
//   kFlush  the output is full: send TakeOutput(), call again with the same arguments.
// Any call may leave output behind, also a failing one (the alert): always send it.
//
// Memory is bounded whatever the peer does: mbedTLS's two record buffers (2 x 16.7 kB), the input
// (8 KiB) and the output (at most kOutputLimit and one record on top).
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "native_server/tls/peer_certificate.h"
#include "native_server/tls/tls_context.h"

struct mbedtls_ssl_context;

namespace koeru::server {

class TlsEngine {
 public:
  enum class Need { kNothing, kInput, kFlush };
  struct Step {
    Need need = Need::kNothing;
    size_t bytes = 0;
    boost::system::error_code error{};
  };

  static constexpr size_t kInputSize = 8 * 1024;
  static constexpr size_t kOutputLimit = 32 * 1024;

  // `server_name` is for clients: the name to ask for (SNI) and to find in the certificate.
  explicit TlsEngine(std::shared_ptr<const TlsContext> context,
                     const std::string& server_name = {});
  ~TlsEngine();
  TlsEngine(const TlsEngine&) = delete;
  TlsEngine& operator=(const TlsEngine&) = delete;

  Step Handshake();
  Step Read(std::span<uint8_t> into);  // `into` must not be empty
  Step Write(std::span<const uint8_t> data);
  Step CloseNotify();

  // Valid until the next call. Only to be filled when a step needs input.
  std::span<uint8_t> input_space() { return input_; }
  void AddInput(size_t size);
  void EndInput() { input_ended_ = true; }

  bool has_output() const { return !output_.empty(); }
  // Swaps the waiting output with `into`, which must be empty.
  void TakeOutput(std::vector<uint8_t>& into);

  std::string_view alpn() const;          // empty before the handshake or if none was agreed on
  std::string_view version() const;       // "TLSv1.3"
  std::string_view cipher_suite() const;  // mbedTLS's name of it
  std::optional<PeerCertificate> peer_certificate() const;

 private:
  static int Send(void* self, const unsigned char* data, size_t size);
  static int Receive(void* self, unsigned char* data, size_t size);
  Step ToStep(int code);

  std::shared_ptr<const TlsContext> context_;
  std::unique_ptr<mbedtls_ssl_context> ssl_;
  std::vector<uint8_t> input_;
  size_t input_begin_ = 0;
  size_t input_end_ = 0;
  bool input_ended_ = false;
  std::vector<uint8_t> output_;
  boost::system::error_code failure_;  // mbedTLS must not be called again after a fatal error
};

}  // namespace koeru::server
