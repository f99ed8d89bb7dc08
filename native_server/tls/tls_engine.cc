#include "native_server/tls/tls_engine.h"

#include <mbedtls/ssl.h>

#include <algorithm>
#include <cstring>

#include "native_server/tls/tls_error.h"

namespace koeru::server {

TlsEngine::TlsEngine(std::shared_ptr<const TlsContext> context, const std::string& server_name)
    : context_(std::move(context)),
      ssl_(std::make_unique<mbedtls_ssl_context>()),
      input_(kInputSize) {
  mbedtls_ssl_init(ssl_.get());
  int code = mbedtls_ssl_setup(ssl_.get(), context_->config());
  if (code == 0 && !context_->is_server()) {
    code =
        mbedtls_ssl_set_hostname(ssl_.get(), server_name.empty() ? nullptr : server_name.c_str());
  }
  if (code != 0) failure_ = FromMbedTls(code);  // out of memory
  mbedtls_ssl_set_bio(ssl_.get(), this, Send, Receive, nullptr);
}

TlsEngine::~TlsEngine() { mbedtls_ssl_free(ssl_.get()); }

TlsEngine::Step TlsEngine::Handshake() {
  if (failure_) return {.error = failure_};
  return ToStep(mbedtls_ssl_handshake(ssl_.get()));
}

TlsEngine::Step TlsEngine::Read(std::span<uint8_t> into) {
  if (failure_) return {.error = failure_};
  // A client may be handed session tickets between data (RFC 8446 §4.6.1); each call of
  // mbedtls_ssl_read consumes one, so this ends with the input.
  int code = MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET;
  while (code == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET) {
    code = mbedtls_ssl_read(ssl_.get(), into.data(), into.size());
  }
  if (code == 0) code = MBEDTLS_ERR_SSL_CONN_EOF;
  return ToStep(code);
}

TlsEngine::Step TlsEngine::Write(std::span<const uint8_t> data) {
  if (failure_) return {.error = failure_};
  Step step = ToStep(mbedtls_ssl_write(ssl_.get(), data.data(), data.size()));
  if (step.need == Need::kInput) return {.error = TlsError::kUnexpectedRead};
  return step;
}

TlsEngine::Step TlsEngine::CloseNotify() {
  if (failure_) return {};  // the alert that belongs to the failure is in the output already
  return ToStep(mbedtls_ssl_close_notify(ssl_.get()));
}

void TlsEngine::AddInput(size_t size) {
  input_begin_ = 0;
  input_end_ = size;
}

void TlsEngine::TakeOutput(std::vector<uint8_t>& into) { std::swap(into, output_); }

std::string_view TlsEngine::alpn() const {
  const char* name = mbedtls_ssl_get_alpn_protocol(ssl_.get());
  return name == nullptr ? std::string_view() : name;
}

std::string_view TlsEngine::version() const { return mbedtls_ssl_get_version(ssl_.get()); }

std::string_view TlsEngine::cipher_suite() const {
  const char* name = mbedtls_ssl_get_ciphersuite(ssl_.get());
  return name == nullptr ? std::string_view() : name;
}

std::optional<PeerCertificate> TlsEngine::peer_certificate() const {
  return PeerCertificateOf(*ssl_);
}

int TlsEngine::Send(void* self, const unsigned char* data, size_t size) {
  auto* engine = static_cast<TlsEngine*>(self);
  // A peer that makes us answer but never reads the answers gets no more than this.
  if (engine->output_.size() >= kOutputLimit) return MBEDTLS_ERR_SSL_WANT_WRITE;
  engine->output_.insert(engine->output_.end(), data, data + size);
  return static_cast<int>(size);
}

int TlsEngine::Receive(void* self, unsigned char* data, size_t size) {
  auto* engine = static_cast<TlsEngine*>(self);
  const size_t waiting = engine->input_end_ - engine->input_begin_;
  if (waiting == 0) return engine->input_ended_ ? 0 : MBEDTLS_ERR_SSL_WANT_READ;
  const size_t taken = std::min(waiting, size);
  std::memcpy(data, engine->input_.data() + engine->input_begin_, taken);
  engine->input_begin_ += taken;
  return static_cast<int>(taken);
}

TlsEngine::Step TlsEngine::ToStep(int code) {
  if (code >= 0) return {.bytes = static_cast<size_t>(code)};
  if (code == MBEDTLS_ERR_SSL_WANT_READ) return {.need = Need::kInput};
  if (code == MBEDTLS_ERR_SSL_WANT_WRITE) return {.need = Need::kFlush};
  const boost::system::error_code error = FromMbedTls(code);
  // After the peer's close_notify only its direction is closed: we may still write (RFC 8446
  // §6.1).
  if (code != MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) failure_ = error;
  return {.error = error};
}

}  // namespace koeru::server
