#include "tests/native_server/worker/test_dtls.h"

#include "native_server/io/clock.h"

namespace koeru::server {

using Progress = DtlsEngine::Progress;

void TestDtls::Flush() {
  for (const auto& datagram : engine_.TakeOutput()) socket_.Send(server_, datagram);
}

bool TestDtls::Handshake() {
  const net::Instant end = Now() + std::chrono::seconds(20);
  Payload datagram;
  while (Now() < end) {
    engine_.SetInput(datagram, Now());
    const Progress progress = engine_.Handshake();
    Flush();
    if (progress == Progress::kDone) return true;
    if (progress == Progress::kFailed) return false;
    const auto received = socket_.Receive(200);
    datagram = received ? received->bytes : Payload();
  }
  return false;
}

Payload TestDtls::Seal(Bytes message) {
  Payload record(message.size() + DtlsEngine::kRecordOverhead);
  record.resize(engine_.Write(message, record));
  return record;
}

void TestDtls::Close() {
  engine_.CloseNotify();
  Flush();
}

void TestDtls::Read(Bytes datagram) {
  Payload room(DtlsEngine::kLargestContent);
  engine_.SetInput(datagram, Now());
  while (true) {
    const DtlsEngine::ReadResult read = engine_.Read(room);
    if (read.kind == DtlsEngine::ReadResult::Kind::kEnded) ended_ = true;
    if (read.kind != DtlsEngine::ReadResult::Kind::kData) return Flush();
    messages_.emplace_back(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(read.size));
  }
}

std::optional<Payload> TestDtls::Receive(int timeout_ms) {
  while (messages_.empty() && !ended_) {
    const auto datagram = socket_.Receive(timeout_ms);
    if (!datagram) return std::nullopt;
    Read(datagram->bytes);
  }
  if (messages_.empty()) return std::nullopt;
  Payload message = std::move(messages_.front());
  messages_.pop_front();
  return message;
}

}  // namespace koeru::server
