#include "native_server/web/server_message.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/web/json_text.h"

namespace koeru::server::web {
namespace {

// {"id":...,"name":...} without its braces.
std::string MembersOf(const MemberInfo& member) {
  std::string text = absl::StrCat("\"id\":", JsonString(member.id));
  if (member.name) absl::StrAppend(&text, ",\"name\":", JsonString(*member.name));
  return text;
}

}  // namespace

std::string_view ToString(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadMessage:
      return "bad-message";
    case ErrorCode::kBadRoom:
      return "bad-room";
    case ErrorCode::kRoomFull:
      return "room-full";
    case ErrorCode::kServerFull:
      return "server-full";
    case ErrorCode::kAlreadyJoined:
      return "already-joined";
    case ErrorCode::kNotJoined:
      return "not-joined";
    case ErrorCode::kUnknownMember:
      return "unknown-member";
    case ErrorCode::kTooLarge:
      return "too-large";
    case ErrorCode::kTooFast:
      return "too-fast";
    case ErrorCode::kNotResumable:
      return "not-resumable";
    case ErrorCode::kReplaced:
      return "replaced";
    case ErrorCode::kNoPeer:
      return "no-peer";
  }
  return "bad-message";
}

std::string JoinedText(std::string_view room, std::string_view self,
                       const std::vector<MemberInfo>& members, std::optional<int64_t> grace_s) {
  std::string text = absl::StrCat("{\"type\":\"joined\",\"room\":", JsonString(room),
                                  ",\"self\":", JsonString(self), ",\"members\":[");
  std::string_view separator = "";
  for (const MemberInfo& member : members) {
    absl::StrAppend(&text, separator, "{", MembersOf(member), "}");
    separator = ",";
  }
  text += "]";
  if (grace_s) absl::StrAppend(&text, ",\"grace\":", *grace_s);
  return text + "}";
}

std::string ResumedText(std::string_view room, std::string_view self, uint64_t received) {
  return absl::StrCat("{\"type\":\"resumed\",\"room\":", JsonString(room),
                      ",\"self\":", JsonString(self), ",\"received\":", received, "}");
}

std::string AckText(uint64_t received) {
  return absl::StrCat("{\"type\":\"ack\",\"received\":", received, "}");
}

std::string MemberJoinedText(const MemberInfo& member) {
  return absl::StrCat("{\"type\":\"member-joined\",", MembersOf(member), "}");
}

std::string MemberLeftText(std::string_view id, bool is_lost) {
  return absl::StrCat("{\"type\":\"member-left\",\"id\":", JsonString(id),
                      is_lost ? ",\"lost\":true}" : "}");
}

std::string SignalText(std::string_view from, std::string_view data) {
  return absl::StrCat("{\"type\":\"signal\",\"from\":", JsonString(from), ",\"data\":", data, "}");
}

std::shared_ptr<const std::string> SharedText(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

std::string ErrorText(ErrorCode code, std::string_view message, bool fatal) {
  return absl::StrCat("{\"type\":\"error\",\"code\":\"", ToString(code),
                      "\",\"message\":", JsonString(message),
                      ",\"fatal\":", fatal ? "true" : "false", "}");
}

}  // namespace koeru::server::web
