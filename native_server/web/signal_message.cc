#include "native_server/web/signal_message.h"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cctype>
#include <initializer_list>

#include "native_server/web/json_members.h"

namespace koeru::server::web {
namespace {

namespace json = boost::json;

constexpr size_t kLongestName = 64;  // characters, not bytes

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

std::optional<std::string> StringIn(const json::object& object, json::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr) return std::nullopt;
  return std::string(text->data(), text->size());
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

std::optional<ClientMessage> ToJoin(const json::object& object, std::string* problem) {
  if (!HasOnly(object, {"type", "room", "name"})) {
    return Fail(problem, "\"join\" takes \"room\" and \"name\" only");
  }
  JoinMessage join;
  std::optional<std::string> room = StringIn(object, "room");
  if (!room) return Fail(problem, "\"join\" needs \"room\", a string");
  join.room = *std::move(room);
  if (object.contains("name")) {
    join.name = StringIn(object, "name");
    if (!join.name || !IsMemberName(*join.name)) {
      return Fail(problem, "\"name\" must be a string of 1 to 64 characters, none a control one");
    }
  }
  return join;
}

std::optional<ClientMessage> ToSignal(const json::object& object, std::string_view text,
                                      std::string* problem) {
  if (!HasOnly(object, {"type", "to", "data"})) {
    return Fail(problem, "\"signal\" takes \"to\" and \"data\" only");
  }
  std::optional<std::string> to = StringIn(object, "to");
  if (!to) return Fail(problem, "\"signal\" needs \"to\", the id of a member");
  const json::value* data = object.if_contains("data");
  if (data == nullptr || !data->is_object()) {
    return Fail(problem, "\"signal\" needs \"data\", an object");
  }
  SignalMessage signal{*std::move(to), {}};
  // The one member that is an object is `data`, however its name was escaped.
  for (const JsonMember& member : TopLevelMembers(text)) {
    if (member.value.starts_with('{')) signal.data = member.value;
  }
  return signal;
}

}  // namespace

std::optional<ClientMessage> ParseClientMessage(std::string_view text, std::string* problem) {
  // Most messages fit into this; larger ones take memory from the heap while they are looked at.
  std::array<unsigned char, 4096> memory;
  json::monotonic_resource resource(memory.data(), memory.size());
  boost::system::error_code error;
  const json::value value =
      json::parse(json::string_view(text.data(), text.size()), error, &resource);
  if (error) return Fail(problem, "not JSON: " + error.message());
  const json::object* object = value.if_object();
  if (object == nullptr) return Fail(problem, "a message is a JSON object");
  // RFC 8259 §4: what a name means that stands there twice is anybody's guess.
  if (TopLevelMembers(text).size() != object->size()) {
    return Fail(problem, "a member of the message stands there twice");
  }
  const std::optional<std::string> type = StringIn(*object, "type");
  if (!type) return Fail(problem, "a message needs \"type\", a string");
  if (*type == "join") return ToJoin(*object, problem);
  if (*type == "signal") return ToSignal(*object, text, problem);
  if (*type == "leave") {
    if (!HasOnly(*object, {"type"})) return Fail(problem, "\"leave\" takes nothing else");
    return LeaveMessage{};
  }
  return Fail(problem, "\"type\" must be \"join\", \"signal\" or \"leave\"");
}

bool IsRoomName(std::string_view name) {
  return name.size() >= 8 && name.size() <= 64 &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '_' || c == '-';
         });
}

}  // namespace koeru::server::web
