#include "native_server/door/dtls_door.h"

#include <utility>

#include "native_server/io/clock.h"

namespace koeru::server {

absl::StatusOr<std::unique_ptr<DtlsDoor>> DtlsDoor::Open(const DtlsDoorOptions& options) {
  TlsServerOptions tls;
  tls.certificate_file = options.certificate_file;
  tls.key_file = options.key_file;
  tls.key_password = options.key_password;
  tls.client_ca_file = options.client_ca_file;
  tls.alpn = {"stun.turn", "stun.nat-discovery"};  // RFC 7443
  tls.datagram = true;
  auto loaded = ReloadableTlsContext::Load(std::move(tls));
  if (!loaded.ok()) return loaded.status();
  return std::unique_ptr<DtlsDoor>(new DtlsDoor(*std::move(loaded), options.limits));
}

DtlsDoor::DtlsDoor(std::unique_ptr<ReloadableTlsContext> tls, const DtlsLimits& limits)
    : tls_(std::move(tls)), handshakes_(tls_->Current(), limits) {}

void DtlsDoor::Start(Deliver deliver) {
  deliver_ = std::move(deliver);
  stop_ = false;
  thread_ = std::thread([this] { Run(); });
}

void DtlsDoor::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    letters_.clear();
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void DtlsDoor::Knock(size_t worker, const net::FiveTuple& five_tuple, Bytes datagram) {
  {
    const std::lock_guard lock(mutex_);
    if (stop_) return;
    if (letters_.size() >= kMailbox) {
      ++shown_.unheard;
      return;
    }
    letters_.push_back({worker, five_tuple, {datagram.begin(), datagram.end()}});
  }
  wake_.notify_one();
}

absl::Status DtlsDoor::ReloadCertificate() {
  if (absl::Status status = tls_->Reload(); !status.ok()) return status;
  {
    const std::lock_guard lock(mutex_);
    new_context_ = true;
  }
  wake_.notify_one();
  return absl::OkStatus();
}

DtlsDoor::Counts DtlsDoor::counts() const {
  const std::lock_guard lock(mutex_);
  return shown_;
}

// Until there are some, a timer is due, or the end has come.
std::vector<DtlsDoor::Letter> DtlsDoor::WaitForLetters() {
  const net::Instant deadline = handshakes_.NextDeadline();
  const auto something = [this] { return stop_ || new_context_ || !letters_.empty(); };
  std::unique_lock lock(mutex_);
  shown_.machine = handshakes_.counts();
  shown_.half_open = handshakes_.half_open();
  if (deadline == net::Instant::Max()) {
    wake_.wait(lock, something);
  } else {
    wake_.wait_until(lock, TimePoint(std::chrono::nanoseconds(deadline.nanoseconds())), something);
  }
  if (std::exchange(new_context_, false)) handshakes_.SetContext(tls_->Current());
  return std::exchange(letters_, {});
}

void DtlsDoor::Run() {
  while (true) {
    const std::vector<Letter> letters = WaitForLetters();
    {
      const std::lock_guard lock(mutex_);
      if (stop_) return;
    }
    for (const Letter& letter : letters) {
      worker_of_[letter.five_tuple] = letter.worker;
      DeliverAll(handshakes_.OnDatagram(letter.five_tuple, letter.datagram, Now()));
    }
    DeliverAll(handshakes_.OnTimeout(Now()));
    // Only those in the middle of a handshake are answered without having asked.
    absl::erase_if(worker_of_,
                   [this](const auto& entry) { return !handshakes_.IsHalfOpen(entry.first); });
  }
}

void DtlsDoor::DeliverAll(DtlsHandshakes::Answers answers) {
  for (DtlsAnswer& answer : answers) {
    const auto worker = worker_of_.find(answer.five_tuple);
    if (worker != worker_of_.end()) deliver_(worker->second, std::move(answer));
  }
}

}  // namespace koeru::server
