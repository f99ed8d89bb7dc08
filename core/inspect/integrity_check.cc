#include "core/inspect/integrity_check.h"

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/stun/attribute_type.h"

namespace koeru::inspect {
namespace {

void AppendQuoted(std::string& out, std::string_view text) {
  out += '"';
  out += Escape(text);
  out += '"';
}

std::string DescribeLongTerm(std::string_view algorithm, std::string_view username,
                             std::string_view realm) {
  std::string text = "the long-term key (";
  text += algorithm;
  text += ") of ";
  AppendQuoted(text, username);
  text += " in realm ";
  AppendQuoted(text, realm);
  return text;
}

// Tries one key; true when it fits.
bool Try(const stun::MessageView& message, Bytes key, std::string description,
         IntegrityCheck& check) {
  check.sha1 = stun::CheckMessageIntegrity(message, key);
  check.sha256 = stun::CheckMessageIntegritySha256(message, key);
  if (check.valid()) {
    check.key = std::move(description);
    return true;
  }
  if (!check.key.empty()) check.key += ", ";
  check.key += description;
  return false;
}

}  // namespace

IntegrityCheck CheckIntegrity(const stun::MessageView& message, const Credentials& credentials) {
  IntegrityCheck check;
  const bool present = message.Has(stun::attribute_type::kMessageIntegrity) ||
                       message.Has(stun::attribute_type::kMessageIntegritySha256);
  if (!present || !credentials.given) return check;

  std::string_view realm = credentials.realm;
  if (const auto attribute = message.Find(stun::attribute_type::kRealm)) {
    realm = AsText(attribute->value);
  }
  const auto [username, unused, password, given] = credentials;
  if (!username.empty() && !realm.empty()) {
    if (Try(message, stun::LongTermKeyMd5(username, realm, password),
            DescribeLongTerm("MD5", username, realm), check) ||
        Try(message, stun::LongTermKeySha256(username, realm, password),
            DescribeLongTerm("SHA-256", username, realm), check)) {
      return check;
    }
  }
  Try(message, AsBytes(password), "the short-term key (the password itself)", check);
  return check;
}

}  // namespace koeru::inspect
