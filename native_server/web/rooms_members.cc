// Rooms: how members come in, talk, and go.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "native_server/web/member_id.h"
#include "native_server/web/rooms.h"

namespace koeru::server::web {

bool Rooms::MayEnter(ConnectionId id, Connection& connection, const std::string& room,
                     TimePoint now, RoomActions& actions) {
  const auto refuse = [&](ErrorCode code, std::string_view message) {
    Complain(id, connection, code, message, now, actions);
    return false;
  };
  if (connection.member != nullptr) {
    return refuse(ErrorCode::kAlreadyJoined, "already in a room: send \"leave\" first");
  }
  if (!IsRoomName(room)) {
    return refuse(ErrorCode::kBadRoom, "a room's name is 8 to 64 of A-Z a-z 0-9 _ -");
  }
  // Before anything is said about the room, so that names cannot be tried out at speed.
  if (!joins_.Take(connection.source, now)) {
    return refuse(ErrorCode::kTooFast,
                  absl::StrCat("too many joins from your address: try again in ",
                               joins_.WaitFor(connection.source, now).count(), " s"));
  }
  return true;
}

void Rooms::Handle(ConnectionId id, Connection& connection, const JoinMessage& join, TimePoint now,
                   RoomActions& actions) {
  if (!MayEnter(id, connection, join.room, now, actions)) return;
  if (!join.peer.empty() && !limits_.has_peer) {
    return Complain(id, connection, ErrorCode::kNoPeer,
                    "this server has no media peer: its operator starts it with media-peer", now,
                    actions);
  }
  const std::string member_id = join.secret ? MemberIdOf(*join.secret) : make_id_();
  // Its earlier self, which could not be resumed.
  if (Member* earlier = Find(join.room, member_id)) {
    Displace(*earlier, actions);
    Remove(*earlier, /*is_lost=*/false, actions);
  }
  auto room = members_by_room_.find(join.room);
  if (room == members_by_room_.end()) {
    if (members_by_room_.size() >= limits_.rooms) {
      return Complain(id, connection, ErrorCode::kServerFull,
                      "the server has no room left: try again later", now, actions);
    }
    room = members_by_room_.emplace(join.room, Members()).first;
  }
  if (room->second.size() >= limits_.members_per_room) {
    return Complain(id, connection, ErrorCode::kRoomFull,
                    absl::StrCat("the room has its ", limits_.members_per_room, " members"), now,
                    actions);
  }
  auto member = std::make_unique<Member>(
      Member{.room = join.room, .info = {member_id, join.name}, .connection = id});
  if (join.secret) member->kept.emplace(limits_.kept_messages, limits_.kept_bytes);
  const auto announcement = SharedText(MemberJoinedText(member->info));
  std::vector<MemberInfo> present;
  for (const auto& other : room->second) {
    present.push_back(other->info);
    Tell(*other, announcement, actions);
  }
  if (!join.peer.empty()) {
    member->peer = make_id_();
    by_peer_[member->peer] = member.get();
    present.push_back({member->peer, "Echo"});
    actions.push_back({.peer = PeerLetter{PeerLetter::Kind::kBegin, member->peer, join.peer}});
  }
  const auto grace = join.secret ? std::optional<int64_t>(limits_.grace.count()) : std::nullopt;
  actions.push_back(
      {.to = id, .text = SharedText(JoinedText(join.room, member_id, present, grace))});
  connection.member = member.get();
  SetJoinDeadline(id, connection, std::nullopt);
  room->second.push_back(std::move(member));
}

void Rooms::Handle(ConnectionId id, Connection& connection, const ResumeMessage& resume,
                   TimePoint now, RoomActions& actions) {
  if (!MayEnter(id, connection, resume.room, now, actions)) return;
  Member* member = Find(resume.room, MemberIdOf(resume.secret));
  if (member == nullptr || !member->kept || !member->kept->Covers(resume.received)) {
    return Complain(id, connection, ErrorCode::kNotResumable,
                    "there is nothing to come back to: send \"join\" with the same secret", now,
                    actions);
  }
  Displace(*member, actions);
  SetAbsent(*member, std::nullopt);
  member->connection = id;
  member->kept->Acknowledge(resume.received);
  connection.member = member;
  SetJoinDeadline(id, connection, std::nullopt);
  actions.push_back(
      {.to = id, .text = SharedText(ResumedText(resume.room, member->info.id, member->received))});
  for (auto& text : member->kept->After(resume.received)) {
    actions.push_back({.to = id, .text = std::move(text)});
  }
}

void Rooms::Handle(ConnectionId id, Connection& connection, const SignalMessage& signal,
                   TimePoint now, RoomActions& actions) {
  if (connection.member == nullptr) {
    return Complain(id, connection, ErrorCode::kNotJoined, "join a room first", now, actions);
  }
  if (!IsNext(signal, connection, actions)) return;
  if (!connection.member->peer.empty() && signal.to == connection.member->peer) {
    actions.push_back(
        {.peer = PeerLetter{PeerLetter::Kind::kSignal, signal.to, std::string(signal.data)}});
    return;
  }
  Member* other = Find(connection.member->room, signal.to);
  if (other == nullptr || other == connection.member) {
    return Complain(id, connection, ErrorCode::kUnknownMember,
                    "no other member of the room has this id", now, actions);
  }
  Tell(*other, SharedText(SignalText(connection.member->info.id, signal.data)), actions);
}

bool Rooms::IsNext(const SignalMessage& signal, Connection& connection, RoomActions& actions) {
  if (!signal.number) return true;
  Member& member = *connection.member;
  if (*signal.number == member.received + 1) {
    member.received = *signal.number;
    return true;
  }
  // One before it was dropped, for speed: the client learns from where to send again.
  if (*signal.number > member.received) {
    actions.push_back({.to = *member.connection, .text = SharedText(AckText(member.received))});
  }
  return false;
}

void Rooms::Handle(ConnectionId id, Connection& connection, const AckMessage& ack, TimePoint now,
                   RoomActions& actions) {
  Member* member = connection.member;
  if (member == nullptr) {
    return Complain(id, connection, ErrorCode::kNotJoined, "join a room first", now, actions);
  }
  if (!member->kept || !member->kept->Acknowledge(ack.received)) {
    return Complain(id, connection, ErrorCode::kBadMessage,
                    member->kept ? "\"received\" is more than was sent"
                                 : "\"ack\" needs a \"join\" with a secret",
                    now, actions);
  }
  actions.push_back({.to = id, .text = SharedText(AckText(member->received))});
}

void Rooms::Handle(ConnectionId id, Connection& connection, const LeaveMessage& /*leave*/,
                   TimePoint now, RoomActions& actions) {
  if (connection.member == nullptr) {
    return Complain(id, connection, ErrorCode::kNotJoined, "not in a room", now, actions);
  }
  LeaveRoom(id, connection, now, actions);
}

void Rooms::Tell(Member& member, std::shared_ptr<const std::string> text, RoomActions& actions) {
  if (member.kept) member.kept->Add(text);
  if (member.connection) actions.push_back({.to = *member.connection, .text = std::move(text)});
}

void Rooms::OnPeerSignal(const std::string& page, std::string_view data, RoomActions& actions) {
  const auto member = by_peer_.find(page);
  if (member == by_peer_.end()) return;
  Tell(*member->second, SharedText(SignalText(page, data)), actions);
}

void Rooms::Displace(Member& member, RoomActions& actions) {
  if (!member.connection) return;
  actions.push_back(
      {.to = *member.connection,
       .text = SharedText(
           ErrorText(ErrorCode::kReplaced, "this member came back on another connection", true)),
       .close = CloseCode::kPolicyViolation});
  connections_.erase(*member.connection);
  member.connection = std::nullopt;
}

void Rooms::LeaveRoom(ConnectionId id, Connection& connection, TimePoint now,
                      RoomActions& actions) {
  if (connection.member == nullptr) return;
  Remove(*std::exchange(connection.member, nullptr), /*is_lost=*/false, actions);
  SetJoinDeadline(id, connection, now + limits_.join_time);
}

void Rooms::Remove(Member& member, bool is_lost, RoomActions& actions) {
  SetAbsent(member, std::nullopt);
  if (!member.peer.empty()) {
    by_peer_.erase(member.peer);
    actions.push_back({.peer = PeerLetter{PeerLetter::Kind::kEnd, member.peer}});
  }
  const auto room = members_by_room_.find(member.room);
  const auto announcement = SharedText(MemberLeftText(member.info.id, is_lost));
  // The member itself lives in this table, so nothing of it is used behind this line.
  std::erase_if(room->second, [&](const auto& other) { return other.get() == &member; });
  for (const auto& other : room->second) Tell(*other, announcement, actions);
  if (room->second.empty()) members_by_room_.erase(room);
}

Rooms::Member* Rooms::Find(const std::string& room, std::string_view id) const {
  const auto members = members_by_room_.find(room);
  if (members == members_by_room_.end()) return nullptr;
  const auto found = std::find_if(members->second.begin(), members->second.end(),
                                  [&](const auto& member) { return member->info.id == id; });
  return found == members->second.end() ? nullptr : found->get();
}

void Rooms::SetAbsent(Member& member, std::optional<TimePoint> until) {
  if (member.absent_until) absent_deadlines_.erase({*member.absent_until, &member});
  member.absent_until = until;
  if (until) absent_deadlines_.insert({*until, &member});
}

}  // namespace koeru::server::web
