#include "native_server/users/user_store.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/stun/integrity.h"

namespace koeru::server {
namespace {

bool CanBeStored(std::string_view text) {
  return text.find('\0') == std::string_view::npos && IsValidUtf8(text);
}

}  // namespace

absl::StatusOr<std::optional<crypto::Md5Digest>> FindKey(UserStore& store, const std::string& realm,
                                                         const std::string& name) {
  if (!CanBeStored(name)) return std::nullopt;
  const auto record = store.Find(Table::kUsers, realm, name);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return std::nullopt;
  // PostgreSQL fills char(128) up with spaces.
  const auto bytes = FromHex(absl::StripAsciiWhitespace((*record)->value));
  crypto::Md5Digest key;
  if (!bytes.ok() || bytes->size() != key.size()) {
    return absl::DataLossError(
        absl::StrCat("the key of user ", Escape(name), "[", Escape(realm),
                     "] is not 32 hexadecimal digits: set the password anew with koeru user add"));
  }
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

std::string KeyText(std::string_view realm, std::string_view name, std::string_view password) {
  return ToHex(stun::LongTermKeyMd5(name, realm, password));
}

absl::Status CheckRecord(const Record& record) {
  for (const std::string* text : {&record.realm, &record.name, &record.value}) {
    if (CanBeStored(*text)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(Escape(*text), ": a database holds UTF-8 without NUL bytes only"));
  }
  if (record.name.empty()) return absl::InvalidArgumentError("the name is empty");
  return absl::OkStatus();
}

absl::Status CheckOauthKey(const OauthKey& key) {
  if (absl::Status status = CheckRecord({key.realm, key.kid, {}}); !status.ok()) return status;
  return ToTokenKey(key).status();
}

}  // namespace koeru::server
