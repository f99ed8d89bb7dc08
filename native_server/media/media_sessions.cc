#include "native_server/media/media_sessions.h"

#include <algorithm>

#include "core/ice/agent/binding_check.h"
#include "native_server/media/media_ufrag.h"

namespace koeru::server {

void MediaSessions::CarryOut(MediaOrder order, net::Instant now) {
  if (const auto* open = std::get_if<OpenMedia>(&order.what)) {
    return Open(order.session, *open, now);
  }
  const auto found = entries_.find(order.session);
  if (found == entries_.end()) return;  // it ended meanwhile
  if (std::holds_alternative<CloseMedia>(order.what)) return Close(order.session, now);
  Entry& entry = found->second;
  std::visit(
      [&](auto&& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (!std::is_same_v<What, OpenMedia> && !std::is_same_v<What, CloseMedia>) {
          entry.session->CarryOut(std::move(what), now);
        }
      },
      std::move(order.what));
  LearnUfrags(entry);
  Arm(entry);
}

void MediaSessions::Open(MediaSessionId id, const OpenMedia& open, net::Instant now) {
  Entry& entry = entries_[id];
  entry.session = std::make_unique<MediaSession>(id, open, options_.addresses, options_.worker,
                                                 random_, reports_, sender_, now);
  LearnUfrags(entry);
  Arm(entry);
}

void MediaSessions::Close(MediaSessionId id, net::Instant now) {
  const auto found = entries_.find(id);
  Entry& entry = found->second;
  entry.session->Close(now);
  for (const std::string& ufrag : entry.ufrags) by_ufrag_.erase(ufrag);
  for (const ice::Path& path : entry.paths) by_path_.erase(path);
  Disarm(entry);
  entries_.erase(found);
}

void MediaSessions::CloseAll(net::Instant now) {
  while (!entries_.empty()) Close(entries_.begin()->first, now);
}

bool MediaSessions::OnStun(const ice::Path& path, Bytes message, net::Instant now) {
  const auto parsed = stun::MessageView::Parse(message);
  if (!parsed.ok() || parsed->type().method != stun::Method::kBinding) return false;
  Entry* const entry = ByMessage(path, *parsed);
  if (entry == nullptr || !entry->session->OnStun(path, message, now)) return false;
  LearnPath(*entry, path);
  Arm(*entry);
  return true;
}

bool MediaSessions::OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now) {
  Entry* const entry = ByPath(path);
  if (entry == nullptr) return false;
  entry->session->OnDatagram(path, datagram, now);
  Arm(*entry);
  return true;
}

void MediaSessions::OnPathGone(const ice::Path& path, net::Instant now) {
  Entry* const entry = ByPath(path);
  if (entry == nullptr) return;
  std::erase(entry->paths, path);
  by_path_.erase(path);
  entry->session->OnPathGone(path, now);
  Arm(*entry);
}

void MediaSessions::OnTimeout(net::Instant now) {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    Entry& entry = entries_.find(deadlines_.begin()->second)->second;
    Disarm(entry);
    entry.session->OnTimeout(now);
    Arm(entry);
    // Due again at once is due in the next turn of the loop.
    if (entry.armed <= now) break;
  }
}

void MediaSessions::Arm(Entry& entry) {
  const net::Instant deadline = entry.session->NextDeadline();
  if (deadline >= entry.armed) return;
  Disarm(entry);
  entry.armed = deadline;
  deadlines_.insert({deadline, entry.session->id()});
}

void MediaSessions::Disarm(Entry& entry) {
  if (entry.armed != net::Instant::Max()) deadlines_.erase({entry.armed, entry.session->id()});
  entry.armed = net::Instant::Max();
}

void MediaSessions::LearnUfrags(Entry& entry) {
  if (entry.ufrags == entry.session->ufrags()) return;
  for (const std::string& ufrag : entry.ufrags) by_ufrag_.erase(ufrag);
  entry.ufrags = entry.session->ufrags();
  for (const std::string& ufrag : entry.ufrags) by_ufrag_[ufrag] = entry.session->id();
}

void MediaSessions::LearnPath(Entry& entry, const ice::Path& path) {
  const auto [known, is_new] = by_path_.try_emplace(path, entry.session->id());
  if (!is_new) {
    if (known->second == entry.session->id()) return;
    // The peer's socket, which it now uses for another session.
    if (const auto before = entries_.find(known->second); before != entries_.end()) {
      std::erase(before->second.paths, path);
    }
    known->second = entry.session->id();
  }
  entry.paths.push_back(path);
  if (entry.paths.size() <= kMaxPaths) return;
  const auto selected = entry.session->selected();
  const auto oldest = std::find_if(entry.paths.begin(), entry.paths.end(),
                                   [&](const ice::Path& other) { return other != selected; });
  by_path_.erase(*oldest);
  entry.paths.erase(oldest);
}

// A check names us by its ufrag, an answer by its ID; an indication keeps a known path open.
MediaSessions::Entry* MediaSessions::ByMessage(const ice::Path& path,
                                               const stun::MessageView& message) {
  const stun::Class kind = message.type().message_class;
  if (kind == stun::Class::kIndication) return ByPath(path);
  MediaSessionId id = SessionOfTransaction(message.transaction_id());
  if (kind == stun::Class::kRequest) {
    const auto named = by_ufrag_.find(ice::UfragOfCheck(message));
    if (named == by_ufrag_.end()) return nullptr;
    id = named->second;
  }
  const auto found = entries_.find(id);
  return found == entries_.end() ? nullptr : &found->second;
}

MediaSessions::Entry* MediaSessions::ByPath(const ice::Path& path) {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : &entries_.find(found->second)->second;
}

bool MediaSessions::IsConsistent() const {
  size_t ufrags = 0, paths = 0, armed = 0;
  for (const auto& [id, entry] : entries_) {
    if (entry.paths.size() > kMaxPaths || !entry.session->IsConsistent()) return false;
    for (const std::string& ufrag : entry.ufrags) {
      const auto found = by_ufrag_.find(ufrag);
      if (found == by_ufrag_.end() || found->second != id) return false;
    }
    for (const ice::Path& path : entry.paths) {
      const auto found = by_path_.find(path);
      if (found == by_path_.end() || found->second != id) return false;
    }
    if (entry.armed != net::Instant::Max() && !deadlines_.contains({entry.armed, id})) return false;
    // Never later than what it is for.
    if (entry.armed > entry.session->NextDeadline()) return false;
    ufrags += entry.ufrags.size();
    paths += entry.paths.size();
    armed += entry.armed == net::Instant::Max() ? 0 : 1;
  }
  return ufrags == by_ufrag_.size() && paths == by_path_.size() && armed == deadlines_.size();
}

}  // namespace koeru::server
