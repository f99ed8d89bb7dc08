#pragma once

// The registry: everything that is known about an attribute type stands in one row. Parser,
// builder, inspector, command line and JavaScript use it, so none of them has a codec of its own.
//
//   const stun::AttributeRegistry& registry = turn::Registry();      // core/turn/registry.h
//   registry.NameOf(0x0016);                                         // "XOR-RELAYED-ADDRESS"
//   registry.Print(0x0016, value, id);                               // "203.0.113.7:49152"
//   registry.ParseText(0x0016, "203.0.113.7:49152", writer, id);     // the value's bytes
//   for (const AttributeField& f : registry.Fields(0x0016, value, id)) ...
//
// Print is reversible: ParseText(Print(value)) gives the same bytes, for every type, known or not,
// and for every value, malformed or not. Where an attribute's usual text would not give the same
// bytes back (reserved bits set, a wrong size), Print falls back to "hex:" and digits. Text of
// strangers is escaped (core/bytes/escape.h).
//
// Rows live beside the codecs: those of core/stun in attribute_table.cc, those of TURN in
// core/turn/attribute_table.cc. core/stun cannot know core/turn, so the registry that has both is
// turn::Registry(); a program that only speaks STUN can do with StunRegistry().

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

enum class AttributeStatus : uint8_t {
  kStandard,  // an RFC in force
  kObsolete,  // reserved by IANA, a former RFC or draft had it
  kDraft,     // an Internet-Draft
  kVendor,    // a company's own
};

// A part of an attribute's value, for the inspector. Offsets count from the value's start.
struct AttributeField {
  std::string_view label;
  size_t offset = 0;
  size_t size = 0;
  std::string text;
};

// How the values of a type become text and back. All functions are pure.
struct AttributeCodec {
  // nullopt: the value is well-formed.
  std::optional<ParseError> (*check)(Bytes value, const TransactionId& id);
  // For values that check() accepts; need not be reversible (AttributeRegistry sees to that).
  std::string (*print)(Bytes value, const TransactionId& id);
  // Writes the value; offsets of errors count in `text`.
  std::optional<ParseError> (*parse)(std::string_view text, Writer& w, const TransactionId& id);
  // For values that check() accepts; nullptr when the value is one field.
  std::vector<AttributeField> (*fields)(Bytes value, const TransactionId& id);
};

struct AttributeRow {
  uint16_t type = 0;
  std::string_view name;     // as IANA has it: "XOR-MAPPED-ADDRESS"
  std::string_view section;  // "RFC 8489 §14.2", or whose it is
  AttributeStatus status = AttributeStatus::kStandard;
  bool registered = true;  // in IANA's registry
  AttributeCodec codec;

  bool comprehension_required() const { return type < 0x8000; }
  bool vendor() const { return status == AttributeStatus::kVendor; }
};

constexpr bool IsSortedByType(std::span<const AttributeRow> table) {
  for (size_t i = 1; i < table.size(); ++i) {
    if (table[i - 1].type >= table[i].type) return false;
  }
  return true;
}

class AttributeRegistry {
 public:
  // `tables` must live as long as the registry; each is sorted by type, and no type is in two.
  explicit AttributeRegistry(std::span<const std::span<const AttributeRow>> tables)
      : tables_(tables) {}

  std::span<const std::span<const AttributeRow>> tables() const { return tables_; }

  // nullptr when unknown.
  const AttributeRow* Find(uint16_t type) const;
  // By name in any case.
  const AttributeRow* FindByName(std::string_view name) const;

  // The name, or "0x4001" for an unknown type.
  std::string NameOf(uint16_t type) const;
  // Reads what NameOf gives; also a number.
  Result<uint16_t> TypeOf(std::string_view name) const;

  // nullopt when the value is well-formed or the type unknown.
  std::optional<ParseError> Check(uint16_t type, Bytes value, const TransactionId& id) const;
  // The value as text, reversible.
  std::string Print(uint16_t type, Bytes value, const TransactionId& id) const;
  // Writes the value that `text` describes and gives its size. Takes "hex:..." for every type.
  Result<size_t> ParseText(uint16_t type, std::string_view text, Writer& w,
                           const TransactionId& id) const;
  // The parts of the value; one part for the whole of an unknown or malformed value.
  std::vector<AttributeField> Fields(uint16_t type, Bytes value, const TransactionId& id) const;

 private:
  std::span<const std::span<const AttributeRow>> tables_;
};

// The rows of core/stun, ascending by type.
std::span<const AttributeRow> StunAttributeTable();
// A registry of them alone.
const AttributeRegistry& StunRegistry();

}  // namespace koeru::stun
