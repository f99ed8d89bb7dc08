// The media peer on the workers' own sockets: many pages, several workers, real UDP. The kernel
// brings each page's datagrams to any worker.

#include <gmock/gmock.h>

#include <thread>

#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/media/media_desk.h"
#include "native_server/worker/relay_server.h"
#include "tests/native_server/free_port.h"
#include "tests/native_server/media/page.h"
#include "tests/native_server/worker/test_socket.h"

namespace koeru::server {
namespace {

constexpr size_t kWorkers = 4;
constexpr int kPatience_ms = 20'000;

relay::RelayConfig ConfigOfRelay() {
  relay::RelayConfig config;
  config.realm = "r";
  config.anonymous = true;
  config.nonce_key.assign(32, 7);
  config.allow_loopback_peers = true;
  config.relay_addresses = {{net::Address::V4(127, 0, 0, 1), net::Address::V4(127, 0, 0, 1)}};
  return config;
}

class MediaServer : public PageWorld {
 public:
  MediaServer() : server_{net::Address::V4(127, 0, 0, 1), FreePort()} {
    auto desk = MediaDesk::Open(
        {.workers = kWorkers, .candidates = {server_}, .limits = {.calls_per_user = 64}});
    EXPECT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
    relay_ = std::make_unique<RelayServer>(
        ConfigOfRelay(), RelayServerOptions{.workers = kWorkers,
                                            .listen = {server_},
                                            .offload = DetectOffload(),
                                            .media_addresses = {{server_, server_}},
                                            .media_desk = desk_.get()});
    const absl::Status started = relay_->Start();
    EXPECT_TRUE(started.ok()) << started;
    desk_->Start(
        {.leave_order = [this](size_t worker,
                               MediaOrder order) { relay_->LeaveMedia(worker, std::move(order)); },
         .send_signal =
             [this](const std::string& page, std::string json) {
               const std::lock_guard lock(mutex_);
               signals_.emplace_back(page, std::move(json));
             },
         .judge = [](const PeerRequest&) { return MediaVerdict{.is_good = true}; }});
  }
  ~MediaServer() override {
    desk_->Stop();
    relay_->Stop();
  }

  struct Caller {
    std::unique_ptr<TestSocket> socket;
    std::unique_ptr<Page> page;
  };
  Page& Join(const std::string& name) {
    Caller& caller = callers_[name];
    caller.socket = std::make_unique<TestSocket>(net::Endpoint{net::Address::V4(127, 0, 0, 1), 0});
    caller.page = std::make_unique<Page>(*this, name, caller.socket->local().ToString());
    desk_->Begin(name, "{}");
    return *caller.page;
  }
  Page& PageOf(const std::string& name) { return *callers_[name].page; }

  // PageWorld.
  net::Instant Now() const override { return server::Now(); }
  relay::RandomSource& Random() override { return random_; }
  void Signal(const std::string& page, const std::string& json) override {
    desk_->Signal(page, json);
  }
  void SendFromPage(const ice::Path& path, Bytes datagram) override {
    for (auto& [name, caller] : callers_) {
      if (caller.page->endpoint == path.local) caller.socket->Send(path.remote, datagram);
    }
  }

  // What each page has come to.
  std::string Words() const {
    std::string words;
    for (const auto& [name, caller] : callers_) {
      words += name + (caller.page->answer.empty() ? ": no answer" : ": answered") +
               (caller.page->agent->selected() ? ", a path" : ", no path") +
               (caller.page->has_keys() ? ", keys\n" : ", no keys\n");
      for (const std::string& error : caller.page->errors) words += "  " + error + "\n";
    }
    return words;
  }

  // Until it is so, with patience.
  template <typename Condition>
  bool RunUntil(Condition condition) {
    const net::Instant end = Now() + std::chrono::milliseconds(kPatience_ms);
    while (Now() < end) {
      if (condition()) return true;
      Step();
    }
    return condition();
  }

 private:
  void Step() {
    std::vector<std::pair<std::string, std::string>> signals;
    {
      const std::lock_guard lock(mutex_);
      signals.swap(signals_);
    }
    for (const auto& [name, json] : signals) callers_[name].page->OnSignal(json);
    bool is_idle = signals.empty();
    for (auto& [name, caller] : callers_) {
      while (auto datagram = caller.socket->Receive(0)) {
        is_idle = false;
        caller.page->OnDatagram({caller.page->endpoint, server_, net::Transport::kUdp},
                                std::move(datagram->bytes));
      }
      caller.page->OnTimeout();
    }
    if (is_idle) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }

  const net::Endpoint server_;
  SystemRandom random_;
  std::unique_ptr<MediaDesk> desk_;
  std::unique_ptr<RelayServer> relay_;
  std::map<std::string, Caller> callers_;
  std::mutex mutex_;
  std::vector<std::pair<std::string, std::string>> signals_;
};

TEST(MediaOnWorkers, EachPageHearsItselfWhicheverWorkerTheKernelChooses) {
  MediaServer server;
  constexpr int kPages = 12;
  std::vector<Page*> pages;
  for (int i = 0; i < kPages; ++i) pages.push_back(&server.Join("page" + std::to_string(i)));
  for (Page* page : pages) page->Offer();
  ASSERT_TRUE(server.RunUntil([&] {
    return std::all_of(pages.begin(), pages.end(),
                       [](Page* page) { return page->has_keys() && !page->states.empty(); });
  })) << server.Words();
  for (uint16_t sequence = 0; sequence < 50; ++sequence) {
    for (Page* page : pages) page->SendRtp(MakeRtp(111, sequence, 77));
    ASSERT_TRUE(server.RunUntil([&, wanted = size_t{sequence} + 1] {
      return std::all_of(pages.begin(), pages.end(),
                         [&](Page* page) { return page->received.size() >= wanted; });
    }));
  }
  for (Page* page : pages) {
    EXPECT_EQ(page->received.size(), 50u) << page->name;
    EXPECT_THAT(page->errors, ::testing::IsEmpty());
  }
}

}  // namespace
}  // namespace koeru::server
