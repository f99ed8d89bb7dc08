// The messages that the room server sends (SIGNALLING.md, "What the server sends"), as JSON text.
#pragma once

#include <cstdint>
#include <memory>
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
  kNotResumable,
  kReplaced,
  kNoPeer,
};

std::string_view ToString(ErrorCode code);

// `grace_s`: for how long the member may lose its connection; none for one without a secret.
std::string JoinedText(std::string_view room, std::string_view self,
                       const std::vector<MemberInfo>& members,
                       std::optional<int64_t> grace_s = std::nullopt);
std::string ResumedText(std::string_view room, std::string_view self, uint64_t received);
std::string AckText(uint64_t received);
std::string MemberJoinedText(const MemberInfo& member);
// `is_lost`: its connection broke, and the time in which it could have come back is over.
std::string MemberLeftText(std::string_view id, bool is_lost = false);
std::string SignalText(std::string_view from, std::string_view data);
// For actions to several members.
std::shared_ptr<const std::string> SharedText(std::string text);
std::string ErrorText(ErrorCode code, std::string_view message, bool fatal);

}  // namespace koeru::server::web
