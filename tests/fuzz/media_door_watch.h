// Who watches the media peer's front door, for media_door_fuzzer.cc: hears what the sessions send
// and report, knows what came and what was allowed, and says when the one is too much for the
// other.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "core/stun/message_view.h"
#include "native_server/media/media_sessions.h"
#include "native_server/media/media_ufrag.h"
#include "tests/fuzz/require.h"

namespace koeru::server {

class DoorWatch final : public MediaReports, public MediaSender {
 public:
  // A connectivity check of the media peer.
  struct Asked {
    ice::Path path;
    std::vector<uint8_t> request;
  };

  explicit DoorWatch(net::Instant start) : start_(start), now_(start), last_sent_(start) {}

  void SetNow(net::Instant now) { now_ = now; }

  // 1. What happens.
  void OnReceived(const ice::Path& path, size_t bytes) {
    in_ += bytes;
    from_[path.remote] += bytes;
  }
  // A reason to ask that endpoint: a candidate, a good check.
  void OnNamed(const net::Endpoint& endpoint) { ++named_[endpoint]; }
  // The right answer comes from where it was asked for.
  void OnProved(const ice::Path& path) { proved_.insert(path); }
  void OnRestarted(MediaSessionId session) {
    ++restarts_;
    failed_.erase(session);
  }
  void OnClosed(MediaSessionId session) {
    closed_.insert(session);
    Allow(1000);  // BYE, close_notify
  }
  // Bytes that are sent because the desk ordered it.
  void Allow(size_t bytes) { allowed_ += bytes; }

  // MediaReports, MediaSender.
  void Leave(MediaReport report) override {
    ++reports_;
    if (const auto* datagram = std::get_if<HandshakeDatagram>(&report.what)) {
      reported_bytes_ += datagram->datagram.size();
    } else if (const auto* record = std::get_if<RecordContent>(&report.what)) {
      reported_bytes_ += record->content.size();
    } else if (const auto* ice = std::get_if<IceChanged>(&report.what)) {
      if (ice->state == ice::AgentState::kFailed) failed_.insert(report.session);
    } else if (std::holds_alternative<PeerClosed>(report.what)) {
      failed_.insert(report.session);  // the desk closes it, too
      closed_by_peer_.insert(report.session);
    }
  }
  void Send(const ice::Path& path, Bytes datagram) override {
    fuzz::Require(!datagram.empty() && datagram.size() <= 2048 + 64,
                  "what is sent fits in a datagram");
    out_ += datagram.size();
    last_sent_ = now_;
    if (datagram[0] >= 128) ++sent_media_;
    if (datagram[0] > 3) {
      fuzz::Require(proved_.contains(path), "only checks go to who did not answer one");
      return;
    }
    if (!proved_.contains(path)) stun_to_[path.remote] += datagram.size();
    const auto message = stun::MessageView::Parse(datagram);
    fuzz::Require(message.ok(), "what looks like STUN is STUN");
    if (message->type().message_class != stun::Class::kRequest) return;
    const MediaSessionId session = SessionOfTransaction(message->transaction_id());
    fuzz::Require(!failed_.contains(session) || closed_by_peer_.contains(session),
                  "who has failed asks nobody");
    if (asked_.size() == kMostAsked) asked_.pop_front();
    asked_.push_back({path, {datagram.begin(), datagram.end()}});
    new_asked_.push_back(asked_.back());
  }

  // 2. What is known.
  bool IsProved(const ice::Path& path) const { return proved_.contains(path); }
  bool IsClosed(MediaSessionId session) const { return closed_.contains(session); }
  bool HasFailed(MediaSessionId session) const { return failed_.contains(session); }
  size_t sent_media() const { return sent_media_; }
  net::Instant last_sent() const { return last_sent_; }
  // The last ones; those that nobody has taken yet.
  const std::deque<Asked>& asked() const { return asked_; }
  std::vector<Asked> TakeNew() { return std::exchange(new_asked_, {}); }

  // 3. What must hold.
  void CheckBounds(size_t pages) {
    const auto time_s = static_cast<size_t>((now_ - start_) / std::chrono::seconds(1)) + 1;
    for (const auto& [endpoint, bytes] : stun_to_) {
      const size_t checks = 1 + named_[endpoint] + restarts_;
      fuzz::Require(bytes <= 2 * from_[endpoint] + checks * kCheckTimes * kCheckBytes,
                    "few checks go to who does not answer");
    }
    fuzz::Require(out_ <= 4 * in_ + allowed_ + pages * (24'000 * time_s + 100'000),
                  "what is sent is bounded by what came");
    fuzz::Require(reported_bytes_ <= in_, "the desk hears no more than what came");
    fuzz::Require(reports_ <= in_ / 8 + pages * (time_s + 20) + 20 * restarts_,
                  "the desk hears seldom");
  }

 private:
  static constexpr size_t kMostAsked = 64;
  // One check, with FINGERPRINT and the longest USERNAME of these credentials; it is sent seven
  // times (RFC 8489 section 6.2.1: Rc).
  static constexpr size_t kCheckBytes = 160, kCheckTimes = 7;

  const net::Instant start_;
  net::Instant now_, last_sent_;
  std::set<MediaSessionId> failed_, closed_by_peer_, closed_;
  std::deque<Asked> asked_;
  std::vector<Asked> new_asked_;
  std::set<ice::Path> proved_;  // from which a right answer came
  std::map<net::Endpoint, size_t> stun_to_, from_, named_;
  size_t in_ = 0, out_ = 0, allowed_ = 0, restarts_ = 0;
  size_t sent_media_ = 0, reports_ = 0, reported_bytes_ = 0;
};

}  // namespace koeru::server
