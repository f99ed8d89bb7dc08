// `koeru top` and `koeru relay` with a Unix socket that answers.

#include "native_server/tools/top.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "native_server/http/small_server.h"
#include "tests/native_server/tools/command_run.h"

namespace koeru::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class TopTest : public ::testing::Test {
 protected:
  TopTest() {
    std::string pattern = ::testing::TempDir() + "koeru-top-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    path_ = directory_ + "/s";
    auto server = server::SmallServer::ListenUnix(path_, [this](const server::SmallRequest& r) {
      asked_ = std::string(r.method) + " " + std::string(r.target);
      if (r.target == "/api/status") return server::SmallReply{200, "", status_};
      return server::SmallReply{code_, "application/json", answer_};
    });
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  ~TopTest() override { std::filesystem::remove_all(directory_); }

  CommandOutcome Top(std::vector<std::string> arguments) {
    arguments.push_back("--socket=" + path_);
    return RunCommand(&RunTop, arguments);
  }
  CommandOutcome Relay(std::vector<std::string> arguments) {
    arguments.push_back("--socket=" + path_);
    return RunCommand(&RunRelay, arguments);
  }

  std::string directory_, path_, asked_;
  int code_ = 200;
  std::string answer_ = "{\"total\":0,\"allocations\":[]}\n";
  std::string status_ =
      "{\"version\":\"0.1\",\"counters\":{\"uptime_s\":5,\"allocations\":0,\"allocations_total\":0,"
      "\"unauthorized\":0,\"client_to_peer\":{\"bytes\":0},\"peer_to_client\":{\"bytes\":0},"
      "\"dropped\":{}}}";
  std::unique_ptr<server::SmallServer> server_;
};

TEST_F(TopTest, WithoutATerminalItShowsAllOnce) {
  const CommandOutcome top = Top({"--sort", "age", "--limit=7"});
  EXPECT_EQ(top.code, 0) << top.err;
  EXPECT_THAT(top.out, StartsWith("koeru-relay 0.1, up 5 s, 0 allocations now"));
  EXPECT_EQ(asked_, "GET /api/allocations?sort=age&limit=7");
  EXPECT_EQ(Relay({"list"}).out, top.out);
  EXPECT_EQ(Relay({"list", "--json"}).out, "{\"total\":0,\"allocations\":[]}\n");
}

TEST_F(TopTest, OrdersBecomeRequests) {
  answer_ = "{\"done\":true}";
  EXPECT_EQ(Relay({"end", "0-42-7"}).out, "done\n");
  EXPECT_EQ(asked_, "DELETE /api/allocations/0-42-7");
  EXPECT_EQ(Relay({"drain"}).out, "done\n");
  EXPECT_EQ(asked_, "POST /api/drain");
  answer_ = "{\"changed\":[\"user\",\"realm\"],\"needs_restart\":[\"min-port\"]}";
  EXPECT_EQ(Relay({"reload"}).out, "read again; changed: user, realm\nneeds a restart: min-port\n");
  answer_ = "{\"changed\":[],\"needs_restart\":[]}";
  EXPECT_EQ(Relay({"reload"}).out, "read again; nothing changed\n");
}

TEST_F(TopTest, WhatTheRelayRefusesIsSaidAndIsAFailure) {
  code_ = 409;
  answer_ = "{\"error\":\"turn.conf line 3: nonsense\"}";
  const CommandOutcome reload = Relay({"reload"});
  EXPECT_EQ(reload.code, 2);
  EXPECT_EQ(reload.err, "koeru relay: turn.conf line 3: nonsense\n");
  answer_ = "not json";
  EXPECT_THAT(Relay({"drain"}).err, HasSubstr("the answer is no JSON"));
  status_ = "{}";
  EXPECT_THAT(Top({}).err, HasSubstr(": "));
}

TEST_F(TopTest, NoRelayThereIsASentenceWithTheRemedy) {
  server_.reset();
  const CommandOutcome top = Top({});
  EXPECT_EQ(top.code, 2);
  EXPECT_THAT(top.err, HasSubstr("start one with admin-socket=PATH"));
}

TEST_F(TopTest, NonsenseIsExplained) {
  EXPECT_THAT(Top({"--sort", "name"}).err, HasSubstr("traffic, age or user"));
  EXPECT_THAT(Top({"--limit", "0"}).err, HasSubstr("1 to 5000"));
  EXPECT_THAT(Top({"--nonsense"}).err, HasSubstr("there is no option --nonsense"));
  EXPECT_THAT(Top({"word"}).err, HasSubstr("options only"));
  EXPECT_THAT(RunCommand(&RunTop, {"--socket"}).err, HasSubstr("--socket needs a value"));
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{}, {"end"}, {"end", "../x"}, {"list", "x"}, {"stop"}}) {
    const CommandOutcome relay = Relay(words);
    EXPECT_EQ(relay.code, 2);
    EXPECT_THAT(relay.err, HasSubstr("write list, end ID"));
  }
  EXPECT_THAT(Top({"--help"}).out, HasSubstr("Keys: t, a, u"));
  EXPECT_THAT(Relay({"--help"}).out, HasSubstr("reload"));
}

}  // namespace
}  // namespace koeru::tools
