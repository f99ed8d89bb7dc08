#include "native_server/admin/admin_sessions.h"

#include <algorithm>

#include "core/bytes/hex.h"
#include "core/crypto/hash.h"

namespace koeru::server {

std::string AdminSessions::Begin(Admin admin, net::Instant now) {
  std::array<uint8_t, 32> bytes{};
  const std::lock_guard lock(mutex_);
  random_.Fill(bytes);
  if (sessions_.size() == kMaxSessions) sessions_.pop_back();
  sessions_.push_front({ToHex(bytes), std::move(admin), now, now});
  return sessions_.front().token;
}

std::list<AdminSessions::Session>::iterator AdminSessions::Locate(std::string_view token) {
  return std::find_if(sessions_.begin(), sessions_.end(), [&](const Session& session) {
    return crypto::ConstantTimeEquals(AsBytes(session.token), AsBytes(token));
  });
}

std::optional<Admin> AdminSessions::Find(std::string_view token, net::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = Locate(token);
  if (found == sessions_.end()) return std::nullopt;
  if (now - found->made >= kLifetime || now - found->used >= kIdle) {
    sessions_.erase(found);
    return std::nullopt;
  }
  found->used = now;
  sessions_.splice(sessions_.begin(), sessions_, found);
  return found->admin;
}

void AdminSessions::End(std::string_view token) {
  const std::lock_guard lock(mutex_);
  if (const auto found = Locate(token); found != sessions_.end()) sessions_.erase(found);
}

}  // namespace koeru::server
