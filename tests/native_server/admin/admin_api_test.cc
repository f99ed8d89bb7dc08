#include "native_server/admin/admin_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "native_server/io/random.h"

namespace koeru::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AdminApiTest : public ::testing::Test {
 protected:
  AdminApiTest() {
    AdminActions actions;
    actions.status_json = [] { return std::string("{\"version\":\"9\"}"); };
    actions.list = [this] { return all_; };
    actions.end = [this](size_t worker, relay::AllocationHandle allocation) {
      ended_.push_back(allocation.slot);
      return worker == 0;
    };
    actions.reload = [this] { return reload_; };
    actions.drain = [this] { ++drains_; };
    actions.sign_in = [this](std::string_view name,
                             std::string_view password) -> absl::StatusOr<std::optional<Admin>> {
      ++sign_ins_;
      if (password != "pass:word") return std::nullopt;
      if (name == "down") return absl::UnavailableError("secret details");
      return Admin{std::string(name), name == "ann" ? "" : "r"};
    };
    actions.log = [this](std::string_view text) { log_ += std::string(text) + "\n"; };
    api_.emplace(std::move(actions), random_);
    for (uint32_t slot : {1u, 2u}) {
      WatchedAllocation& one = all_.emplace_back();
      one.allocation = {.slot = slot, .generation = 0};
      one.username = "user" + std::to_string(slot);
      one.realm = slot == 1 ? "r" : "other";
    }
  }

  AdminReply Ask(std::string_view method, std::string_view target, std::string authorization = "",
                 bool local = false) {
    const size_t mark = target.find('?');
    return api_->Answer({.method = method,
                         .path = target.substr(0, mark),
                         .query = mark == target.npos ? "" : target.substr(mark + 1),
                         .authorization = authorization,
                         .is_local = local},
                        now_, time_);
  }
  AdminReply Local(std::string_view method, std::string_view target) {
    return Ask(method, target, "", true);
  }
  static std::string Basic(std::string_view text) { return "Basic " + absl::Base64Escape(text); }
  std::string SignIn(std::string_view name) {
    const AdminReply reply = Ask("POST", "/api/login", Basic(std::string(name) + ":pass:word"));
    EXPECT_EQ(reply.status, 200) << reply.body;
    const size_t begin = reply.body.find("\"token\":\"") + 9;
    return "Bearer " + reply.body.substr(begin, reply.body.find('"', begin) - begin);
  }

  SystemRandom random_;
  std::vector<WatchedAllocation> all_;
  std::vector<uint32_t> ended_;
  absl::StatusOr<ReloadReport> reload_ = ReloadReport{{"user-quota"}, {"min-port"}};
  int drains_ = 0, sign_ins_ = 0;
  std::string log_;
  std::optional<AdminApi> api_;
  net::Instant now_ = net::Instant::FromNanoseconds(1);
  TimePoint time_ = TimePoint() + std::chrono::hours(1);
};

TEST_F(AdminApiTest, FromTheNetworkNothingWithoutAToken) {
  for (const char* target : {"/api/status", "/api/allocations", "/api/allocations/0-1-0",
                             "/api/reload", "/api/drain", "/api/logout", "/api/", "/api/x"}) {
    for (const char* method : {"GET", "POST", "DELETE", "HEAD", "BREW"}) {
      for (const char* authorization : {"", "Bearer ", "Bearer 00", "Basic YTpi", "bearer"}) {
        EXPECT_EQ(Ask(method, target, authorization).status, 401) << method << target;
      }
    }
  }
  EXPECT_TRUE(ended_.empty());
  EXPECT_EQ(drains_, 0);
}

TEST_F(AdminApiTest, SigningInGivesATokenThatOpensAllUntilSigningOut) {
  const std::string token = SignIn("ann");
  EXPECT_EQ(Ask("GET", "/api/status", token).body, "{\"version\":\"9\"}\n");
  EXPECT_THAT(Ask("GET", "/api/allocations", token).body, HasSubstr("\"total\":2"));
  EXPECT_THAT(log_, HasSubstr("\"ann\" signed in"));
  EXPECT_EQ(Ask("POST", "/api/logout", token).status, 200);
  EXPECT_EQ(Ask("GET", "/api/status", token).status, 401);
}

TEST_F(AdminApiTest, AWrongSignInSaysSoAndTellsNoDetailsOfTheDatabase) {
  EXPECT_EQ(Ask("POST", "/api/login", Basic("ann:x")).status, 401);
  EXPECT_THAT(log_, HasSubstr("could not sign in as \"ann\""));
  const AdminReply down = Ask("POST", "/api/login", Basic("down:pass:word"));
  EXPECT_EQ(down.status, 503);
  EXPECT_THAT(down.body, Not(HasSubstr("secret")));
  EXPECT_EQ(Ask("GET", "/api/login", Basic("ann:pass:word")).status, 405);
  for (const char* bad : {"", "Basic", "Basic !", "Basic YWJj", "Bearer YTpi"}) {
    EXPECT_EQ(Ask("POST", "/api/login", bad).status, 401) << bad;
  }
}

TEST_F(AdminApiTest, PasswordsCannotBeGuessedQuickly) {
  int refused = 0;
  for (int i = 0; i < 100; ++i) {
    refused += Ask("POST", "/api/login", Basic("ann:" + std::to_string(i))).status == 429;
  }
  EXPECT_EQ(refused, 95);
  EXPECT_EQ(sign_ins_, 5);
  EXPECT_EQ(Ask("POST", "/api/login", Basic("ann:pass:word")).status, 429);
  time_ += std::chrono::seconds(11);
  EXPECT_EQ(Ask("POST", "/api/login", Basic("ann:pass:word")).status, 200);
}

TEST_F(AdminApiTest, AnAdministratorOfOneRealmSeesAndEndsItsAllocationsOnly) {
  const std::string token = SignIn("bob");
  EXPECT_THAT(Ask("GET", "/api/allocations", token).body,
              AllOf(HasSubstr("\"total\":1"), HasSubstr("user1"), Not(HasSubstr("user2"))));
  EXPECT_EQ(Ask("DELETE", "/api/allocations/0-2-0", token).status, 404);
  EXPECT_TRUE(ended_.empty());
  EXPECT_EQ(Ask("DELETE", "/api/allocations/0-1-0", token).status, 200);
  EXPECT_EQ(ended_, std::vector<uint32_t>{1});
  EXPECT_EQ(Ask("POST", "/api/reload", token).status, 403);
  EXPECT_EQ(Ask("POST", "/api/drain", token).status, 403);
  EXPECT_EQ(drains_, 0);
}

TEST_F(AdminApiTest, TheLocalSocketNeedsNoToken) {
  EXPECT_EQ(Local("GET", "/api/status").status, 200);
  EXPECT_EQ(Local("DELETE", "/api/allocations/0-2-0").status, 200);
  EXPECT_THAT(log_, HasSubstr("allocation 0-2-0 ended by \"the local socket\""));
  EXPECT_EQ(Local("DELETE", "/api/allocations/1-2-0").status, 404);
  EXPECT_EQ(Local("POST", "/api/drain").status, 200);
  EXPECT_EQ(drains_, 1);
}

TEST_F(AdminApiTest, AReloadTellsWhatChangedOrWhatIsWrong) {
  EXPECT_EQ(Local("POST", "/api/reload").body,
            "{\"changed\":[\"user-quota\"],\"needs_restart\":[\"min-port\"]}\n");
  reload_ = absl::InvalidArgumentError("turn.conf line 3: \"x\" is no number");
  const AdminReply bad = Local("POST", "/api/reload");
  EXPECT_EQ(bad.status, 409);
  EXPECT_EQ(bad.body, "{\"error\":\"turn.conf line 3: \\\"x\\\" is no number\"}\n");
}

TEST_F(AdminApiTest, NonsenseGetsASentence) {
  EXPECT_EQ(Local("GET", "/api/allocations?limit=1").status, 200);
  EXPECT_EQ(Local("GET", "/api/allocations?sort=age&limit=99999999").status, 200);
  for (const char* query : {"limit=0", "limit=-1", "limit=x", "sort=name", "x=1", "limit"}) {
    const AdminReply reply = Local("GET", std::string("/api/allocations?") + query);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_THAT(reply.body, HasSubstr("sort=traffic, age or user"));
  }
  EXPECT_EQ(Local("DELETE", "/api/allocations/").status, 400);
  EXPECT_EQ(Local("DELETE", "/api/allocations/../../x").status, 400);
  EXPECT_EQ(Local("DELETE", "/api/allocations").status, 405);
  EXPECT_EQ(Local("GET", "/api/allocations/0-1-0").status, 405);
  EXPECT_EQ(Local("GET", "/api/reload").status, 405);
  EXPECT_EQ(Local("GET", "/api/drain").status, 405);
  EXPECT_EQ(Local("POST", "/api/status").status, 405);
  EXPECT_EQ(Local("GET", "/api/nothing").status, 404);
}

TEST_F(AdminApiTest, ThePageNeedsNoTokenAndHoldsNoSecret) {
  const AdminReply page = Ask("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("admin.js"));
  EXPECT_EQ(Ask("GET", "/admin.js").content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(Ask("GET", "/words.js").status, 200);
  EXPECT_EQ(Ask("GET", "/admin.css").status, 200);
  EXPECT_EQ(Ask("GET", "/etc/passwd").status, 404);
  EXPECT_EQ(Ask("POST", "/").status, 405);
}

}  // namespace
}  // namespace koeru::server
