#include "native_server/media/srtp_session.h"

#include <srtp2/srtp.h>

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace koeru::server {
namespace {

constexpr size_t kRtpHeader = 12;  // RFC 3550 section 5.1
constexpr size_t kRtcpHeader = 8;  // section 6.4: header and SSRC

bool InitLibrary() {
  static const bool ready = srtp_init() == srtp_err_status_ok;
  return ready;
}

void SetProfile(SrtpProfile profile, srtp_policy_t& policy) {
  switch (profile) {
    case SrtpProfile::kAes128CmSha1_80:
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
      return;
    case SrtpProfile::kAes128CmSha1_32:
      // RFC 5764 section 4.1.2: the short tag is for SRTP only.
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(&policy.rtp);
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
      return;
    case SrtpProfile::kAeadAes128Gcm:
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
      srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
      return;
    case SrtpProfile::kAeadAes256Gcm:
      srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtp);
      srtp_crypto_policy_set_aes_gcm_256_16_auth(&policy.rtcp);
      return;
  }
}

srtp_err_status_t Create(SrtpProfile profile, const std::vector<uint8_t>& key,
                         srtp_ssrc_type_t direction, srtp_t* session) {
  srtp_policy_t policy{};
  SetProfile(profile, policy);
  policy.ssrc.type = direction;
  policy.key = const_cast<uint8_t*>(key.data());  // libsrtp only reads it
  policy.window_size = SrtpSession::kReplayWindow;
  policy.allow_repeat_tx = 1;
  return srtp_create(session, &policy);
}

SrtpVerdict VerdictOf(srtp_err_status_t status) {
  switch (status) {
    case srtp_err_status_ok:
      return SrtpVerdict::kGood;
    case srtp_err_status_replay_fail:
    case srtp_err_status_replay_old:
      return SrtpVerdict::kReplayed;
    case srtp_err_status_auth_fail:
    case srtp_err_status_cipher_fail:
      return SrtpVerdict::kForged;
    default:
      return SrtpVerdict::kMalformed;
  }
}

// One of libsrtp's four ways to change a packet in place, with its new length.
using Change = srtp_err_status_t (*)(srtp_t session, void* packet, int* length);

size_t Protect(Change change, srtp_t session, MutableBytes buffer, size_t size) {
  if (buffer.size() < size + SrtpSession::kMostOverhead) return 0;
  int length = static_cast<int>(size);
  return change(session, buffer.data(), &length) == srtp_err_status_ok ? static_cast<size_t>(length)
                                                                       : 0;
}

Unprotected Unprotect(Change change, srtp_t session, MutableBytes packet) {
  int length = static_cast<int>(packet.size());
  const SrtpVerdict verdict = VerdictOf(change(session, packet.data(), &length));
  return {verdict, verdict == SrtpVerdict::kGood ? static_cast<size_t>(length) : 0};
}

uint32_t SsrcAt(Bytes packet, size_t offset) { return Reader(packet.subspan(offset, 4)).U32(); }

}  // namespace

absl::StatusOr<std::unique_ptr<SrtpSession>> SrtpSession::Make(const SrtpKeys& keys,
                                                               bool is_dtls_client) {
  const auto sizes = SrtpKeySizesOf(keys.profile);
  if (!sizes || keys.client.size() != sizes->key + sizes->salt ||
      keys.server.size() != keys.client.size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("these keys are not as long as ", SrtpProfileName(keys.profile), " has them"));
  }
  if (!InitLibrary()) return absl::InternalError("libsrtp does not start");
  std::unique_ptr<SrtpSession> session(new SrtpSession());
  const auto& own = is_dtls_client ? keys.client : keys.server;
  const auto& theirs = is_dtls_client ? keys.server : keys.client;
  srtp_err_status_t status = Create(keys.profile, own, ssrc_any_outbound, &session->out_);
  if (status == srtp_err_status_ok) {
    status = Create(keys.profile, theirs, ssrc_any_inbound, &session->in_);
  }
  if (status != srtp_err_status_ok) {
    return absl::InternalError(absl::StrCat("libsrtp cannot do ", SrtpProfileName(keys.profile),
                                            " (its error ", static_cast<int>(status), ")"));
  }
  return session;
}

SrtpSession::~SrtpSession() {
  if (out_ != nullptr) srtp_dealloc(out_);
  if (in_ != nullptr) srtp_dealloc(in_);
}

size_t SrtpSession::ProtectRtp(MutableBytes buffer, size_t size) {
  return size < kRtpHeader ? 0 : Protect(srtp_protect, out_, buffer, size);
}

size_t SrtpSession::ProtectRtcp(MutableBytes buffer, size_t size) {
  return size < kRtcpHeader ? 0 : Protect(srtp_protect_rtcp, out_, buffer, size);
}

Unprotected SrtpSession::UnprotectRtp(MutableBytes packet) {
  if (packet.size() < kRtpHeader) return {};
  const uint32_t ssrc = SsrcAt(packet, 8);
  if (!Admits(ssrc)) return {SrtpVerdict::kTooMany, 0};
  return Remember(ssrc, Unprotect(srtp_unprotect, in_, packet));
}

Unprotected SrtpSession::UnprotectRtcp(MutableBytes packet) {
  if (packet.size() < kRtcpHeader) return {};
  const uint32_t ssrc = SsrcAt(packet, 4);
  if (!Admits(ssrc)) return {SrtpVerdict::kTooMany, 0};
  return Remember(ssrc, Unprotect(srtp_unprotect_rtcp, in_, packet));
}

bool SrtpSession::Admits(uint32_t ssrc) const {
  return sources_.size() < kMaxSources ||
         std::find(sources_.begin(), sources_.end(), ssrc) != sources_.end();
}

Unprotected SrtpSession::Remember(uint32_t ssrc, Unprotected result) {
  const bool is_new = std::find(sources_.begin(), sources_.end(), ssrc) == sources_.end();
  if (result.verdict == SrtpVerdict::kGood && is_new) sources_.push_back(ssrc);
  return result;
}

}  // namespace koeru::server
