// The media peer on the workers' own sockets: many pages, several workers, real UDP. The kernel
// brings each page's datagrams to any worker.

#include <gmock/gmock.h>
#include <sys/socket.h>

#include <thread>

#include "core/ice/agent/binding_check.h"
#include "core/ice/stream_framing.h"

#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/io/socket_address.h"
#include "native_server/media/media_desk.h"
#include "native_server/worker/relay_server.h"
#include "tests/native_server/free_port.h"
#include "tests/native_server/media/page.h"
#include "tests/native_server/worker/test_socket.h"
#include "tests/native_server/worker/test_stream.h"

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
        {.workers = kWorkers, .addresses = Addresses(), .limits = {.calls_per_user = 64}});
    EXPECT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
    relay_ = std::make_unique<RelayServer>(ConfigOfRelay(),
                                           RelayServerOptions{.workers = kWorkers,
                                                              .listen = {server_},
                                                              .offload = DetectOffload(),
                                                              .media_addresses = Addresses(),
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

  std::vector<MediaSession::Address> Addresses() const {
    return {{server_, server_}, {server_, server_, net::Transport::kTcp}};
  }

  // A connection that some worker has got, in turn.
  std::unique_ptr<TestStream> Connect() {
    const UniqueFd listening(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int yes = 1;
    ::setsockopt(listening.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const SocketAddress address(server_);
    EXPECT_EQ(::bind(listening.get(), address.get(), address.size()), 0);
    EXPECT_EQ(::listen(listening.get(), 1), 0);
    auto stream = std::make_unique<TestStream>(server_);
    StreamConnection connection;
    connection.fd = UniqueFd(::accept4(listening.get(), nullptr, nullptr, SOCK_NONBLOCK));
    connection.listener = server_;
    connection.five_tuple = {{stream->local()}, {server_}, net::Transport::kTcp};
    relay_->Adopt(std::move(connection));
    return stream;
  }
  const net::Endpoint& endpoint() const { return server_; }
  Totals Sum() const { return relay_->Sum(); }
  MediaCounts Counts() const { return desk_->counts(); }

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
  const Totals totals = server.Sum();
  EXPECT_GT(totals.media_received_packets, 50u * kPages) << "and checks, and handshakes";
  EXPECT_GT(totals.media_sent_packets, 50u * kPages);
  EXPECT_GT(totals.media_received_bytes, totals.media_received_packets * 12);
  EXPECT_GT(totals.media_sent_bytes, totals.media_sent_packets * 12);
  const MediaCounts counts = server.Counts();
  EXPECT_EQ(counts.calls, 12u);
  EXPECT_EQ(counts.started, 12u);
  EXPECT_EQ(counts.setup.total(), 12u);
  EXPECT_EQ(counts.letters_dropped, 0u);
}

void SendFramed(TestStream& stream, Bytes packet) {
  const auto header = ice::StreamFraming::HeaderOf(packet.size());
  std::vector<uint8_t> bytes(header.begin(), header.end());
  bytes.insert(bytes.end(), packet.begin(), packet.end());
  // In two pieces, the first of which is too short to tell ICE from TURN.
  EXPECT_TRUE(stream.Send(Bytes(bytes).first(5)));
  EXPECT_TRUE(stream.Send(Bytes(bytes).subspan(5)));
}

std::vector<uint8_t> ReceiveFramed(TestStream& stream) {
  const std::vector<uint8_t> header = stream.ReceiveBytes(ice::StreamFraming::kHeaderSize);
  if (header.size() != ice::StreamFraming::kHeaderSize) return {};
  return stream.ReceiveBytes(Reader(header).U16());
}

// RFC 6544: its check, the answer, the media peer's own check, and then the handshake begins.
TEST(MediaOnWorkers, APageMayComeOverTcpWhicheverWorkerTakesTheConnection) {
  MediaServer server;
  SystemRandom random;
  for (int i = 0; i < 2 * static_cast<int>(kWorkers) + 1; ++i) {
    SCOPED_TRACE(i);
    Page& page = server.Join("page" + std::to_string(i));
    page.is_silent = true;  // nothing over UDP
    page.Offer();
    ASSERT_TRUE(server.RunUntil([&] { return !page.answer.empty(); }));
    EXPECT_THAT(page.answer, ::testing::HasSubstr(" tcptype passive"));
    const ice::Credentials own = page.agent->local(), theirs = page.remote;
    const auto stream = server.Connect();
    ASSERT_TRUE(stream->connected());
    std::array<uint8_t, 1024> buffer;
    MediaTransactionIds ids(9, 9, random);
    SendFramed(*stream, ice::EncodeCheck(buffer, ids.Next(), {.priority = 1, .use_candidate = true},
                                         own, theirs));
    bool is_answered = false, is_asked = false, has_hello = false;
    while (!is_answered || !is_asked || !has_hello) {
      const std::vector<uint8_t> packet = ReceiveFramed(*stream);
      ASSERT_FALSE(packet.empty()) << is_answered << is_asked << has_hello;
      if (packet[0] == 22) {
        has_hello = true;
        continue;
      }
      const auto message = stun::MessageView::Parse(packet);
      ASSERT_TRUE(message.ok());
      if (message->type().message_class == stun::Class::kSuccessResponse) {
        is_answered = true;
      } else {
        is_asked = true;
        SendFramed(*stream, ice::EncodeCheckSuccess(buffer, *message, server.endpoint(), own));
      }
    }
  }
}

// A stranger learns nothing, and gets nothing to aim at others: a check that names a session that
// is not there gets no answer, one without the password none that is longer than itself.
TEST(MediaOnWorkers, ACheckWithoutThePasswordGetsNoMoreThanItSent) {
  MediaServer server;
  SystemRandom random;
  Page& page = server.Join("page");
  page.is_silent = true;
  page.Offer();
  ASSERT_TRUE(server.RunUntil([&] { return !page.answer.empty(); }));
  TestSocket stranger({net::Address::V4(127, 0, 0, 1), 0});
  MediaTransactionIds ids(9, 9, random);
  const ice::Credentials own = page.agent->local();
  for (size_t worker = 0; worker < kWorkers; ++worker) {
    std::array<uint8_t, 1024> buffer;
    stranger.Send(server.endpoint(), ice::EncodeCheck(buffer, ids.Next(), {}, own,
                                                      NewMediaCredentials(worker, random)));
  }
  EXPECT_FALSE(stranger.Receive(300)) << "sessions that are not there";
  ice::Credentials guess = page.remote;
  guess.password = NewMediaCredentials(0, random).password;
  std::array<uint8_t, 1024> buffer;
  const Bytes check = ice::EncodeCheck(buffer, ids.Next(), {.use_candidate = true}, own, guess);
  stranger.Send(server.endpoint(), check);
  if (const auto answer = stranger.Receive(300)) {
    const auto message = stun::MessageView::Parse(answer->bytes);
    ASSERT_TRUE(message.ok());
    EXPECT_EQ(message->type().message_class, stun::Class::kErrorResponse);
    EXPECT_LE(answer->bytes.size(), check.size());
  }
}

TEST(MediaOnWorkers, AConnectionThatIsNobodysIsClosed) {
  MediaServer server;
  const auto stream = server.Connect();
  SystemRandom random;
  std::array<uint8_t, 1024> buffer;
  MediaTransactionIds ids(9, 9, random);
  SendFramed(*stream, ice::EncodeCheck(buffer, ids.Next(), {}, NewMediaCredentials(0, random),
                                       NewMediaCredentials(2, random)));
  EXPECT_TRUE(stream->IsClosedWithin(10'000));
}

}  // namespace
}  // namespace koeru::server
