#include "native_server/users/redis_store.h"

#include <hiredis/hiredis.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/users/realm_options.h"
#include "native_server/users/redis_keys.h"

namespace koeru::server {
namespace {

timeval ToTimeval(std::chrono::milliseconds time) {
  return {.tv_sec = time.count() / 1000, .tv_usec = (time.count() % 1000) * 1000};
}

std::string TextOf(const redisReply& reply) {
  return reply.str == nullptr ? std::string() : std::string(reply.str, reply.len);
}

std::vector<std::string> TextsOf(const redisReply& reply) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < reply.elements; ++i) texts.push_back(TextOf(*reply.element[i]));
  return texts;
}

// A missing field is 0 as in coturn.
int64_t NumberOf(const std::string& text) {
  int64_t number = 0;
  return absl::SimpleAtoi(text, &number) ? number : 0;
}

}  // namespace

void RedisStore::ReplyDeleter::operator()(redisReply* reply) const { freeReplyObject(reply); }

absl::StatusOr<std::unique_ptr<UserStore>> RedisStore::Open(const std::string& where) {
  const auto target = ParseRedisTarget(where);
  if (!target.ok()) return target.status();
  const timeval timeout = ToTimeval(std::min(target->connect_timeout, kCallTimeout));
  redisContext* const context =
      target->unix_path.empty()
          ? redisConnectWithTimeout(target->host.c_str(), target->port, timeout)
          : redisConnectUnixWithTimeout(target->unix_path.c_str(), timeout);
  if (context == nullptr) return absl::ResourceExhaustedError("redis-userdb: no memory");
  std::unique_ptr<RedisStore> store(new RedisStore(context, *target));
  if (context->err != 0) {
    return absl::UnavailableError(absl::StrCat(store->name_, ": ", context->errstr));
  }
  redisSetTimeout(context, ToTimeval(kCallTimeout));
  if (absl::Status status = store->LogIn(*target); !status.ok()) return status;
  return store;
}

RedisStore::~RedisStore() { redisFree(context_); }

absl::Status RedisStore::LogIn(const RedisTarget& target) {
  if (!target.password.empty()) {
    if (const auto reply = Command({"AUTH", target.password}); !reply.ok()) return reply.status();
  }
  // Also tells whether a password is missing.
  return Command({"SELECT", std::to_string(target.database)}).status();
}

absl::StatusOr<RedisStore::Reply> RedisStore::Command(const Arguments& arguments) {
  std::vector<const char*> texts;
  std::vector<size_t> sizes;
  for (const std::string& argument : arguments) {
    texts.push_back(argument.data());
    sizes.push_back(argument.size());
  }
  Reply reply(static_cast<redisReply*>(
      redisCommandArgv(context_, static_cast<int>(texts.size()), texts.data(), sizes.data())));
  if (reply == nullptr) {
    return absl::UnavailableError(absl::StrCat(name_, ": ", context_->errstr));
  }
  if (reply->type != REDIS_REPLY_ERROR) return reply;
  const std::string why = TextOf(*reply);
  const std::string text = absl::StrCat(name_, ": ", arguments.front(), ": ", Escape(why));
  for (const std::string_view passing : {"LOADING", "MASTERDOWN", "CLUSTERDOWN", "BUSY"}) {
    if (why.starts_with(passing)) return absl::UnavailableError(text);
  }
  return absl::InternalError(text);
}

absl::StatusOr<std::optional<Record>> RedisStore::Find(Table table, const std::string& realm,
                                                       const std::string& name) {
  if (RedisFormOf(table) == RedisForm::kText) {
    const auto reply = Command({"GET", RedisKeyOf(table, realm, name)});
    if (!reply.ok()) return reply.status();
    if ((*reply)->type == REDIS_REPLY_NIL) return std::nullopt;
    const std::string text = TextOf(**reply);
    return table == Table::kOrigins ? Record{text, name, {}} : Record{realm, name, text};
  }
  const auto records = List(table, realm);
  if (!records.ok()) return records.status();
  const auto found = std::find_if(records->begin(), records->end(),
                                  [&](const Record& record) { return record.name == name; });
  if (found == records->end()) return std::nullopt;
  return *found;
}

absl::StatusOr<std::vector<std::string>> RedisStore::Keys(const std::string& pattern) {
  std::set<std::string> keys;  // SCAN may give a key more than once
  std::string cursor = "0";
  do {
    const auto reply = Command({"SCAN", cursor, "MATCH", pattern, "COUNT", "1000"});
    if (!reply.ok()) return reply.status();
    if ((*reply)->type != REDIS_REPLY_ARRAY || (*reply)->elements != 2) {
      return absl::InternalError(absl::StrCat(name_, ": SCAN: not an answer to it"));
    }
    cursor = TextOf(*(*reply)->element[0]);
    for (std::string& key : TextsOf(*(*reply)->element[1])) keys.insert(std::move(key));
  } while (cursor != "0");
  return std::vector<std::string>(keys.begin(), keys.end());
}

absl::Status RedisStore::Append(Table table, const std::string& key, std::vector<Record>& records) {
  auto record = ParseRedisKey(table, key);
  if (!record) return absl::OkStatus();
  switch (RedisFormOf(table)) {
    case RedisForm::kText: {
      const auto reply = Command({"GET", key});
      if (!reply.ok()) return reply.status();
      if ((*reply)->type == REDIS_REPLY_NIL) return absl::OkStatus();  // gone meanwhile
      (table == Table::kOrigins ? record->realm : record->value) = TextOf(**reply);
      break;
    }
    case RedisForm::kHash: {
      const auto reply = Command({"HMGET", key, "realm", "password"});
      if (!reply.ok()) return reply.status();
      if ((*reply)->elements != 2) return absl::OkStatus();
      record->realm = TextOf(*(*reply)->element[0]);
      record->value = TextOf(*(*reply)->element[1]);
      break;
    }
    case RedisForm::kSet: {
      const auto reply = Command({"SMEMBERS", key});
      if (!reply.ok()) return reply.status();
      for (std::string& name : TextsOf(**reply)) {
        records.push_back({record->realm, std::move(name), {}});
      }
      return absl::OkStatus();
    }
  }
  records.push_back(*std::move(record));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Record>> RedisStore::List(Table table,
                                                     const std::optional<std::string>& realm) {
  // These keys of a realm are known: looking for them would go through all users.
  std::vector<std::string> keys;
  if (realm && RedisFormOf(table) == RedisForm::kSet) {
    keys = {RedisKeyOf(table, *realm, {})};
  } else if (realm && table == Table::kRealmOptions) {
    for (const std::string_view name : kRealmOptionNames) {
      keys.push_back(RedisKeyOf(table, *realm, std::string(name)));
    }
  } else {
    auto found = Keys(RedisPatternOf(table, realm));
    if (!found.ok()) return found.status();
    keys = *std::move(found);
  }
  std::vector<Record> records;
  for (const std::string& key : keys) {
    if (absl::Status status = Append(table, key, records); !status.ok()) return status;
  }
  if (realm) std::erase_if(records, [&](const Record& record) { return record.realm != *realm; });
  std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) {
    return std::tie(a.realm, a.name) < std::tie(b.realm, b.name);
  });
  return records;
}

absl::Status RedisStore::Put(Table table, const Record& record) {
  if (absl::Status status = CheckRecord(record); !status.ok()) return status;
  const std::string key = RedisKeyOf(table, record.realm, record.name);
  switch (RedisFormOf(table)) {
    case RedisForm::kText:
      return Command({"SET", key, table == Table::kOrigins ? record.realm : record.value}).status();
    case RedisForm::kSet:
      return Command({"SADD", key, record.name}).status();
    case RedisForm::kHash:
      break;
  }
  Arguments set = {"HSET", key, "password", record.value};
  if (!record.realm.empty()) set.insert(set.end(), {"realm", record.realm});
  // A realm that it had before goes away.
  if (const auto removed = Command({"HDEL", key, "realm"}); !removed.ok()) return removed.status();
  return Command(set).status();
}

absl::StatusOr<bool> RedisStore::Remove(Table table, const std::string& realm,
                                        const std::string& name) {
  const std::string key = RedisKeyOf(table, realm, name);
  const auto reply =
      RedisFormOf(table) == RedisForm::kSet ? Command({"SREM", key, name}) : Command({"DEL", key});
  if (!reply.ok()) return reply.status();
  return (*reply)->integer > 0;
}

absl::StatusOr<std::vector<OauthKey>> RedisStore::ListOauthKeys() {
  const auto names = Keys(absl::StrCat(kRedisOauthPrefix, "*"));
  if (!names.ok()) return names.status();
  std::vector<OauthKey> keys;
  for (const std::string& name : *names) {
    const auto reply =
        Command({"HMGET", name, "ikm_key", "timestamp", "lifetime", "as_rs_alg", "realm"});
    if (!reply.ok()) return reply.status();
    std::vector<std::string> fields = TextsOf(**reply);
    if (fields.size() != 5 || fields[0].empty()) continue;  // gone meanwhile
    keys.push_back({name.substr(kRedisOauthPrefix.size()), std::move(fields[0]),
                    NumberOf(fields[1]), NumberOf(fields[2]), std::move(fields[3]),
                    std::move(fields[4])});
  }
  return keys;
}

absl::Status RedisStore::PutOauthKey(const OauthKey& key) {
  if (absl::Status status = CheckOauthKey(key); !status.ok()) return status;
  return Command({"HSET", absl::StrCat(kRedisOauthPrefix, key.kid), "ikm_key", key.ikm_key,
                  "timestamp", std::to_string(key.timestamp), "lifetime",
                  std::to_string(key.lifetime_s), "as_rs_alg", key.algorithm, "realm", key.realm})
      .status();
}

absl::StatusOr<bool> RedisStore::RemoveOauthKey(const std::string& kid) {
  const auto reply = Command({"DEL", absl::StrCat(kRedisOauthPrefix, kid)});
  if (!reply.ok()) return reply.status();
  return (*reply)->integer > 0;
}

}  // namespace koeru::server
