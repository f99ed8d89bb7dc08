#include "native_server/media/media_desk.h"

#include <pthread.h>

#include <ctime>

#include "native_server/io/clock.h"
#include "native_server/media/host_candidates.h"
#include "native_server/tls/certificate_fingerprint.h"
#include "native_server/tls/certificate_writer.h"

namespace koeru::server {
namespace {

constexpr std::time_t kDay_s = 24 * 3600;
constexpr std::time_t kCertificateDays = 3650;
constexpr net::Duration kLongestWait = std::chrono::seconds(60);

// RFC 8827 section 6.5: SRTP_AES128_CM_HMAC_SHA1_80 "MUST" be there, GCM is preferred. The short
// tag of SHA1_32 is for nobody.
const std::vector<SrtpProfile>& Profiles() {
  static const auto* const profiles = new std::vector<SrtpProfile>{
      SrtpProfile::kAeadAes128Gcm, SrtpProfile::kAeadAes256Gcm, SrtpProfile::kAes128CmSha1_80};
  return *profiles;
}

absl::StatusOr<MediaCallSettings> MakeSettings(const MediaDeskOptions& options) {
  const std::time_t now = std::time(nullptr);
  auto pem = WriteSelfSigned({}, now - kDay_s, now + kCertificateDays * kDay_s);
  if (!pem.ok()) return pem.status();
  MediaCallSettings settings;
  for (const bool active : {true, false}) {
    auto context = TlsContext::ForMediaPeer({.active = active,
                                             .certificate_pem = pem->certificate,
                                             .key_pem = std::string(pem->key.text()),
                                             .profiles = Profiles()});
    if (!context.ok()) return context.status();
    (active ? settings.active : settings.passive) = *std::move(context);
  }
  settings.fingerprint = FingerprintOf(settings.active->certificate_der());
  for (size_t i = 0; i < options.addresses.size(); ++i) {
    const MediaSession::Address& address = options.addresses[i];
    settings.candidates.push_back(HostCandidateLine(address.advertised, i, address.transport));
  }
  settings.ice_lite = options.ice_lite;
  settings.max_bits_per_second = options.max_bits_per_second;
  return settings;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MediaDesk>> MediaDesk::Open(MediaDeskOptions options) {
  auto settings = MakeSettings(options);
  if (!settings.ok()) return settings.status();
  return std::unique_ptr<MediaDesk>(new MediaDesk(std::move(options), *std::move(settings)));
}

MediaDesk::MediaDesk(MediaDeskOptions options, MediaCallSettings settings)
    : options_(std::move(options)), settings_(std::move(settings)) {}

void MediaDesk::Start(Links links) {
  links_ = std::move(links);
  {
    const std::lock_guard lock(mutex_);
    stop_ = false;
  }
  thread_ = std::thread([this] { Run(); });
  ::pthread_setname_np(thread_.native_handle(), "koeru-media");
}

void MediaDesk::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    wake_.notify_all();
  }
  thread_.join();
}

void MediaDesk::Begin(std::string page, std::string request) {
  LeaveLetter(BeginLetter{std::move(page), std::move(request)}, true);
}

void MediaDesk::Signal(std::string page, std::string data) {
  LeaveLetter(SignalLetter{std::move(page), std::move(data)}, false);
}

void MediaDesk::End(std::string page) { LeaveLetter(EndLetter{std::move(page)}, true); }

void MediaDesk::Decide(uint64_t question, MediaVerdict verdict) {
  LeaveLetter(VerdictLetter{question, std::move(verdict)}, true);
}

void MediaDesk::Leave(MediaReport report) {
  const bool must_arrive = std::holds_alternative<IceChanged>(report.what) ||
                           std::holds_alternative<PeerClosed>(report.what);
  LeaveLetter(std::move(report), must_arrive);
}

void MediaDesk::LeaveLetter(Letter letter, bool must_arrive) {
  const std::lock_guard lock(mutex_);
  if (stop_ || (letters_.size() >= kMailbox && !must_arrive)) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  letters_.push_back(std::move(letter));
  if (letters_.size() == 1) wake_.notify_one();
}

MediaCounts MediaDesk::counts() const {
  MediaCounts counts{.calls = calls(), .letters_dropped = dropped()};
  counts.Add(counters_);
  return counts;
}

std::vector<MediaDesk::Letter> MediaDesk::WaitForLetters(net::Instant deadline) {
  std::unique_lock lock(mutex_);
  const net::Duration wait =
      deadline == net::Instant::Max() ? kLongestWait : std::min(deadline - Now(), kLongestWait);
  if (wait > net::Duration(0)) {
    wake_.wait_for(lock, wait, [this] { return stop_ || !letters_.empty(); });
  }
  return std::exchange(letters_, {});
}

void MediaDesk::Run() {
  SctpStack sctp(Now());
  settings_.random = &random_;
  settings_.sctp = &sctp;
  MediaCalls calls(settings_, options_.workers, options_.limits, links_.judge, links_.ask,
                   {&counters_, options_.events});
  while (true) {
    std::vector<Letter> letters = WaitForLetters(calls.NextDeadline());
    {
      const std::lock_guard lock(mutex_);
      if (stop_) return;
    }
    MediaCalls::Work work;
    for (Letter& letter : letters) Read(calls, std::move(letter), work);
    if (const net::Instant now = Now(); now >= calls.NextDeadline()) calls.OnTimeout(now, work);
    if (work.wants_clip) AskForClip();
    for (auto& [worker, order] : work.orders) links_.leave_order(worker, std::move(order));
    for (auto& [page, json] : work.signals) links_.send_signal(page, std::move(json));
    calls_shown_.store(calls.calls(), std::memory_order_relaxed);
  }
}

void MediaDesk::AskForClip() {
  if (std::exchange(is_clip_asked_for_, true)) return;
  links_.ask_clip([this](ClipPtr clip) { LeaveLetter(ClipLetter{std::move(clip)}, true); });
}

void MediaDesk::Read(MediaCalls& calls, Letter letter, MediaCalls::Work& work) {
  const net::Instant now = Now();
  if (auto* begin = std::get_if<BeginLetter>(&letter)) {
    calls.OnBegin(begin->page, begin->request, now, work);
  } else if (auto* signal = std::get_if<SignalLetter>(&letter)) {
    calls.OnSignal(signal->page, signal->data, now, work);
  } else if (auto* end = std::get_if<EndLetter>(&letter)) {
    calls.OnEnd(end->page, now, work);
  } else if (auto* made = std::get_if<ClipLetter>(&letter)) {
    is_clip_asked_for_ = false;
    calls.OnClip(std::move(made->clip), now, work);
  } else if (auto* verdict = std::get_if<VerdictLetter>(&letter)) {
    calls.OnVerdict(verdict->question, std::move(verdict->verdict), now, work);
  } else {
    calls.OnReport(std::get<MediaReport>(std::move(letter)), now, work);
  }
}

}  // namespace koeru::server
