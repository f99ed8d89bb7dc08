// DTLS: RFC 8842 and RFC 8122, and what RFC 8829 asks of WebRTC besides.

#include "core/sdp/attributes/crypto.h"
#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/setup.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

// RFC 8122 section 5: MD2 and MD5 must not be used. SHA-1 is there for old peers, which may be
// helped by one beside a stronger one (section 5.1).
enum class Strength : uint8_t { kForbidden, kWeak, kStrong };

struct HashFunction {
  std::string_view name;
  size_t bytes;
  Strength strength = Strength::kStrong;
};

constexpr HashFunction kHashFunctions[] = {{"sha-1", 20, Strength::kWeak},
                                           {"sha-224", 28},
                                           {"sha-256", 32},
                                           {"sha-384", 48},
                                           {"sha-512", 64},
                                           {"md5", 16, Strength::kForbidden},
                                           {"md2", 16, Strength::kForbidden}};

const HashFunction* FindHash(std::string_view name) {
  for (const HashFunction& function : kHashFunctions) {
    if (ice::EqualsIgnoringCase(function.name, name)) return &function;
  }
  return nullptr;
}

// RFC 8122 section 5: 2UHEX *(":" 2UHEX).
bool IsHash(std::string_view hash, size_t bytes) {
  if (hash.size() != bytes * 3 - 1) return false;
  for (size_t i = 0; i < hash.size(); ++i) {
    const char c = hash[i];
    const bool fits = i % 3 == 2 ? c == ':' : ice::IsDigit(c) || (c >= 'A' && c <= 'F');
    if (!fits) return false;
  }
  return true;
}

bool HasStrongFingerprint(const SectionView& section) {
  bool has = false;
  section.ForEach<Fingerprint>([&](size_t, const Fingerprint& fingerprint) {
    const HashFunction* const function = FindHash(fingerprint.hash_function);
    has = has || (function != nullptr && function->strength == Strength::kStrong);
  });
  return has;
}

void CheckFingerprints(Context& context, const SectionView& section) {
  const bool has_strong = HasStrongFingerprint(section);
  section.ForEach<Fingerprint>([&](size_t at, const Fingerprint& fingerprint) {
    const std::string_view name = fingerprint.hash_function;
    const HashFunction* const function = FindHash(name);
    if (function == nullptr) {
      context.report.Add(RuleId::kFingerprintHash, at, {name}, name);
      return;
    }
    if (function->strength == Strength::kForbidden) {
      context.report.Add(RuleId::kFingerprintForbidden, at, {name}, name);
    } else if (function->strength == Strength::kWeak && !has_strong) {
      context.report.Add(RuleId::kFingerprintWeak, at, {name}, name);
    }
    if (!IsHash(fingerprint.hash, function->bytes)) {
      context.report.Add(RuleId::kFingerprintForm, at, {function->name, function->bytes},
                         fingerprint.hash);
    }
  });
}

void CheckSetup(Context& context, const SectionView& section) {
  section.ForEach<Setup>([&](size_t at, const Setup& setup) {
    using enum Setup::Role;
    using enum DescriptionType;
    if (setup.role == kHoldconn && context.is_webrtc) {
      context.report.Add(RuleId::kSetupHoldconn, at);
    } else if (setup.role == kActpass && context.type == kAnswer) {
      context.report.Add(RuleId::kSetupAnswer, at);
    } else if (setup.role != kActpass && context.type == kOffer && context.is_webrtc) {
      context.report.Add(RuleId::kSetupOffer, at);
    }
  });
}

}  // namespace

void CheckDtls(Context& context, const SectionView& section) {
  Report& report = context.report;
  CheckFingerprints(context, section);
  CheckSetup(context, section);
  if (context.Has<Fingerprint>(section) && section.Has<Crypto>()) {
    report.Add(RuleId::kCryptoWithDtls, section.First<Crypto>());
  }
  if (!context.UsesDtls(section) || section.is_rejected()) return;
  if (context.BorrowsTransport(section)) return;
  const size_t at = section.first_line();
  if (!context.Has<Fingerprint>(section)) report.Add(RuleId::kFingerprintMissing, at);
  if (!context.Has<Setup>(section)) report.Add(RuleId::kSetupMissing, at);
  if (section.is_rtp() && !section.Has<RtcpMux>()) report.Add(RuleId::kRtcpMuxMissing, at);
}

}  // namespace koeru::sdp
