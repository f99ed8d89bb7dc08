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

void Rooms::OnLost(ConnectionId id, TimePoint now, RoomActions& actions) {
  const auto entry = connections_.find(id);
  if (entry == connections_.end()) return;
  Member* member = entry->second.member;
  if (member != nullptr && member->kept && absent_deadlines_.size() < limits_.absent_members) {
    member->connection = std::nullopt;
    SetAbsent(*member, now + limits_.grace);
    entry->second.member = nullptr;
    connections_.erase(entry);
    return;
  }
  OnDisconnect(id, now, actions);
}

std::optional<TimePoint> Rooms::NextDeadline() const {
  std::optional<TimePoint> next;
  if (!join_deadlines_.empty()) next = join_deadlines_.begin()->first;
  if (!absent_deadlines_.empty()) {
    const TimePoint absent = absent_deadlines_.begin()->first;
    next = next ? std::min(*next, absent) : absent;
  }
  return next;
}

void Rooms::OnTimeout(TimePoint now, RoomActions& actions) {
  while (!join_deadlines_.empty() && join_deadlines_.begin()->first <= now) {
    Expel(join_deadlines_.begin()->second, ErrorCode::kNotJoined,
          absl::StrCat("no room was joined within ", limits_.join_time.count(), " seconds"),
          CloseCode::kPolicyViolation, now, actions);
  }
  while (!absent_deadlines_.empty() && absent_deadlines_.begin()->first <= now) {
    Remove(*absent_deadlines_.begin()->second, /*is_lost=*/true, actions);
  }
  assert(IsConsistent());
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
                     .text = SharedText(ErrorText(
                         ErrorCode::kTooFast,
                         "messages come faster than allowed; this one was dropped", false))});
}

void Rooms::Complain(ConnectionId id, Connection& connection, ErrorCode code,
                     std::string_view message, TimePoint now, RoomActions& actions) {
  connection.messages.Charge(kRefusalCost, now);
  actions.push_back({.to = id, .text = SharedText(ErrorText(code, message, false))});
}

void Rooms::Expel(ConnectionId id, ErrorCode code, std::string_view message, CloseCode close,
                  TimePoint now, RoomActions& actions) {
  actions.push_back({.to = id, .text = SharedText(ErrorText(code, message, true)), .close = close});
  OnDisconnect(id, now, actions);
}

void Rooms::SetJoinDeadline(ConnectionId id, Connection& connection,
                            std::optional<TimePoint> deadline) {
  if (connection.join_by) join_deadlines_.erase({*connection.join_by, id});
  connection.join_by = deadline;
  if (deadline) join_deadlines_.insert({*deadline, id});
}

bool Rooms::IsConsistent() const {
  size_t present = 0;
  size_t absent = 0;
  for (const auto& [name, members] : members_by_room_) {
    if (members.empty() || members.size() > limits_.members_per_room) return false;
    for (const auto& member : members) {
      if (member->room != name) return false;
      if (member->connection.has_value() == member->absent_until.has_value()) return false;
      if (member->absent_until) {
        if (!absent_deadlines_.contains({*member->absent_until, member.get()})) return false;
        ++absent;
        continue;
      }
      const auto entry = connections_.find(*member->connection);
      if (entry == connections_.end() || entry->second.member != member.get()) return false;
      ++present;
    }
  }
  size_t waiting = 0;
  for (const auto& [id, connection] : connections_) {
    if ((connection.member == nullptr) != connection.join_by.has_value()) return false;
    if (connection.join_by && !join_deadlines_.contains({*connection.join_by, id})) return false;
    waiting += connection.join_by.has_value() ? 1 : 0;
  }
  return members_by_room_.size() <= limits_.rooms && waiting == join_deadlines_.size() &&
         absent == absent_deadlines_.size() && absent <= limits_.absent_members &&
         present + waiting == connections_.size();
}

}  // namespace koeru::server::web
