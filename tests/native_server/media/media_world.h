// The media peer and pages that call it, in one thread: the desk's machine, one worker's sessions,
// and pages made of the same ICE, DTLS and SRTP with the roles turned round. The network between
// them is a queue, and time jumps to whatever is next.
#pragma once

#include <deque>
#include <functional>
#include <map>

#include "native_server/io/random.h"
#include "native_server/media/host_candidates.h"
#include "native_server/media/media_calls.h"
#include "native_server/media/media_sessions.h"
#include "tests/native_server/media/page.h"

namespace koeru::server {

inline const net::Endpoint kServerEndpoint = EndpointOf("192.0.2.1:3478");

class MediaWorld : public PageWorld, public MediaReports, public MediaSender {
 public:
  explicit MediaWorld(MediaLimits limits = {}, MediaEvents* events = nullptr, bool ice_lite = false)
      : sctp(now),
        calls(
            Settings(ice_lite), 1, limits,
            [](const PeerRequest& request) {
              return MediaVerdict{.is_good = request.credential != "wrong",
                                  .must_ask = request.username == "stored",
                                  .user = request.username,
                                  .reason = "wrong credential"};
            },
            [this](uint64_t question, const PeerRequest&) { asked.push_back(question); },
            {&counters, events}),
        sessions({.worker = 0, .addresses = {{kServerEndpoint, kServerEndpoint}}}, random, *this,
                 *this) {}

  Page& Add(std::string name, std::string_view endpoint) {
    auto page = std::make_unique<Page>(*this, name, endpoint);
    Page& added = *page;
    callers_[name] = std::move(page);
    return added;
  }
  // A page that has joined with that request.
  Page& Join(std::string name, std::string_view endpoint = "192.0.2.10:5000",
             std::string_view request = R"({"mode":"echo"})") {
    Page& page = Add(name, endpoint);
    Begin(name, request);
    return page;
  }
  // The same of somebody else, with a Signal() of his own.
  void Join(const std::string& name, std::unique_ptr<Caller> caller, std::string_view request) {
    callers_[name] = std::move(caller);
    Begin(name, request);
  }
  net::Instant Now() const override { return now; }
  relay::RandomSource& Random() override { return random; }
  void Signal(const std::string& name, const std::string& json) override {
    Do([&](MediaCalls::Work& work) { calls.OnSignal(name, json, now, work); });
  }
  void Decide(uint64_t question, const MediaVerdict& verdict) {
    Do([&](MediaCalls::Work& work) { calls.OnVerdict(question, verdict, now, work); });
  }
  void Leave(const std::string& name) {
    Do([&](MediaCalls::Work& work) { calls.OnEnd(name, now, work); });
  }

  void Give(std::shared_ptr<const media::Clip> clip) {
    Do([&](MediaCalls::Work& work) { calls.OnClip(std::move(clip), now, work); });
  }

  // MediaReports, MediaSender.
  void Leave(MediaReport report) override { reports_.push_back(std::move(report)); }
  void Send(const ice::Path& path, Bytes datagram) override {
    Post(false, path, {datagram.begin(), datagram.end()});
  }
  void SendFromPage(const ice::Path& path, Bytes datagram) override {
    Post(true, path, {datagram.begin(), datagram.end()});
  }

  void Run(net::Duration duration) {
    const net::Instant end = now + duration;
    for (int step = 0; step < 200'000; ++step) {
      TakeReports();
      net::Instant next = std::min(calls.NextDeadline(), sessions.NextDeadline());
      for (const auto& [name, caller] : callers_) next = std::min(next, caller->NextDeadline());
      if (!in_flight_.empty()) next = std::min(next, in_flight_.front().arrives);
      if (next > end) break;
      now = std::max(now, next);
      Deliver();
      if (now >= sessions.NextDeadline()) sessions.OnTimeout(now);
      if (now >= calls.NextDeadline()) {
        Do([&](MediaCalls::Work& work) { calls.OnTimeout(now, work); });
      }
      for (const auto& [name, caller] : callers_) caller->OnTimeout();
    }
    now = end;
  }

  net::Instant now = net::Instant::FromNanoseconds(1'000'000'000);
  SystemRandom random;
  SctpStack sctp;
  std::vector<uint64_t> asked;  // about pages with the username "stored"
  MediaCounters counters;
  MediaCalls calls;
  MediaSessions sessions;
  // How often the clip of the mode "source" was asked for.
  size_t clip_wishes = 0;
  // Whether a datagram is lost; by its number, and whether it goes to the server.
  std::function<bool(size_t number, bool to_server, Bytes datagram)> loses;

 private:
  struct Flying {
    net::Instant arrives;
    bool to_server;
    ice::Path path;  // the sender's
    std::vector<uint8_t> datagram;
  };

  MediaCallSettings Settings(bool ice_lite) {
    const std::time_t wall = std::time(nullptr);
    auto pem = WriteSelfSigned({}, wall - 86400, wall + 86400);
    EXPECT_TRUE(pem.ok());
    MediaCallSettings settings;
    for (const bool active : {true, false}) {
      auto context = TlsContext::ForMediaPeer({.active = active,
                                               .certificate_pem = pem->certificate,
                                               .key_pem = std::string(pem->key.text()),
                                               .profiles = kAllProfiles});
      EXPECT_TRUE(context.ok());
      (active ? settings.active : settings.passive) = *context;
    }
    settings.fingerprint = FingerprintOf(settings.active->certificate_der());
    settings.candidates = {HostCandidateLine(kServerEndpoint, 0)};
    settings.ice_lite = ice_lite;
    settings.random = &random;
    settings.sctp = &sctp;
    return settings;
  }

  void Begin(const std::string& name, std::string_view request) {
    Do([&](MediaCalls::Work& work) { calls.OnBegin(name, request, now, work); });
  }
  void Post(bool to_server, const ice::Path& path, std::vector<uint8_t> datagram) {
    if (loses && loses(posted_++, to_server, datagram)) return;
    in_flight_.push_back({now + std::chrono::milliseconds(10), to_server, path, datagram});
  }
  void Deliver() {
    while (!in_flight_.empty() && in_flight_.front().arrives <= now) {
      Flying flying = std::move(in_flight_.front());
      in_flight_.pop_front();
      const ice::Path path{flying.path.remote, flying.path.local, flying.path.transport};
      if (!flying.to_server) {
        for (const auto& [name, caller] : callers_) {
          if (caller->endpoint == path.local) caller->OnDatagram(path, flying.datagram);
        }
        continue;
      }
      const bool is_stun = !flying.datagram.empty() && flying.datagram[0] <= 3;
      if (is_stun) {
        sessions.OnStun(path, flying.datagram, now);
      } else {
        sessions.OnDatagram(path, flying.datagram, now);
      }
    }
  }
  void TakeReports() {
    while (!reports_.empty()) {
      MediaReport report = std::move(reports_.front());
      reports_.pop_front();
      Do([&](MediaCalls::Work& work) { calls.OnReport(std::move(report), now, work); });
    }
  }
  template <typename What>
  void Do(What what) {
    MediaCalls::Work work;
    what(work);
    if (work.wants_clip) ++clip_wishes;
    for (auto& [worker, order] : work.orders) sessions.CarryOut(std::move(order), now);
    for (auto& [page, json] : work.signals) {
      if (const auto found = callers_.find(page); found != callers_.end()) {
        found->second->OnSignal(json);
      }
    }
    TakeReports();
  }

  std::map<std::string, std::unique_ptr<Caller>> callers_;
  std::deque<Flying> in_flight_;
  std::deque<MediaReport> reports_;
  size_t posted_ = 0;
};

}  // namespace koeru::server
