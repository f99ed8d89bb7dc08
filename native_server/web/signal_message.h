// The messages of SIGNALLING.md as values, and their JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace koeru::server::web {

struct JoinMessage {
  std::string room;
  std::optional<std::string> name;
};
struct SignalMessage {
  std::string to;
  std::string_view data;  // the object exactly as it was sent; a view into the parsed text
};
struct LeaveMessage {};

using ClientMessage = std::variant<JoinMessage, SignalMessage, LeaveMessage>;

// Strict: RFC 8259 only, UTF-8 only, at most 32 levels, no member twice, no unknown member. On
// failure `problem` says in words what is wrong.
std::optional<ClientMessage> ParseClientMessage(std::string_view text, std::string* problem);

// [A-Za-z0-9_-]{8,64}
bool IsRoomName(std::string_view name);

}  // namespace koeru::server::web
