#include "core/bytes/hex.h"
#include "core/inspect/integrity_check.h"
#include "core/stun/attribute_type.h"
#include "core/stun/fingerprint.h"
#include "core/stun/message_view.h"
#include "core/stun/method_table.h"
#include "core/turn/registry.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

using inspect::JsonWriter;

// The order of the input's fields, as in koeru_abi.h.
enum FieldIndex : size_t { kForm, kMessage, kUsername, kRealm, kPassword, kFieldCount };

// What stands between the value's end and the next multiple of four.
Bytes PaddingOf(const stun::RawAttribute& attribute, Bytes message) {
  const size_t end = attribute.value_offset() + attribute.value.size();
  const size_t size = (4 - attribute.value.size() % 4) % 4;
  return end + size <= message.size() ? message.subspan(end, size) : Bytes();
}

bool IsZero(Bytes bytes) {
  for (const uint8_t byte : bytes) {
    if (byte != 0) return false;
  }
  return true;
}

void WriteAttribute(const stun::RawAttribute& attribute, const stun::MessageView& message,
                    JsonWriter& json) {
  const stun::AttributeRegistry& registry = turn::Registry();
  const stun::TransactionId& id = message.transaction_id();
  const stun::AttributeRow* row = registry.Find(attribute.type);
  json.BeginObject();
  json.Field("type", attribute.type);
  json.Field("name", registry.NameOf(attribute.type));
  json.Field("known", row != nullptr);
  // The registry's text is reversible, but where it says nothing more than hex does it is left out.
  const std::string text = registry.Print(attribute.type, attribute.value, id);
  if (row != nullptr && !text.starts_with("hex:")) json.Field("value", text);
  json.Field("hex", ToHex(attribute.value));
  const Bytes padding = PaddingOf(attribute, message.bytes());
  if (!IsZero(padding)) json.Field("padding", ToHex(padding));
  json.Key("range");
  json.BeginArray();
  json.Number(attribute.offset);
  json.Number(attribute.value_offset() + attribute.value.size());
  json.EndArray();
  if (row != nullptr) json.Field("rfc", row->section);
  if (const auto error = registry.Check(attribute.type, attribute.value, id)) {
    json.Field("problem", error->reason);
  }
  if (attribute.ignored) json.Field("ignored", true);
  json.EndObject();
}

std::string_view VerdictName(stun::IntegrityVerdict verdict) {
  switch (verdict) {
    case stun::IntegrityVerdict::kAbsent:
      return "absent";
    case stun::IntegrityVerdict::kValid:
      return "valid";
    case stun::IntegrityVerdict::kInvalid:
      return "invalid";
  }
  return "absent";
}

void WriteIntegrity(const stun::MessageView& message, const inspect::Credentials& credentials,
                    JsonWriter& json) {
  const inspect::IntegrityCheck check = inspect::CheckIntegrity(message, credentials);
  auto verdict = [&](uint16_t type, stun::IntegrityVerdict checked) {
    if (!message.Has(type)) return std::string_view("absent");
    return credentials.given ? VerdictName(checked) : std::string_view("unchecked");
  };
  json.Key("integrity");
  json.BeginObject();
  json.Field("sha1", verdict(stun::attribute_type::kMessageIntegrity, check.sha1));
  json.Field("sha256", verdict(stun::attribute_type::kMessageIntegritySha256, check.sha256));
  json.EndObject();
}

std::string_view FingerprintName(const stun::MessageView& message) {
  switch (stun::CheckFingerprint(message)) {
    case stun::FingerprintVerdict::kAbsent:
      return "absent";
    case stun::FingerprintVerdict::kValid:
      return "valid";
    case stun::FingerprintVerdict::kInvalid:
      return "invalid";
  }
  return "absent";
}

Answer Describe(const stun::MessageView& message, const inspect::Credentials& credentials) {
  JsonWriter json;
  json.BeginObject();
  json.Field("class", stun::ClassName(message.message_class()));
  json.Field("method", stun::MethodName(message.method()));
  json.Field("transactionId", ToHex(message.transaction_id()));
  json.Key("attributes");
  json.BeginArray();
  for (const stun::RawAttribute& attribute : message.attributes()) {
    WriteAttribute(attribute, message, json);
  }
  json.EndArray();
  WriteIntegrity(message, credentials, json);
  json.Field("fingerprint", FingerprintName(message));
  json.EndObject();
  return Success(json.Take());
}

}  // namespace

Answer DecodeStun(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() != kFieldCount) return Failure({"5 fields are needed", 0});
  const std::string_view message_text = (*fields)[kMessage];
  std::vector<uint8_t> from_hex;
  Bytes bytes = AsBytes(message_text);
  if ((*fields)[kForm] == "hex") {
    Result<std::vector<uint8_t>> decoded = FromHex(message_text);
    if (!decoded.ok()) return Failure(decoded.error(), "hex");
    from_hex = *std::move(decoded);
    bytes = from_hex;
  }
  const Result<stun::MessageView> message = stun::MessageView::Parse(bytes);
  if (!message.ok()) return Failure(message.error());
  inspect::Credentials credentials{(*fields)[kUsername], (*fields)[kRealm], (*fields)[kPassword]};
  credentials.given = !credentials.password.empty();
  return Describe(*message, credentials);
}

}  // namespace koeru::wasm
