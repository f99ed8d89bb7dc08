#include "native_server/worker/worker.h"

#include <pthread.h>
#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

// epoll's data of what is no relay socket. A slot is always below RelayConfig::max_allocations.
constexpr uint64_t kListenerTag = uint64_t{0xFFFFFFFE} << 32;
constexpr uint64_t kStreamTag = uint64_t{0xFFFFFFFD} << 32;
constexpr uint64_t kWakeTag = uint64_t{0xFFFFFFFF} << 32;
constexpr uint64_t kUsersTag = uint64_t{0xFFFFFFFC} << 32;
constexpr uint64_t kDataTag = uint64_t{0xFFFFFFFB} << 32;
constexpr uint64_t kTagMask = uint64_t{0xFFFFFFFF} << 32;
constexpr size_t kStreamRead = 16u << 10;  // also the largest record of TLS

absl::Status Watch(int epoll_fd, int fd, uint64_t data) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = data;
  if (::epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, "epoll_ctl");
}

}  // namespace

Worker::Worker(const WorkerOptions& options)
    : options_(options),
      events_(sockets_, to_clients_, options.quota, options.rules->config.events, now_),
      relay_(options.rules, random_, &events_,
             {.worker = static_cast<uint32_t>(options.number),
              .workers = static_cast<uint32_t>(options.workers)}),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      streams_(epoll_.get(), kStreamTag, counters_),
      dtls_(counters_),
      data_(epoll_.get(), kDataTag, options.relay_device),
      sockets_(epoll_.get(),
               {.gro = options.offload.gro,
                .device = options.relay_device,
                .buffer_bytes = options.relay_buffer_bytes},
               counters_),
      to_peers_(options.offload.gso, counters_.send),
      to_clients_(listeners_, streams_, dtls_, options.offload.gso, random_),
      stream_scratch_(kStreamRead),
      data_scratch_(DataConnection::kRead),
      plaintext_(options.on_dtls_stranger ? kPlaintextSize : 0) {
  if (options_.media_desk != nullptr) {
    media_ = std::make_unique<MediaSide>(
        MediaSessionsOptions{.worker = options_.number, .addresses = options_.media_addresses},
        random_, *options_.media_desk, to_clients_, counters_);
  }
  user_bytes_per_second_ = options_.rules->config.max_bytes_per_second_of_user;
  options_.rules.reset();  // the relay has them, and may get others
}

Worker::~Worker() { Stop(); }

absl::Status Worker::Bind() {
  const UdpOptions udp{.gro = options_.offload.gro,
                       .device = options_.listening_device,
                       .buffer_bytes = options_.listener_buffer_bytes};
  absl::Status status = listeners_.Open(options_.listen, udp, counters_);
  for (size_t i = 0; status.ok() && i < listeners_.size(); ++i) {
    status = Watch(epoll_.get(), listeners_[i].fd.get(), kListenerTag | i);
  }
  if (status.ok()) status = Watch(epoll_.get(), wake_.fd(), kWakeTag);
  if (status.ok()) status = Watch(epoll_.get(), user_answers_->fd(), kUsersTag);
  return status;
}

void Worker::Start() {
  thread_ = std::thread([this] { Run(); });
  ::pthread_setname_np(thread_.native_handle(), "koeru-worker");
}

void Worker::Stop() {
  if (!thread_.joinable()) return;
  stop_.store(true, std::memory_order_relaxed);
  wake_.Signal();
  thread_.join();
}

void Worker::Run() {
  std::array<epoll_event, kEvents> events;
  std::vector<bool> ready(listeners_.size());
  while (!stop_.load(std::memory_order_relaxed)) {
    // 1. Sleep until a socket has something, a timer is due, or somebody wakes us.
    const int count = ::epoll_wait(epoll_.get(), events.data(), kEvents, SleepMs());

    // 2. Ask the clock: once, all packets of this turn carry the same time.
    now_ = Now();

    // 3. Sort what epoll reported. When its list is full a listening socket may have been left
    //    out, so all of them count as ready then: control traffic never waits behind a flood.
    std::fill(ready.begin(), ready.end(), count == kEvents);
    for (int i = 0; i < count; ++i) {
      const uint64_t data = events[static_cast<size_t>(i)].data.u64;
      const auto low = static_cast<uint32_t>(data);
      if ((data & kTagMask) == kListenerTag) {
        ready[low] = true;
      } else if ((data & kTagMask) == kWakeTag) {
        wake_.Drain();
        TakeUpRules();
        TakeArrivals();
        TakeDtlsAnswers();
        TakeMail();
        TakeMediaOrders();
        TakeOperatorOrders();
      } else if ((data & kTagMask) == kUsersTag) {
        TakeUserAnswers();
      } else if ((data & kTagMask) == kStreamTag) {
        ready_streams_.push_back(low);
      } else if ((data & kTagMask) == kDataTag) {
        ready_data_.push_back(low);
      } else {
        const relay::AllocationHandle socket{.slot = static_cast<uint32_t>(data >> 32),
                                             .generation = low};
        readable_.push_back(socket);
        if ((events[static_cast<size_t>(i)].events & EPOLLERR) != 0) failed_.push_back(socket);
      }
    }

    // 4. Timers: a bounded number of allocations end in one call.
    if (now_ >= relay_.NextDeadline()) {
      actions_.Clear();
      relay_.OnTimeout(now_, actions_);
      CarryOut();
    }
    RunMediaTimers();
    if (now_ >= next_idle_check_) {
      next_idle_check_ = now_ + kIdleCheck;
      CloseIdleStreams();
      CloseIdleDtls();
      ForgetLodgers();
    }

    // 5. Clients, then peers; each socket a bounded number of packets.
    ServeListeners(ready);
    ServeStreams();
    ServeRelaySockets();
    ServeDataConnections();
    ContinueSurvey();

    // 6. Let everything go, and show what was counted.
    FlushAll();
    CloseEndedStreams();
    Publish();
  }
  EndAllAllocations();
}

void Worker::SetRules(std::shared_ptr<const relay::RelayRules> rules, uint64_t number) {
  {
    const std::lock_guard lock(rules_mutex_);
    next_rules_ = std::move(rules);
    next_rules_number_ = number;
  }
  wake_.Signal();
}

void Worker::TakeUpRules() {
  std::shared_ptr<const relay::RelayRules> rules;
  {
    const std::lock_guard lock(rules_mutex_);
    rules = std::move(next_rules_);
    rules_number_ = next_rules_number_;
  }
  if (rules == nullptr) return;
  user_bytes_per_second_ = rules->config.max_bytes_per_second_of_user;
  relay_.SetRules(std::move(rules));
  sockets_.ForEach([this](RelaySocket& socket) {
    socket.max_bytes_per_second = relay_.BandwidthOf(socket.allocation);
  });
}

void Worker::EndAllAllocations() {
  now_ = Now();
  actions_.Clear();
  relay_.EndAll(actions_);
  CarryOut();
  if (media_ != nullptr) media_->sessions.CloseAll(now_);
  FlushAll();
  Publish();
}

// Rounded up: waking early would spin until the deadline.
int Worker::SleepMs() const {
  if (!readable_.empty() || !failed_.empty() || !ready_streams_.empty() || !ready_data_.empty()) {
    return 0;
  }
  if (!surveys_.empty()) return 0;
  net::Instant deadline = relay_.NextDeadline();
  deadline = std::min({deadline, streams_.NextResume(), data_.NextResume()});
  if (media_ != nullptr) deadline = std::min(deadline, media_->NextDeadline());
  if (streams_.size() + dtls_.size() + lodgers_.size() > 0) {
    deadline = std::min(deadline, next_idle_check_);
  }
  if (deadline == net::Instant::Max()) return static_cast<int>(kLongestSleepMs);
  const int64_t ns = (deadline - Now()).count();
  return static_cast<int>(std::clamp<int64_t>((ns + 999'999) / 1'000'000, 0, kLongestSleepMs));
}

void Worker::ServeListeners(const std::vector<bool>& ready) {
  for (size_t i = 0; i < ready.size(); ++i) {
    for (int batch = 0; ready[i] && batch < kListenerBatches; ++batch) {
      // Fewer than asked for: nothing is left, and epoll will tell when there is.
      if (ReceiveFromClients(listeners_[i]) < ReceiveBatch::kBuffers) break;
    }
  }
}

void Worker::ServeRelaySockets() {
  for (const relay::AllocationHandle& allocation : failed_) ReadIcmpErrors(allocation);
  failed_.clear();
  std::swap(failed_, failed_again_);
  for (const relay::AllocationHandle& allocation : readable_) ReceiveFromPeers(allocation);
  readable_.clear();
  std::swap(readable_, again_);
}

void Worker::FlushAll() {
  to_peers_.Flush();
  to_clients_.Flush();
  SendMail();
  counters_.latency.OnSent();
  batch_.Clear();
  plaintext_used_ = 0;
}

void Worker::Publish() {
  const relay::RelayCounters& relay = relay_.counters();
  counters_.allocations.Set(relay_.allocation_count());
  counters_.allocations_total.Set(relay.allocations_created);
  counters_.unauthorized.Set(relay.challenges + relay.Refused(relay::RefusalCause::kUnknownUser) +
                             relay.Refused(relay::RefusalCause::kWrongPassword) +
                             relay.Refused(relay::RefusalCause::kExpiredCredential));
  counters_.peers_connected.Set(relay.peers_connected);
  counters_.peers_accepted.Set(relay.peers_accepted);
  counters_.peers_refused.Set(relay.peers_refused);
  counters_.peers_unbound.Set(relay.peers_unbound);
  counters_.not_stun.Set(relay.not_stun + relay.bad_fingerprint);
  counters_.challenges.Set(relay.challenges);
  counters_.held_back.Set(relay.held_back);
  counters_.user_lookups.Set(relay.lookups);
  counters_.user_lookups_failed.Set(relay.lookups_failed);
  counters_.user_lookups_dropped.Set(relay.lookups_dropped);
  for (size_t i = 0; i < relay::kRefusalCauseCount; ++i) {
    counters_.refused[i].Set(relay.refusals[i]);
  }
  for (size_t i = 0; i < relay::kEndReasonCount; ++i) {
    counters_.ended[i].Set(relay.allocations_ended[i]);
  }
  rules_in_use_.store(rules_number_, std::memory_order_release);
}

}  // namespace koeru::server
