#include "native_server/web/signal_message.h"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cctype>
#include <initializer_list>

#include "native_server/io/json_view.h"
#include "native_server/web/json_members.h"
#include "native_server/web/member_id.h"

namespace koeru::server::web {
namespace {

namespace json = boost::json;

constexpr size_t kLongestName = 64;  // characters, not bytes
constexpr int64_t kLargestCount = (int64_t{1} << 53) - 1;
constexpr const char* kBadSecret = "\"secret\" must be 22 to 64 of A-Z a-z 0-9 _ -";
constexpr const char* kBadCount = "\"received\" must be a whole number from 0 on";

std::nullopt_t Fail(std::string* problem, std::string text) {
  *problem = std::move(text);
  return std::nullopt;
}

bool HasOnly(const json::object& object, std::initializer_list<std::string_view> names) {
  return std::all_of(object.begin(), object.end(), [&](const json::key_value_pair& member) {
    const std::string_view key(member.key().data(), member.key().size());
    return std::find(names.begin(), names.end(), key) != names.end();
  });
}

// A number of messages; of a size that every JSON reader keeps exact (RFC 8259 §6).
std::optional<uint64_t> CountIn(const json::object& object, json::string_view name) {
  const json::value* value = object.if_contains(name);
  const int64_t* number = value == nullptr ? nullptr : value->if_int64();
  if (number == nullptr || *number < 0 || *number > kLargestCount) return std::nullopt;
  return static_cast<uint64_t>(*number);
}

// 1 to 64 characters without control characters (Unicode's C0, DEL and C1).
bool IsMemberName(std::string_view name) {
  size_t characters = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if ((byte & 0xC0) != 0x80) ++characters;
    if (byte < 0x20 || byte == 0x7F) return false;
    if (byte == 0xC2 && i + 1 < name.size() && static_cast<unsigned char>(name[i + 1]) < 0xA0) {
      return false;  // U+0080 to U+009F
    }
  }
  return characters >= 1 && characters <= kLongestName;
}

// The one member of a message that is an object, as it was sent, however its name was escaped.
std::string_view ObjectIn(std::string_view text) {
  std::string_view found;
  for (const JsonMember& member : TopLevelMembers(text)) {
    if (member.value.starts_with('{')) found = member.value;
  }
  return found;
}

std::optional<ClientMessage> ToJoin(const json::object& object, std::string_view text,
                                    std::string* problem) {
  if (!HasOnly(object, {"type", "room", "name", "secret", "peer"})) {
    return Fail(problem, "\"join\" takes \"room\", \"name\", \"secret\" and \"peer\" only");
  }
  JoinMessage join;
  if (const json::value* peer = object.if_contains("peer"); peer != nullptr) {
    if (!peer->is_object()) return Fail(problem, "\"peer\" must be an object");
    join.peer = ObjectIn(text);
  }
  const auto room = TextIn(object, "room");
  if (!room) return Fail(problem, "\"join\" needs \"room\", a string");
  join.room = *room;
  if (object.contains("name")) {
    join.name = TextIn(object, "name");
    if (!join.name || !IsMemberName(*join.name)) {
      return Fail(problem, "\"name\" must be a string of 1 to 64 characters, none a control one");
    }
  }
  if (object.contains("secret")) {
    join.secret = TextIn(object, "secret");
    if (!join.secret || !IsMemberSecret(*join.secret)) return Fail(problem, kBadSecret);
  }
  return join;
}

std::optional<ClientMessage> ToResume(const json::object& object, std::string* problem) {
  if (!HasOnly(object, {"type", "room", "secret", "received"})) {
    return Fail(problem, "\"resume\" takes \"room\", \"secret\" and \"received\" only");
  }
  const auto room = TextIn(object, "room");
  if (!room) return Fail(problem, "\"resume\" needs \"room\", a string");
  const auto secret = TextIn(object, "secret");
  if (!secret || !IsMemberSecret(*secret)) return Fail(problem, kBadSecret);
  const std::optional<uint64_t> received = CountIn(object, "received");
  if (!received) return Fail(problem, kBadCount);
  return ResumeMessage{std::string(*room), std::string(*secret), *received};
}

std::optional<ClientMessage> ToAck(const json::object& object, std::string* problem) {
  if (!HasOnly(object, {"type", "received"})) {
    return Fail(problem, "\"ack\" takes \"received\" only");
  }
  const std::optional<uint64_t> received = CountIn(object, "received");
  if (!received) return Fail(problem, kBadCount);
  return AckMessage{*received};
}

std::optional<ClientMessage> ToSignal(const json::object& object, std::string_view text,
                                      std::string* problem) {
  if (!HasOnly(object, {"type", "to", "data", "n"})) {
    return Fail(problem, "\"signal\" takes \"to\", \"data\" and \"n\" only");
  }
  const auto to = TextIn(object, "to");
  if (!to) return Fail(problem, "\"signal\" needs \"to\", the id of a member");
  const json::value* data = object.if_contains("data");
  if (data == nullptr || !data->is_object()) {
    return Fail(problem, "\"signal\" needs \"data\", an object");
  }
  SignalMessage signal{std::string(*to), {}, {}};
  if (object.contains("n")) {
    signal.number = CountIn(object, "n");
    if (signal.number.value_or(0) == 0)
      return Fail(problem, "\"n\" must be a whole number from 1 on");
  }
  signal.data = ObjectIn(text);
  return signal;
}

}  // namespace

std::optional<ClientMessage> ParseClientMessage(std::string_view text, std::string* problem) {
  // Most messages fit into this; larger ones take memory from the heap while they are looked at.
  std::array<unsigned char, 4096> memory;
  json::monotonic_resource resource(memory.data(), memory.size());
  boost::system::error_code error;
  const json::value value = json::parse(JsonView(text), error, &resource);
  if (error) return Fail(problem, "not JSON: " + error.message());
  const json::object* object = value.if_object();
  if (object == nullptr) return Fail(problem, "a message is a JSON object");
  // RFC 8259 §4: what a name means that stands there twice is anybody's guess.
  if (TopLevelMembers(text).size() != object->size()) {
    return Fail(problem, "a member of the message stands there twice");
  }
  const auto type = TextIn(*object, "type");
  if (!type) return Fail(problem, "a message needs \"type\", a string");
  if (*type == "join") return ToJoin(*object, text, problem);
  if (*type == "signal") return ToSignal(*object, text, problem);
  if (*type == "resume") return ToResume(*object, problem);
  if (*type == "ack") return ToAck(*object, problem);
  if (*type == "leave") {
    if (!HasOnly(*object, {"type"})) return Fail(problem, "\"leave\" takes nothing else");
    return LeaveMessage{};
  }
  return Fail(problem, "\"type\" must be \"join\", \"resume\", \"signal\", \"ack\" or \"leave\"");
}

bool IsRoomName(std::string_view name) {
  return name.size() >= 8 && name.size() <= 64 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_' || c == '-';
         });
}

}  // namespace koeru::server::web
