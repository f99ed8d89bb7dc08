// The messages that the room server sends (SIGNALLING.md, "What the server sends"), as JSON text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koeru::server::web {

struct MemberInfo {
  std::string id;
  std::optional<std::string> name;
};

enum class ErrorCode {
  kBadMessage,
  kBadRoom,
  kRoomFull,
  kServerFull,
  kAlreadyJoined,
  kNotJoined,
  kUnknownMember,
  kTooLarge,
  kTooFast,
};

std::string_view ToString(ErrorCode code);

std::string JoinedText(std::string_view room, std::string_view self,
                       const std::vector<MemberInfo>& members);
std::string MemberJoinedText(const MemberInfo& member);
std::string MemberLeftText(std::string_view id);
std::string SignalText(std::string_view from, std::string_view data);
std::string ErrorText(ErrorCode code, std::string_view message, bool fatal);

}  // namespace koeru::server::web
