// The messages of SIGNALLING.md as values, and their JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace koeru::server::web {

struct JoinMessage {
  std::string room;
  std::optional<std::string> name{};
  std::optional<std::string> secret{};  // who wants to come back after a lost connection has one
  // The object, as it was sent, of who wants to call the media peer; else empty.
  std::string peer{};
};
struct ResumeMessage {
  std::string room;
  std::string secret;
  uint64_t received = 0;  // messages from the server, see KeptMessages
};
struct SignalMessage {
  std::string to;
  std::string_view data;  // the object exactly as it was sent; a view into the parsed text
  std::optional<uint64_t> number{};
};
struct AckMessage {
  uint64_t received = 0;
};
struct LeaveMessage {};

using ClientMessage =
    std::variant<JoinMessage, ResumeMessage, SignalMessage, AckMessage, LeaveMessage>;

// Strict: RFC 8259 only, UTF-8 only, at most 32 levels, no member twice, no unknown member. On
// failure `problem` says in words what is wrong.
std::optional<ClientMessage> ParseClientMessage(std::string_view text, std::string* problem);

// [A-Za-z0-9_-]{8,64}
bool IsRoomName(std::string_view name);

}  // namespace koeru::server::web
