#include "native_server/tls/tls_stream.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/stream_traits.hpp>

#include "native_server/tls/tls_error.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

static_assert(boost::beast::is_async_read_stream<TlsStream>::value);
static_assert(boost::beast::is_async_write_stream<TlsStream>::value);

// A server and a client stream over a real TCP connection, driven by one thread.
class TlsStreamTest : public testing::Test {
 protected:
  void SetUp() override {
    auto client_context = TlsContext::ForClient({});
    ASSERT_TRUE(client_context.ok());
    tcp::acceptor acceptor(io_, {boost::asio::ip::address_v4::loopback(), 0});
    tcp::socket client(io_);
    client.connect(acceptor.local_endpoint());
    server_.emplace(acceptor.accept(), ServerContext(directory_.path()));
    client_.emplace(std::move(client), *client_context, "localhost");
  }

  // Runs until `done` or ten seconds have passed.
  template <typename Condition>
  bool RunUntil(Condition done) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    io_.restart();
    while (!done() && std::chrono::steady_clock::now() < deadline) io_.run_one_for(100ms);
    return done();
  }

  void Handshake() {
    std::optional<error_code> client;
    std::optional<error_code> server;
    client_->async_handshake([&](error_code e) { client = e; });
    server_->async_handshake([&](error_code e) { server = e; });
    ASSERT_TRUE(RunUntil([&] { return client && server; }));
    ASSERT_FALSE(*client) << client->message();
    ASSERT_FALSE(*server) << server->message();
  }

  TemporaryDirectory directory_;
  boost::asio::io_context io_{1};
  std::optional<TlsStream> server_;
  std::optional<TlsStream> client_;
};

TEST_F(TlsStreamTest, BothDirectionsRunAtOnce) {
  Handshake();
  const std::string up(3'000'000, 'u');
  const std::string down(2'000'000, 'd');
  std::string got_up(up.size(), ' ');
  std::string got_down(down.size(), ' ');
  int finished = 0;
  const auto count = [&](error_code e, size_t) {
    EXPECT_FALSE(e) << e.message();
    ++finished;
  };
  boost::asio::async_write(*client_, boost::asio::buffer(up), count);
  boost::asio::async_write(*server_, boost::asio::buffer(down), count);
  boost::asio::async_read(*server_, boost::asio::buffer(got_up), count);
  boost::asio::async_read(*client_, boost::asio::buffer(got_down), count);
  ASSERT_TRUE(RunUntil([&] { return finished == 4; }));
  EXPECT_EQ(got_up, up);
  EXPECT_EQ(got_down, down);
}

TEST_F(TlsStreamTest, CompletionNeverComesOutOfTheStartingCall) {
  Handshake();
  bool called = false;
  server_->async_read_some(boost::asio::mutable_buffer(),
                           [&](error_code, size_t) { called = true; });
  EXPECT_FALSE(called);
  EXPECT_TRUE(RunUntil([&] { return called; }));
}

TEST_F(TlsStreamTest, ShutdownIsAnOrderlyEndForThePeer) {
  Handshake();
  std::optional<error_code> shut;
  std::optional<error_code> read;
  char byte = 0;
  client_->async_read_some(boost::asio::buffer(&byte, 1), [&](error_code e, size_t) {
    read = e;
    client_->close();
  });
  server_->async_shutdown([&](error_code e) { shut = e; });
  ASSERT_TRUE(RunUntil([&] { return shut && read; }));
  EXPECT_EQ(*read, boost::asio::error::eof);
  EXPECT_FALSE(*shut) << shut->message();
}

TEST_F(TlsStreamTest, LateRequestDataDoesNotResetTheAnswerAway) {
  Handshake();
  const std::string late(100'000, 'x');
  const std::string answer = "answer";
  std::string got(answer.size(), ' ');
  std::optional<error_code> read;
  boost::asio::async_write(*client_, boost::asio::buffer(late), [](error_code, size_t) {});
  boost::asio::async_write(*server_, boost::asio::buffer(answer),
                           [&](error_code, size_t) { server_->async_shutdown([](error_code) {}); });
  // The client reads only when all of its own data has long been on its way.
  io_.restart();
  io_.run_for(200ms);
  boost::asio::async_read(*client_, boost::asio::buffer(got),
                          [&](error_code e, size_t) { read = e; });
  ASSERT_TRUE(RunUntil([&] { return read.has_value(); }));
  EXPECT_FALSE(*read) << read->message();
  EXPECT_EQ(got, answer);
}

TEST_F(TlsStreamTest, CloseEndsWhatIsPending) {
  Handshake();
  std::optional<error_code> read;
  char byte = 0;
  server_->async_read_some(boost::asio::buffer(&byte, 1), [&](error_code e, size_t) { read = e; });
  io_.restart();
  io_.poll();
  server_->close();
  ASSERT_TRUE(RunUntil([&] { return read.has_value(); }));
  EXPECT_EQ(*read, boost::asio::error::operation_aborted);
}

TEST_F(TlsStreamTest, WriteToAPeerThatNeverReadsWaitsAndEndsWithClose) {
  Handshake();
  const std::string much(64'000'000, 'x');
  std::optional<error_code> written;
  boost::asio::async_write(*server_, boost::asio::buffer(much),
                           [&](error_code e, size_t) { written = e; });
  boost::asio::steady_timer timer(io_, 300ms);
  timer.async_wait([&](error_code) {
    EXPECT_FALSE(written);
    server_->close();
  });
  ASSERT_TRUE(RunUntil([&] { return written.has_value(); }));
  EXPECT_TRUE(*written);
}

TEST_F(TlsStreamTest, PeerThatVanishesIsNotAnOrderlyEnd) {
  Handshake();
  std::optional<error_code> read;
  char byte = 0;
  server_->async_read_some(boost::asio::buffer(&byte, 1), [&](error_code e, size_t) { read = e; });
  client_->next_layer().shutdown(tcp::socket::shutdown_send);  // a FIN, but no close_notify
  ASSERT_TRUE(RunUntil([&] { return read.has_value(); }));
  EXPECT_EQ(*read, TlsError::kTruncated);
}

TEST_F(TlsStreamTest, StreamDestroyedWithOperationsPendingEndsThem) {
  Handshake();
  std::optional<error_code> read;
  char byte = 0;
  server_->async_read_some(boost::asio::buffer(&byte, 1), [&](error_code e, size_t) { read = e; });
  io_.restart();
  io_.poll();
  server_.reset();
  ASSERT_TRUE(RunUntil([&] { return read.has_value(); }));
  EXPECT_TRUE(*read);
}

}  // namespace
}  // namespace koeru::server
