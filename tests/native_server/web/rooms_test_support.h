// Rooms with members whose every word is text: for tests that read as input -> what is heard.
#pragma once

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native_server/web/member_id.h"
#include "native_server/web/rooms.h"

namespace koeru::server::web {

inline constexpr const char* kJoin = R"({"type":"join","room":"blue-whale"})";

// Members are called 1, 2, 3...; ids are "id1", "id2"... in the order of joining.
class RoomsFixture : public testing::Test {
 protected:
  void Limit(RoomLimits limits) {
    rooms_.emplace(limits, [this] { return "id" + std::to_string(++ids_); });
  }
  void SetUp() override { Limit({}); }

  void Connect(uint64_t member, const char* address = "192.0.2.1") {
    rooms_->OnConnect(ConnectionId{member}, SourceKey::Of(boost::asio::ip::make_address(address)),
                      now_);
  }
  // What is heard: "member: text", and "member: close CODE".
  std::vector<std::string> Say(uint64_t member, std::string_view text) {
    RoomActions actions;
    rooms_->OnText(ConnectionId{member}, text, now_, actions);
    return Heard(actions);
  }
  std::vector<std::string> Drop(uint64_t member) {
    RoomActions actions;
    rooms_->OnDisconnect(ConnectionId{member}, now_, actions);
    return Heard(actions);
  }
  std::vector<std::string> Lose(uint64_t member) {
    RoomActions actions;
    rooms_->OnLost(ConnectionId{member}, now_, actions);
    return Heard(actions);
  }
  std::vector<std::string> WaitFor(std::chrono::seconds time) {
    now_ += time;
    RoomActions actions;
    rooms_->OnTimeout(now_, actions);
    return Heard(actions);
  }
  std::vector<std::string> Heard(const RoomActions& actions) {
    EXPECT_TRUE(rooms_->IsConsistent());
    std::vector<std::string> heard;
    for (const RoomAction& action : actions) {
      const std::string member = std::to_string(static_cast<uint64_t>(action.to)) + ": ";
      if (action.text) heard.push_back(member + *action.text);
      if (action.close) {
        heard.push_back(member + "close " + std::to_string(static_cast<int>(*action.close)));
      }
    }
    return heard;
  }
  void JoinMembers(uint64_t count) {
    for (uint64_t member = 1; member <= count; ++member) {
      Connect(member);
      Say(member, kJoin);
    }
  }

  std::optional<Rooms> rooms_;
  TimePoint now_{std::chrono::hours(1)};
  int ids_ = 0;
};

}  // namespace koeru::server::web
