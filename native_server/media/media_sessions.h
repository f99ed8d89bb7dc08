// The media sessions of one worker: which of them a datagram belongs to, and when each wants to be
// called.
//
//   MediaSessions sessions({.worker = 0, .addresses = ...}, random, reports, sender);
//   sessions.CarryOut(std::move(order), now);                   // in the order of leaving
//   if (sessions.OnStun(path, message, now)) ...                // a check, or an answer to one
//   else if (sessions.OnDatagram(path, datagram, now)) ...      // DTLS, SRTP, SRTCP
//   if (now >= sessions.NextDeadline()) sessions.OnTimeout(now);
//
// A path is a session's after its peer has proved to know the password there (a good connectivity
// check, RFC 8445 section 7.3): until then nothing but STUN is looked at, so strangers cost a
// lookup. A session has kMaxPaths paths at most; the oldest is forgotten, unless it is the selected
// one.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/stun/message_view.h"
#include "native_server/media/media_session.h"

namespace koeru::server {

struct MediaSessionsOptions {
  size_t worker = 0;
  std::vector<MediaSession::Address> addresses{};  // host candidates of the server
};

class MediaSessions {
 public:
  static constexpr size_t kMaxPaths = 16;

  // What is passed in outlives this.
  MediaSessions(MediaSessionsOptions options, relay::RandomSource& random, MediaReports& reports,
                MediaSender& sender)
      : options_(std::move(options)), random_(random), reports_(reports), sender_(sender) {}

  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }

  void CarryOut(MediaOrder order, net::Instant now);

  // A STUN message. True: a session took it.
  bool OnStun(const ice::Path& path, Bytes message, net::Instant now);
  // Other bytes. False: that path is no session's.
  bool OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now);
  // A TCP connection has ended.
  void OnPathGone(const ice::Path& path, net::Instant now);
  bool HasPath(const ice::Path& path) const { return by_path_.contains(path); }

  net::Instant NextDeadline() const {
    return deadlines_.empty() ? net::Instant::Max() : deadlines_.begin()->first;
  }
  void OnTimeout(net::Instant now);

  // The server stops: everybody is told.
  void CloseAll(net::Instant now);

  // Who points to whom, and that all that is kept is within its bounds.
  bool IsConsistent() const;

 private:
  struct Entry {
    std::unique_ptr<MediaSession> session;
    std::vector<std::string> ufrags;           // in by_ufrag_
    std::vector<ice::Path> paths;              // in by_path_, the oldest first
    net::Instant armed = net::Instant::Max();  // in deadlines_
  };

  void Open(MediaSessionId id, const OpenMedia& open, net::Instant now);
  void Close(MediaSessionId id, net::Instant now);
  void LearnPath(Entry& entry, const ice::Path& path);
  void LearnUfrags(Entry& entry);
  // Deadlines move with each packet; the timer is only moved when one came nearer.
  void Arm(Entry& entry);
  void Disarm(Entry& entry);
  // Whose a STUN message may be.
  Entry* ByMessage(const ice::Path& path, const stun::MessageView& message);
  Entry* ByPath(const ice::Path& path);

  const MediaSessionsOptions options_;
  relay::RandomSource& random_;
  MediaReports& reports_;
  MediaSender& sender_;
  absl::flat_hash_map<MediaSessionId, Entry> entries_;
  absl::flat_hash_map<std::string, MediaSessionId> by_ufrag_;
  std::map<ice::Path, MediaSessionId> by_path_;
  std::set<std::pair<net::Instant, MediaSessionId>> deadlines_;
};

}  // namespace koeru::server
