#pragma once

// Users in Redis, with coturn's keys (redis_keys.h). Arguments of commands go over the wire as they
// are, with their lengths: no text of a user is ever part of a command line.

#include "native_server/users/redis_target.h"
#include "native_server/users/user_store.h"

struct redisContext;
struct redisReply;

namespace koeru::server {

class RedisStore final : public UserStore {
 public:
  static absl::StatusOr<std::unique_ptr<UserStore>> Open(const std::string& where);
  ~RedisStore() override;
  RedisStore(const RedisStore&) = delete;
  RedisStore& operator=(const RedisStore&) = delete;

  absl::StatusOr<std::optional<Record>> Find(Table table, const std::string& realm,
                                             const std::string& name) override;
  absl::StatusOr<std::vector<Record>> List(Table table,
                                           const std::optional<std::string>& realm) override;
  absl::Status Put(Table table, const Record& record) override;
  absl::StatusOr<bool> Remove(Table table, const std::string& realm,
                              const std::string& name) override;
  absl::StatusOr<std::vector<OauthKey>> ListOauthKeys() override;
  absl::Status PutOauthKey(const OauthKey& key) override;
  absl::StatusOr<bool> RemoveOauthKey(const std::string& kid) override;

 private:
  struct ReplyDeleter {
    void operator()(redisReply* reply) const;
  };
  using Reply = std::unique_ptr<redisReply, ReplyDeleter>;
  using Arguments = std::vector<std::string>;

  RedisStore(redisContext* context, const RedisTarget& target)
      : context_(context), name_(target.ToText()) {}
  absl::Status LogIn(const RedisTarget& target);
  absl::StatusOr<Reply> Command(const Arguments& arguments);
  absl::StatusOr<std::vector<std::string>> Keys(const std::string& pattern);
  absl::Status Append(Table table, const std::string& key, std::vector<Record>& records);

  redisContext* const context_;
  const std::string name_;  // for messages
};

}  // namespace koeru::server
