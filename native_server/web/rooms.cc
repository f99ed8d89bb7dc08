#include "native_server/web/rooms.h"

#include <algorithm>
#include <cassert>
#include <variant>

#include "absl/strings/str_cat.h"

namespace koeru::server::web {
namespace {

// A message costs one token and one more for each of these bytes.
constexpr double kBytesPerToken = 4096;
// A refused message costs this much on top, so that errors cannot be had at full speed.
constexpr double kRefusalCost = 4;
constexpr std::chrono::seconds kComplaintInterval{1};

std::shared_ptr<const std::string> Shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

Rooms::Rooms(RoomLimits limits, MakeId make_id)
    : limits_(limits),
      make_id_(std::move(make_id)),
      joins_(limits.joins_burst, limits.joins_per_s) {}

void Rooms::OnConnect(ConnectionId id, const SourceKey& source, TimePoint now) {
  Connection connection{
      .source = source,
      .messages = TokenBucket(limits_.messages_burst, limits_.messages_per_s, now),
      .patience = TokenBucket(limits_.patience, 1, now),
      .next_complaint = now,
      .join_by = std::nullopt};
  const auto [entry, inserted] = connections_.emplace(id, std::move(connection));
  assert(inserted);
  SetJoinDeadline(id, entry->second, now + limits_.join_time);
}

void Rooms::OnText(ConnectionId id, std::string_view text, TimePoint now, RoomActions& actions) {
  if (text.size() > limits_.message_bytes) return OnTooLarge(id, now, actions);
  const auto entry = connections_.find(id);
  if (entry == connections_.end()) return;  // it was told to close
  Connection& connection = entry->second;
  if (!connection.messages.Take(1 + static_cast<double>(text.size()) / kBytesPerToken, now)) {
    return OnTooFast(id, connection, now, actions);
  }
  std::string problem;
  const std::optional<ClientMessage> message = ParseClientMessage(text, &problem);
  if (!message) return Complain(id, connection, ErrorCode::kBadMessage, problem, now, actions);
  std::visit([&](const auto& m) { Handle(id, connection, m, now, actions); }, *message);
  assert(IsConsistent());
}

void Rooms::OnTooLarge(ConnectionId id, TimePoint now, RoomActions& actions) {
  if (!connections_.contains(id)) return;
  Expel(id, ErrorCode::kTooLarge,
        absl::StrCat("a message may have ", limits_.message_bytes, " bytes at most"),
        CloseCode::kTooBig, now, actions);
}

void Rooms::OnDisconnect(ConnectionId id, TimePoint now, RoomActions& actions) {
  const auto entry = connections_.find(id);
  if (entry == connections_.end()) return;
  LeaveRoom(id, entry->second, now, actions);
  SetJoinDeadline(id, entry->second, std::nullopt);
  connections_.erase(entry);
}

std::optional<TimePoint> Rooms::NextDeadline() const {
  if (join_deadlines_.empty()) return std::nullopt;
  return join_deadlines_.begin()->first;
}

void Rooms::OnTimeout(TimePoint now, RoomActions& actions) {
  while (!join_deadlines_.empty() && join_deadlines_.begin()->first <= now) {
    Expel(join_deadlines_.begin()->second, ErrorCode::kNotJoined,
          absl::StrCat("no room was joined within ", limits_.join_time.count(), " seconds"),
          CloseCode::kPolicyViolation, now, actions);
  }
}

void Rooms::Handle(ConnectionId id, Connection& connection, const JoinMessage& join, TimePoint now,
                   RoomActions& actions) {
  const auto refuse = [&](ErrorCode code, std::string_view message) {
    Complain(id, connection, code, message, now, actions);
  };
  if (!connection.room.empty()) {
    return refuse(ErrorCode::kAlreadyJoined, "already in a room: send \"leave\" first");
  }
  if (!IsRoomName(join.room)) {
    return refuse(ErrorCode::kBadRoom, "a room's name is 8 to 64 of A-Z a-z 0-9 _ -");
  }
  // Before anything is said about the room, so that names cannot be tried out at speed.
  if (!joins_.Take(connection.source, now)) {
    return refuse(ErrorCode::kTooFast,
                  absl::StrCat("too many joins from your address: try again in ",
                               joins_.WaitFor(connection.source, now).count(), " s"));
  }
  auto room = members_by_room_.find(join.room);
  if (room == members_by_room_.end()) {
    if (members_by_room_.size() >= limits_.rooms) {
      return refuse(ErrorCode::kServerFull, "the server has no room left: try again later");
    }
    room = members_by_room_.emplace(join.room, Members()).first;
  }
  if (room->second.size() >= limits_.members_per_room) {
    return refuse(ErrorCode::kRoomFull,
                  absl::StrCat("the room has its ", limits_.members_per_room, " members"));
  }
  connection.room = join.room;
  connection.info = {make_id_(), join.name};
  SetJoinDeadline(id, connection, std::nullopt);
  const auto announcement = Shared(MemberJoinedText(connection.info));
  std::vector<MemberInfo> present;
  for (const ConnectionId other : room->second) {
    present.push_back(connections_.at(other).info);
    actions.push_back({.to = other, .text = announcement});
  }
  actions.push_back({.to = id, .text = Shared(JoinedText(join.room, connection.info.id, present))});
  room->second.push_back(id);
}

void Rooms::Handle(ConnectionId id, Connection& connection, const SignalMessage& signal,
                   TimePoint now, RoomActions& actions) {
  if (connection.room.empty()) {
    return Complain(id, connection, ErrorCode::kNotJoined, "join a room first", now, actions);
  }
  for (const ConnectionId other : members_by_room_.at(connection.room)) {
    if (other == id || connections_.at(other).info.id != signal.to) continue;
    actions.push_back({.to = other, .text = Shared(SignalText(connection.info.id, signal.data))});
    return;
  }
  Complain(id, connection, ErrorCode::kUnknownMember, "no other member of the room has this id",
           now, actions);
}

void Rooms::Handle(ConnectionId id, Connection& connection, const LeaveMessage& /*leave*/,
                   TimePoint now, RoomActions& actions) {
  if (connection.room.empty()) {
    return Complain(id, connection, ErrorCode::kNotJoined, "not in a room", now, actions);
  }
  LeaveRoom(id, connection, now, actions);
}

void Rooms::OnTooFast(ConnectionId id, Connection& connection, TimePoint now,
                      RoomActions& actions) {
  if (!connection.patience.Take(1, now)) {
    return Expel(id, ErrorCode::kTooFast, "messages kept coming faster than allowed",
                 CloseCode::kPolicyViolation, now, actions);
  }
  // One complaint a second: a flood must not be answered with a flood.
  if (now < connection.next_complaint) return;
  connection.next_complaint = now + kComplaintInterval;
  actions.push_back({.to = id,
                     .text = Shared(ErrorText(
                         ErrorCode::kTooFast,
                         "messages come faster than allowed; this one was dropped", false))});
}

void Rooms::Complain(ConnectionId id, Connection& connection, ErrorCode code,
                     std::string_view message, TimePoint now, RoomActions& actions) {
  connection.messages.Charge(kRefusalCost, now);
  actions.push_back({.to = id, .text = Shared(ErrorText(code, message, false))});
}

void Rooms::Expel(ConnectionId id, ErrorCode code, std::string_view message, CloseCode close,
                  TimePoint now, RoomActions& actions) {
  actions.push_back({.to = id, .text = Shared(ErrorText(code, message, true)), .close = close});
  OnDisconnect(id, now, actions);
}

void Rooms::LeaveRoom(ConnectionId id, Connection& connection, TimePoint now,
                      RoomActions& actions) {
  if (connection.room.empty()) return;
  const auto room = members_by_room_.find(connection.room);
  std::erase(room->second, id);
  const auto announcement = Shared(MemberLeftText(connection.info.id));
  for (const ConnectionId other : room->second) {
    actions.push_back({.to = other, .text = announcement});
  }
  if (room->second.empty()) members_by_room_.erase(room);
  connection.room.clear();
  SetJoinDeadline(id, connection, now + limits_.join_time);
}

void Rooms::SetJoinDeadline(ConnectionId id, Connection& connection,
                            std::optional<TimePoint> deadline) {
  if (connection.join_by) join_deadlines_.erase({*connection.join_by, id});
  connection.join_by = deadline;
  if (deadline) join_deadlines_.insert({*deadline, id});
}

bool Rooms::IsConsistent() const {
  size_t in_rooms = 0;
  for (const auto& [name, members] : members_by_room_) {
    if (members.empty() || members.size() > limits_.members_per_room) return false;
    for (const ConnectionId id : members) {
      const auto entry = connections_.find(id);
      if (entry == connections_.end() || entry->second.room != name) return false;
    }
    in_rooms += members.size();
  }
  size_t waiting = 0;
  for (const auto& [id, connection] : connections_) {
    if (connection.room.empty() != connection.join_by.has_value()) return false;
    if (connection.join_by && !join_deadlines_.contains({*connection.join_by, id})) return false;
    waiting += connection.join_by.has_value() ? 1 : 0;
  }
  return members_by_room_.size() <= limits_.rooms && waiting == join_deadlines_.size() &&
         in_rooms + waiting == connections_.size();
}

}  // namespace koeru::server::web
