#include "native_server/media/media_ufrag.h"

#include <array>

#include "core/bytes/reader.h"
#include "core/bytes/writer.h"

namespace koeru::server {
namespace {

constexpr std::string_view kPrefix = "km";
constexpr size_t kWorkerChars = 2;
constexpr size_t kRandomChars = 8;
constexpr size_t kPasswordChars = 24;  // of 6 bits: 144

// RFC 8839 section 5.1: ice-char.
constexpr std::string_view kIceChars =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void AppendRandom(std::string& text, size_t count, relay::RandomSource& random) {
  std::array<uint8_t, kPasswordChars> bytes{};
  random.Fill(MutableBytes(bytes).first(count));
  for (size_t i = 0; i < count; ++i) text += kIceChars[bytes[i] & 63];
}

}  // namespace

ice::Credentials NewMediaCredentials(size_t worker, relay::RandomSource& random) {
  ice::Credentials credentials;
  credentials.ufrag = kPrefix;
  credentials.ufrag += kIceChars[(worker >> 6) & 63];
  credentials.ufrag += kIceChars[worker & 63];
  AppendRandom(credentials.ufrag, kRandomChars, random);
  AppendRandom(credentials.password, kPasswordChars, random);
  return credentials;
}

std::optional<size_t> WorkerOfUfrag(std::string_view ufrag) {
  if (ufrag.size() != kPrefix.size() + kWorkerChars + kRandomChars || !ufrag.starts_with(kPrefix)) {
    return std::nullopt;
  }
  const size_t high = kIceChars.find(ufrag[kPrefix.size()]);
  const size_t low = kIceChars.find(ufrag[kPrefix.size() + 1]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return (high << 6) | low;
}

stun::TransactionId MediaTransactionIds::Next() {
  stun::TransactionId id{};
  Writer writer(id);
  writer.U8(static_cast<uint8_t>(worker_));
  writer.U32(session_);
  random_.Fill(MutableBytes(id).subspan(writer.size()));
  return id;
}

size_t WorkerOfTransaction(const stun::TransactionId& id) { return id[0]; }

uint32_t SessionOfTransaction(const stun::TransactionId& id) {
  return Reader(Bytes(id).subspan(1)).U32();
}

}  // namespace koeru::server
