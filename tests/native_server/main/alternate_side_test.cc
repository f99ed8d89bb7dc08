// Clients are sent to the alternate server that has room: three relays.

#include <gmock/gmock.h>

#include <chrono>
#include <functional>
#include <thread>

#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;

bool Eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 600; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

class AlternateSideTest : public ::testing::Test {
 protected:
  struct Relay {
    uint16_t port = FreePort();
    uint16_t metrics = FreePort();
    std::unique_ptr<Program> program;
  };
  static Relay Start(uint8_t number, std::vector<std::string> more) {
    Relay relay;
    std::vector<std::string> arguments = {"--listening-ip=127.0.0." + std::to_string(number),
                                          "--listening-port=" + std::to_string(relay.port),
                                          "--relay-ip=127.0.0." + std::to_string(number),
                                          "--no-tcp",
                                          "--no-tls",
                                          "--realm=r",
                                          "--user=anna:secret",
                                          "--prometheus",
                                          "--prometheus-token=sesame",
                                          "--prometheus-port=" + std::to_string(relay.metrics)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    relay.program = std::make_unique<Program>(arguments);
    EXPECT_TRUE(relay.program->WaitFor("ready\n")) << relay.program->printed();
    return relay;
  }
  static net::Address Local(uint8_t number) { return net::Address::V4(127, 0, 0, number); }
  static std::string Text(const net::Address& address, uint16_t port) {
    return net::Endpoint{address, port}.ToString();
  }
  static std::string Load(uint8_t number, const Relay& relay) {
    return "--alternate-server-load=127.0.0." + std::to_string(number) +
           ",http://127.0.0.1:" + std::to_string(relay.metrics) + "/load";
  }
};

TEST_F(AlternateSideTest, ClientsGoToWhoHasRoomAndStayWhenNobodyHas) {
  Relay full = Start(2, {"--total-quota=1"}), roomy = Start(3, {"--total-quota=100"});
  Relay first = Start(1, {"--alternate-server=" + Text(Local(2), full.port),
                          "--alternate-server=" + Text(Local(3), roomy.port), Load(2, full),
                          Load(3, roomy), "--alternate-server-token=sesame"});
  UserClient there(full.port, "anna", "secret", Local(2));
  ASSERT_EQ(there.Allocate(), 0);
  const auto goes_to = [&] {
    UserClient client(first.port, "anna", "secret", Local(1));
    return client.Allocate() == 300 ? client.alternate() : std::nullopt;
  };
  // Until it is known that one is full and the other is not: at least twice in turn.
  const std::optional<net::Endpoint> wanted(net::Endpoint{Local(3), roomy.port});
  EXPECT_TRUE(Eventually([&] { return goes_to() == wanted && goes_to() == wanted; }));
  // Its load falls, and it has its turns again.
  ASSERT_EQ(there.Release(), 0);
  EXPECT_TRUE(Eventually([&] { return goes_to() == net::Endpoint{Local(2), full.port}; }));
  // Nobody is left: clients stay.
  full.program.reset();
  roomy.program.reset();
  EXPECT_TRUE(Eventually(
      [&] { return UserClient(first.port, "anna", "secret", Local(1)).Allocate() == 0; }));
  EXPECT_TRUE(first.program->WaitFor("nobody is sent there"));
  EXPECT_THAT(first.program->printed(), ::testing::Not(HasSubstr("sesame")));
}

TEST_F(AlternateSideTest, ClientsStayUntilAsManyAllocationsLiveHereAsIsSaid) {
  Relay relay = Start(1, {"--alternate-server=192.0.2.1", "--alternate-server-above=2"});
  std::vector<std::unique_ptr<UserClient>> clients;
  const auto allocate = [&] {
    clients.push_back(std::make_unique<UserClient>(relay.port, "anna", "secret", Local(1)));
    return clients.back()->Allocate();
  };
  EXPECT_EQ(allocate(), 0);
  EXPECT_EQ(allocate(), 0);
  EXPECT_TRUE(Eventually([&] { return allocate() == 300; }));
  EXPECT_EQ(clients.back()->alternate(), (net::Endpoint{net::Address::V4(192, 0, 2, 1), 3478}));
  for (const auto& client : clients) client->Release();
  EXPECT_TRUE(Eventually([&] { return allocate() == 0; }));
}

TEST_F(AlternateSideTest, OptionsThatDoNotFitTogetherAreSaid) {
  for (const auto& [option, said] :
       {std::pair{"--alternate-server-load=192.0.2.9,http://10.0.0.9/load",
                  "no alternate server has that address"},
        std::pair{"--alternate-server-load=192.0.2.9", "write the address of the alternate"},
        std::pair{"--alternate-server-load=192.0.2.1,ftp://x",
                  "write the address of the alternate"},
        std::pair{"--alternate-server-token=x", "belongs to alternate-server-load"}}) {
    Program program({"--realm=r", "--user=a:b", "--alternate-server=192.0.2.1", option});
    EXPECT_EQ(program.Wait(), 1) << option;
    EXPECT_THAT(program.printed(), HasSubstr(said));
  }
  Program alone({"--realm=r", "--user=a:b", "--alternate-server-above=5"});
  EXPECT_EQ(alone.Wait(), 1);
  EXPECT_THAT(alone.printed(), HasSubstr("needs alternate-server"));
}

}  // namespace
}  // namespace koeru::server
