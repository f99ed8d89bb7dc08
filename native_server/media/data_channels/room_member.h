// The echo as a member of a room: its half of koeru.control (js/CALL.md, "What travels: data
// channels"), without channels or time.
//
//   RoomMember member("random id");
//   for (const std::string& text : member.OnControl(message)) Send(text);   // on koeru.control
//   if (auto text = member.OnData(size)) Send(*text);                       // after a koeru.data
//
// A member lives as long as its association; the next one has another id, so to the page it is
// another page, which has received nothing ("Nothing is lost"). What it says is therefore not kept.
//
// Messages are at most as long as a channel's; depth and memory of their JSON are bounded. What is
// no JSON object, or of an unknown type, is ignored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::server {

class RoomMember {
 public:
  // "At least one for each 256 KiB, where a message counts as its bytes and 64 more."
  static constexpr size_t kAckBytes = 256 << 10;
  static constexpr size_t kMessageBytes = 64;
  // Of the page's id; ours answers with it.
  static constexpr size_t kMostIdBytes = 256;

  explicit RoomMember(std::string id) : id_(std::move(id)) {}

  // The answers, in order. To the first message of all "received" comes first.
  std::vector<std::string> OnControl(std::string_view message);
  // One came on koeru.data: an acknowledgement when it is time for one.
  std::optional<std::string> OnData(size_t bytes);

 private:
  struct Lane {
    uint64_t received = 0;
    size_t unacknowledged_bytes = 0;
    bool Count(size_t bytes);
  };
  std::string Received() const;
  void OnReceived(std::string_view page);

  std::string id_;
  std::string page_;  // the id of the page's; empty while it is unknown
  bool has_begun_ = false;
  Lane text_;
  Lane data_;
};

}  // namespace koeru::server
