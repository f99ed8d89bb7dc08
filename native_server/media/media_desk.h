// MediaDesk: the media peer's thread. Rooms and workers leave letters; it answers pages through the
// room server and workers by orders. Descriptions, DTLS handshakes and SCTP are all here, so
// nothing of them runs on a thread that moves media.
//
//   auto desk = MediaDesk::Open(options);                  // makes a certificate
//   (*desk)->Start({.leave_order = [&](size_t worker, MediaOrder order) { relay.LeaveMedia(...); },
//                   .send_signal = [&](const std::string& page, std::string json) { ... },
//                   .judge = ...});
//   (*desk)->Begin(page, request);  (*desk)->Signal(page, data);  (*desk)->End(page);
//   ...
//   (*desk)->Stop();
//
// RFC 8827 section 6.5: the certificate is made at each start, and nobody keeps it.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/io/random.h"
#include "native_server/media/media_calls.h"
#include "native_server/media/media_session.h"

namespace koeru::server {

struct MediaDeskOptions {
  size_t workers = 1;
  std::vector<MediaSession::Address> addresses{};  // of which pages are told
  bool ice_lite = false;                           // RFC 8445 section 2.5
  uint64_t max_bits_per_second = 0;                // of what a page sends; 0: unlimited
  MediaLimits limits{};
  MediaEvents* events = nullptr;  // hears of calls, on the desk's thread
};

class MediaDesk final : public MediaReports {
 public:
  using LeaveOrder = std::function<void(size_t worker, MediaOrder order)>;
  using SendSignal = std::function<void(const std::string& page, std::string json)>;
  using ClipPtr = std::shared_ptr<const media::Clip>;
  // Called on the desk's thread.
  struct Links {
    LeaveOrder leave_order;
    SendSignal send_signal;
    MediaCalls::Judge judge;
    MediaCalls::Ask ask = {};  // when the judge says so; the verdict goes to Decide()
    // Wants `ready` called once, from any thread, with the clip of the mode "source" or null.
    std::function<void(std::function<void(ClipPtr)> ready)> ask_clip = {};
  };

  // What waits at most. Beyond it datagrams and signals are dropped and counted; the ends of calls
  // are not.
  static constexpr size_t kMailbox = 8192;

  static absl::StatusOr<std::unique_ptr<MediaDesk>> Open(MediaDeskOptions options);
  ~MediaDesk() override { Stop(); }
  MediaDesk(const MediaDesk&) = delete;
  MediaDesk& operator=(const MediaDesk&) = delete;

  void Start(Links links);
  void Stop();

  // From any thread.
  void Begin(std::string page, std::string request);
  void Signal(std::string page, std::string data);
  void End(std::string page);
  void Decide(uint64_t question, MediaVerdict verdict);
  void Leave(MediaReport report) override;

  size_t calls() const { return calls_shown_.load(std::memory_order_relaxed); }
  uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }
  MediaCounts counts() const;

 private:
  struct BeginLetter {
    std::string page, request;
  };
  struct SignalLetter {
    std::string page, data;
  };
  struct EndLetter {
    std::string page;
  };
  struct ClipLetter {
    ClipPtr clip;
  };
  struct VerdictLetter {
    uint64_t question;
    MediaVerdict verdict;
  };
  using Letter =
      std::variant<BeginLetter, SignalLetter, EndLetter, ClipLetter, VerdictLetter, MediaReport>;

  MediaDesk(MediaDeskOptions options, MediaCallSettings settings);
  void LeaveLetter(Letter letter, bool must_arrive);
  void Run();
  std::vector<Letter> WaitForLetters(net::Instant deadline);
  void AskForClip();
  void Read(MediaCalls& calls, Letter letter, MediaCalls::Work& work);

  const MediaDeskOptions options_;
  MediaCallSettings settings_;
  SystemRandom random_;  // the thread's
  Links links_;
  bool is_clip_asked_for_ = false;  // by the thread
  std::thread thread_;
  std::atomic<size_t> calls_shown_{0};
  std::atomic<uint64_t> dropped_{0};
  MediaCounters counters_;  // by the thread

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Letter> letters_;  // these are guarded by mutex_
  bool stop_ = true;
};

}  // namespace koeru::server
