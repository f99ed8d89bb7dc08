#pragma once

// Whether a page's credential for TURN is good for the media peer: of a user of the configuration,
// a time-limited one, a JSON Web Token; of a user whom a database or an endpoint knows it is asked,
// as for TURN. Access tokens (RFC 7635) are not known here.
//
//   MediaJudge judge(settings, users, [&](uint64_t question, MediaVerdict verdict) { ... });
//   MediaVerdict verdict = judge.Judge(request, Now(), WallNow());
//   if (verdict.must_ask) judge.Ask(question, request);            // the verdict comes later
//
// A credential counts in the default realm: browsers put no ORIGIN into requests of STUN, so theirs
// count for TURN there, too. Passwords are compared by their keys, in constant time.
// What is found is remembered as workers remember it (core/relay/known_users.h), so that somebody
// who comes again and again does not ask the database each time, and who was known may call while
// it is down.

#include <cstdint>
#include <functional>
#include <memory>

#include "core/relay/credentials.h"
#include "native_server/io/random.h"
#include "native_server/main/settings.h"
#include "native_server/media/media_calls.h"
#include "native_server/users/user_source.h"

namespace koeru::server {

class MediaJudge {
 public:
  // Called on any thread, once for each question.
  using Tell = std::function<void(uint64_t question, MediaVerdict verdict)>;

  // `users` may be null: there is nobody to ask. Both outlive this.
  MediaJudge(const CurrentSettings& settings, UserSource* users, Tell tell);
  // Nobody is told afterwards.
  ~MediaJudge();
  MediaJudge(const MediaJudge&) = delete;
  MediaJudge& operator=(const MediaJudge&) = delete;

  // By one thread.
  MediaVerdict Judge(const PeerRequest& request, net::Instant now, net::UnixTime wall);
  void Ask(uint64_t question, const PeerRequest& request);

 private:
  class Answers;

  // The configuration changes while the server runs.
  const relay::Credentials& CurrentCredentials();

  const CurrentSettings& settings_;
  UserSource* const users_;
  SystemRandom random_;
  std::shared_ptr<const Settings> known_;  // which `credentials_` have views into
  std::unique_ptr<relay::Credentials> credentials_;
  std::shared_ptr<Answers> answers_;  // the source may have it longer
};

}  // namespace koeru::server
