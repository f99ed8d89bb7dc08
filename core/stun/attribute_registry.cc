#include "core/stun/attribute_registry.h"

#include <algorithm>

#include "core/bytes/ascii.h"
#include "core/bytes/hex.h"
#include "core/bytes/number.h"

namespace koeru::stun {
namespace {

constexpr std::string_view kHexPrefix = "hex:";

std::optional<ParseError> WriteHex(std::string_view text, Writer& w) {
  const Result<std::vector<uint8_t>> bytes = FromHex(text);
  if (!bytes.ok()) return bytes.error();
  w.Put(*bytes);
  return std::nullopt;
}

}  // namespace

const AttributeRow* AttributeRegistry::Find(uint16_t type) const {
  for (std::span<const AttributeRow> table : tables_) {
    const auto row = std::lower_bound(
        table.begin(), table.end(), type,
        [](const AttributeRow& entry, uint16_t wanted) { return entry.type < wanted; });
    if (row != table.end() && row->type == type) return &*row;
  }
  return nullptr;
}

const AttributeRow* AttributeRegistry::FindByName(std::string_view name) const {
  for (std::span<const AttributeRow> table : tables_) {
    for (const AttributeRow& row : table) {
      if (EqualsIgnoringCase(row.name, name)) return &row;
    }
  }
  return nullptr;
}

std::string AttributeRegistry::NameOf(uint16_t type) const {
  const AttributeRow* row = Find(type);
  return row != nullptr ? std::string(row->name) : ToHexNumber(type, 4);
}

Result<uint16_t> AttributeRegistry::TypeOf(std::string_view name) const {
  if (const AttributeRow* row = FindByName(name)) return row->type;
  const Result<uint16_t> number = ParseNumber<uint16_t>(name);
  if (!number.ok()) {
    return ParseError{"neither the name of a known attribute nor a number such as 0x8022", 0};
  }
  return number;
}

std::optional<ParseError> AttributeRegistry::Check(uint16_t type, Bytes value,
                                                   const TransactionId& id) const {
  const AttributeRow* row = Find(type);
  return row != nullptr ? row->codec.check(value, id) : std::nullopt;
}

std::string AttributeRegistry::Print(uint16_t type, Bytes value, const TransactionId& id) const {
  const AttributeRow* row = Find(type);
  if (row == nullptr) return ToHex(value);
  if (!row->codec.check(value, id)) {
    std::string text = row->codec.print(value, id);
    std::vector<uint8_t> again(value.size());
    Writer w(again);
    const Result<size_t> size = ParseText(type, text, w, id);
    const Bytes written = w.written();
    if (size.ok() && std::equal(written.begin(), written.end(), value.begin(), value.end())) {
      return text;
    }
  }
  return std::string(kHexPrefix) + ToHex(value);
}

Result<size_t> AttributeRegistry::ParseText(uint16_t type, std::string_view text, Writer& w,
                                            const TransactionId& id) const {
  const size_t before = w.size();
  const AttributeRow* row = Find(type);
  std::optional<ParseError> error;
  if (text.starts_with(kHexPrefix)) {
    error = WriteHex(text.substr(kHexPrefix.size()), w);
    if (error) error->offset += kHexPrefix.size();
  } else if (row == nullptr) {
    error = WriteHex(text, w);
  } else {
    error = row->codec.parse(text, w, id);
  }
  if (error) return *error;
  if (!w.ok()) return ParseError{"the value is too long or out of the attribute's range", 0};
  return w.size() - before;
}

std::vector<AttributeField> AttributeRegistry::Fields(uint16_t type, Bytes value,
                                                      const TransactionId& id) const {
  const AttributeRow* row = Find(type);
  if (row != nullptr && row->codec.fields != nullptr && !row->codec.check(value, id)) {
    return row->codec.fields(value, id);
  }
  return {{"value", 0, value.size(), Print(type, value, id)}};
}

}  // namespace koeru::stun
