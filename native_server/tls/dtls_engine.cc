#include "native_server/tls/dtls_engine.h"

#include <mbedtls/platform_util.h>
#include <mbedtls/ssl.h>

#include <algorithm>
#include <utility>

#include "native_server/tls/tls_error.h"

namespace koeru::server {

struct DtlsEngine::Callbacks {
  static void Export(void* self, mbedtls_ssl_key_export_type type, const unsigned char* secret,
                     size_t secret_size, const unsigned char client_random[32],
                     const unsigned char server_random[32], mbedtls_tls_prf_types prf) {
    if (type != MBEDTLS_SSL_KEY_EXPORT_TLS12_MASTER_SECRET) return;
    static_cast<DtlsEngine*>(self)->ExportSrtpKeys({secret, secret_size}, {client_random, 32},
                                                   {server_random, 32}, prf);
  }
};

DtlsEngine::DtlsEngine(std::shared_ptr<const TlsContext> context, Bytes client_id,
                       std::string server_name)
    : context_(std::move(context)),
      ssl_(std::make_unique<mbedtls_ssl_context>()),
      client_id_(client_id.begin(), client_id.end()),
      server_name_(std::move(server_name)) {
  mbedtls_ssl_init(ssl_.get());
  failed_ = mbedtls_ssl_setup(ssl_.get(), context_->config()) != 0;  // out of memory
  mbedtls_ssl_set_bio(ssl_.get(), this, Send, Receive, nullptr);
  mbedtls_ssl_set_timer_cb(ssl_.get(), this, SetTimer, GetTimer);
  if (context_->is_media()) mbedtls_ssl_set_export_keys_cb(ssl_.get(), Callbacks::Export, this);
  if (!failed_) Restart(client_id_);
}

DtlsEngine::~DtlsEngine() {
  mbedtls_platform_zeroize(exported_.data(), exported_.size());
  mbedtls_ssl_free(ssl_.get());
}

void DtlsEngine::Restart(Bytes client_id) {
  if (client_id.data() != client_id_.data()) client_id_.assign(client_id.begin(), client_id.end());
  input_ = {};
  fragments_.Clear();
  output_.clear();
  final_ = net::Instant::Max();
  has_exported_ = false;
  failed_ = mbedtls_ssl_session_reset(ssl_.get()) != 0;
  mbedtls_ssl_set_mtu(ssl_.get(), kHandshakeMtu);
  if (failed_) return;
  if (context_->is_server() && !client_id_.empty()) {
    failed_ =
        mbedtls_ssl_set_client_transport_id(ssl_.get(), client_id_.data(), client_id_.size()) != 0;
  } else if (!context_->is_server()) {
    const char* name = server_name_.empty() ? nullptr : server_name_.c_str();
    failed_ = mbedtls_ssl_set_hostname(ssl_.get(), name) != 0;
  }
}

void DtlsEngine::SetInput(Bytes datagram, net::Instant now) {
  input_ = context_->is_server() ? fragments_.Take(datagram) : datagram;
  now_ = now;
}

DtlsEngine::Progress DtlsEngine::Handshake() {
  if (failed_) return Progress::kFailed;
  const size_t sent_before = output_.size();
  const int code = mbedtls_ssl_handshake(ssl_.get());
  if (code == 0) {
    // From here on a datagram is as long as the message in it: TURN does not fragment either.
    mbedtls_ssl_set_mtu(ssl_.get(), 0);
    return Progress::kDone;
  }
  if (code == MBEDTLS_ERR_SSL_WANT_READ) {
    return output_.size() > sent_before ? Progress::kGoesOn : Progress::kNothing;
  }
  if (code == MBEDTLS_ERR_SSL_HELLO_VERIFY_REQUIRED) {
    std::vector<std::vector<uint8_t>> output = std::move(output_);
    Restart(client_id_);
    output_ = std::move(output);
    return failed_ ? Progress::kFailed : Progress::kCookieSent;
  }
  failed_ = true;
  error_ = FromMbedTls(code);
  return Progress::kFailed;
}

net::Instant DtlsEngine::NextDeadline() const { return final_; }

DtlsEngine::ReadResult DtlsEngine::Read(MutableBytes into) {
  using Kind = ReadResult::Kind;
  if (failed_) return {Kind::kEnded, 0};
  while (true) {
    const int code = mbedtls_ssl_read(ssl_.get(), into.data(), into.size());
    if (code > 0) return {Kind::kData, static_cast<size_t>(code)};
    switch (code) {
      case MBEDTLS_ERR_SSL_WANT_READ:
      case MBEDTLS_ERR_SSL_WANT_WRITE:
        return {Kind::kNothing, 0};
      // A client may be handed a session ticket between data; a record may be empty.
      case MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET:
        continue;
      case 0:
      default:
        failed_ = true;
        return {Kind::kEnded, 0};
    }
  }
}

size_t DtlsEngine::Write(Bytes content, MutableBytes into) {
  if (failed_ || content.empty() || content.size() > kLargestContent) return 0;
  record_ = into;
  record_size_ = 0;
  const int code = mbedtls_ssl_write(ssl_.get(), content.data(), content.size());
  record_ = {};
  return code > 0 ? record_size_ : 0;
}

void DtlsEngine::CloseNotify() {
  if (!failed_) mbedtls_ssl_close_notify(ssl_.get());
}

std::vector<std::vector<uint8_t>> DtlsEngine::TakeOutput() { return std::exchange(output_, {}); }

std::string_view DtlsEngine::version() const { return mbedtls_ssl_get_version(ssl_.get()); }

std::string_view DtlsEngine::cipher_suite() const {
  const char* name = mbedtls_ssl_get_ciphersuite(ssl_.get());
  return name == nullptr ? std::string_view() : name;
}

std::optional<PeerCertificate> DtlsEngine::peer_certificate() const {
  return PeerCertificateOf(*ssl_);
}

Bytes DtlsEngine::peer_certificate_der() const {
  const mbedtls_x509_crt* certificate = mbedtls_ssl_get_peer_cert(ssl_.get());
  if (certificate == nullptr) return {};
  return {certificate->raw.p, certificate->raw.len};
}

std::optional<SrtpKeys> DtlsEngine::srtp_keys() const {
  mbedtls_dtls_srtp_info info{};
  mbedtls_ssl_get_dtls_srtp_negotiation_result(ssl_.get(), &info);
  const auto profile = static_cast<SrtpProfile>(info.MBEDTLS_PRIVATE(chosen_dtls_srtp_profile));
  const std::optional<SrtpKeySizes> sizes = SrtpKeySizesOf(profile);
  if (!has_exported_ || !sizes) return std::nullopt;
  return PartSrtpKeys(profile, Bytes(exported_).first(2 * (sizes->key + sizes->salt)));
}

// RFC 5705 section 4: PRF(master_secret, label, client_random + server_random); the label is that
// of RFC 5764 section 4.2.
void DtlsEngine::ExportSrtpKeys(Bytes master_secret, Bytes client_random, Bytes server_random,
                                int prf) {
  std::array<uint8_t, 64> seed;
  std::copy(client_random.begin(), client_random.end(), seed.begin());
  std::copy(server_random.begin(), server_random.end(), seed.begin() + 32);
  has_exported_ = mbedtls_ssl_tls_prf(static_cast<mbedtls_tls_prf_types>(prf), master_secret.data(),
                                      master_secret.size(), "EXTRACTOR-dtls_srtp", seed.data(),
                                      seed.size(), exported_.data(), exported_.size()) == 0;
}

int DtlsEngine::Send(void* self, const unsigned char* data, size_t size) {
  auto* engine = static_cast<DtlsEngine*>(self);
  if (!engine->record_.empty() && size <= engine->record_.size()) {
    std::copy_n(data, size, engine->record_.begin());
    engine->record_size_ = size;
    engine->record_ = {};
  } else {
    engine->output_.emplace_back(data, data + size);
  }
  return static_cast<int>(size);
}

int DtlsEngine::Receive(void* self, unsigned char* data, size_t size) {
  auto* engine = static_cast<DtlsEngine*>(self);
  const Bytes input = std::exchange(engine->input_, {});
  // An empty datagram would look like the end of the association; a longer one holds no record.
  if (input.empty() || input.size() > size) return MBEDTLS_ERR_SSL_WANT_READ;
  std::copy(input.begin(), input.end(), data);
  return static_cast<int>(input.size());
}

void DtlsEngine::SetTimer(void* self, uint32_t intermediate_ms, uint32_t final_ms) {
  auto* engine = static_cast<DtlsEngine*>(self);
  if (final_ms == 0) {
    engine->final_ = net::Instant::Max();
    return;
  }
  engine->intermediate_ = engine->now_ + std::chrono::milliseconds(intermediate_ms);
  engine->final_ = engine->now_ + std::chrono::milliseconds(final_ms);
}

// mbedTLS's numbers: -1 none is set, 0 none has passed, 1 the first, 2 both.
int DtlsEngine::GetTimer(void* self) {
  const auto* engine = static_cast<DtlsEngine*>(self);
  if (engine->final_ == net::Instant::Max()) return -1;
  if (engine->now_ >= engine->final_) return 2;
  return engine->now_ >= engine->intermediate_ ? 1 : 0;
}

}  // namespace koeru::server
