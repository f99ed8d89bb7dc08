#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes/hex.h"
#include "core/stun/attributes/password_algorithm.h"
#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"
#include "core/stun/method_table.h"
#include "core/turn/registry.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

using Fields = std::vector<std::string_view>;

// The order of the input's fields, as in koeru_abi.h; four for each attribute follow.
enum FieldIndex : size_t {
  kClass,
  kMethod,
  kTransactionId,
  kUsername,
  kRealm,
  kPassword,
  kIntegrity,
  kFingerprint,
  kFirstAttribute,
};
constexpr size_t kFieldsPerAttribute = 4;

// RFC 8489 section 5: the length field has 16 bits and does not count the header.
constexpr size_t kMaxMessage = stun::kHeaderSize + 0xFFFC;

struct Header {
  stun::MessageType type;
  stun::TransactionId id{};
};

std::string AttributeField(size_t index, std::string_view member) {
  std::string name = "attributes[";
  name += std::to_string(index);
  name += "].";
  name += member;
  return name;
}

std::optional<Answer> ReadHeader(const Fields& fields, Header& header) {
  const auto message_class = stun::ParseClass(fields[kClass]);
  if (!message_class.ok()) return Failure(message_class.error(), "class");
  const auto method = stun::ParseMethod(fields[kMethod]);
  if (!method.ok()) return Failure(method.error(), "method");
  header.type = {*method, *message_class};
  const auto id = FromHex(fields[kTransactionId]);
  if (!id.ok()) return Failure(id.error(), "transactionId");
  if (id->size() != header.id.size()) {
    return Failure({"a transaction ID has 12 bytes, 24 hexadecimal digits", 0}, "transactionId");
  }
  std::copy(id->begin(), id->end(), header.id.begin());
  return std::nullopt;
}

// The value's bytes, from text or from hex.
std::optional<Answer> ReadValue(const Fields& fields, size_t at, size_t index, uint16_t type,
                                const stun::TransactionId& id, std::vector<uint8_t>& value) {
  const std::string_view form = fields[at + 1];
  if (form == "hex") {
    auto bytes = FromHex(fields[at + 2]);
    if (!bytes.ok()) return Failure(bytes.error(), AttributeField(index, "hex"));
    value = *std::move(bytes);
    return std::nullopt;
  }
  value.resize(kMaxMessage);
  Writer w(value);
  const auto size = turn::Registry().ParseText(type, fields[at + 2], w, id);
  if (!size.ok()) return Failure(size.error(), AttributeField(index, "value"));
  value.resize(*size);
  return std::nullopt;
}

std::optional<Answer> AddAttribute(const Fields& fields, size_t index, const Header& header,
                                   MutableBytes buffer, stun::MessageBuilder& builder) {
  const size_t at = kFirstAttribute + index * kFieldsPerAttribute;
  const auto type = turn::Registry().TypeOf(fields[at]);
  if (!type.ok()) return Failure(type.error(), AttributeField(index, "type"));
  std::vector<uint8_t> value;
  if (auto failed = ReadValue(fields, at, index, *type, header.id, value)) return failed;
  const auto padding = FromHex(fields[at + 3]);
  if (!padding.ok()) return Failure(padding.error(), AttributeField(index, "padding"));
  const size_t padding_size = (4 - value.size() % 4) % 4;
  if (!padding->empty() && padding->size() != padding_size) {
    return Failure({"the padding fills the value up to a multiple of four bytes", 0},
                   AttributeField(index, "padding"));
  }
  builder.AddRaw(*type, value);
  if (!builder.ok()) {
    return Failure({"the message is longer than 65,552 bytes", 0}, AttributeField(index, "value"));
  }
  // A sender writes zeros (RFC 8489 section 14); decoded messages may have had something else.
  std::copy(
      padding->begin(), padding->end(),
      buffer.begin() + static_cast<std::ptrdiff_t>(builder.Finish().size() - padding->size()));
  return std::nullopt;
}

// RFC 8489 sections 9.1.1 and 9.2.2: the long-term key where there is a username and a realm, made
// with the algorithm that the message's PASSWORD-ALGORITHM names, or MD5; else the password.
std::vector<uint8_t> MakeKey(const Fields& fields, Bytes message) {
  const std::string_view password = fields[kPassword];
  if (fields[kUsername].empty() || fields[kRealm].empty()) {
    const Bytes bytes = AsBytes(password);
    return {bytes.begin(), bytes.end()};
  }
  const auto view = stun::MessageView::Parse(message);
  if (view.ok()) {
    const auto algorithm = view->Get<stun::PasswordAlgorithm>();
    if (algorithm.ok() && *algorithm &&
        (*algorithm)->algorithm == stun::password_algorithm::kSha256) {
      const auto key = stun::LongTermKeySha256(fields[kUsername], fields[kRealm], password);
      return {key.begin(), key.end()};
    }
  }
  const auto key = stun::LongTermKeyMd5(fields[kUsername], fields[kRealm], password);
  return {key.begin(), key.end()};
}

std::optional<Answer> AddChecks(const Fields& fields, stun::MessageBuilder& builder) {
  const std::string_view integrity = fields[kIntegrity];
  if (!integrity.empty() && integrity != "sha1" && integrity != "sha256") {
    return Failure({"is sha1 or sha256", 0}, "addIntegrity");
  }
  if (!integrity.empty() && fields[kPassword].empty()) {
    return Failure({"needs a key: pass { password } or { username, realm, password }", 0},
                   "addIntegrity");
  }
  if (!integrity.empty()) {
    const std::vector<uint8_t> key = MakeKey(fields, builder.Finish());
    if (integrity == "sha1") builder.AddMessageIntegrity(key);
    if (integrity == "sha256") builder.AddMessageIntegritySha256(key);
  }
  if (!fields[kFingerprint].empty()) builder.AddFingerprint();
  if (!builder.ok()) return Failure({"the message is longer than 65,552 bytes", 0});
  return std::nullopt;
}

}  // namespace

Answer EncodeStun(Bytes input) {
  const Result<Fields> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() < kFirstAttribute ||
      (fields->size() - kFirstAttribute) % kFieldsPerAttribute != 0) {
    return Failure({"8 fields and four for each attribute are needed", 0});
  }
  Header header;
  if (auto failed = ReadHeader(*fields, header)) return *std::move(failed);
  std::vector<uint8_t> buffer(kMaxMessage);
  stun::MessageBuilder builder(buffer, header.type, header.id);
  const size_t count = (fields->size() - kFirstAttribute) / kFieldsPerAttribute;
  for (size_t i = 0; i < count; ++i) {
    if (auto failed = AddAttribute(*fields, i, header, buffer, builder)) return *std::move(failed);
  }
  if (auto failed = AddChecks(*fields, builder)) return *std::move(failed);
  return Success(std::string(AsText(builder.Finish())));
}

}  // namespace koeru::wasm
