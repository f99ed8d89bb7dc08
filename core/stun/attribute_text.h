#pragma once

// The textual forms that attributes share, as building blocks for registry rows. Only the tables
// (attribute_table.cc here and in core/turn) include this.
//
//   {Lifetime::kType, "LIFETIME", "RFC 8656 §18.2", ..., CodecOf<Lifetime,
//   Decimal<&Lifetime::seconds>>()}
//
// A form is a struct with
//   static std::string Print(const A& attribute);
//   static std::optional<ParseError> Parse(std::string_view text, A& attribute, std::string&
//   storage);
// and optionally
//   static std::vector<AttributeField> Fields(Bytes value, const A& attribute);
// `storage` keeps bytes that the attribute only views, until it is encoded.

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/bytes/number.h"
#include "core/net/address.h"
#include "core/stun/address_value.h"
#include "core/stun/attribute_registry.h"

namespace koeru::stun {

using MaybeError = std::optional<ParseError>;

template <typename Member>
struct MemberOf;
template <typename Class, typename Value>
struct MemberOf<Value Class::*> {
  using ClassType = Class;
  using ValueType = Value;
};
template <auto kMember>
using ClassOf = typename MemberOf<decltype(kMember)>::ClassType;
template <auto kMember>
using ValueOf = typename MemberOf<decltype(kMember)>::ValueType;

// The row's functions for attribute A in the given form.
template <typename A, typename Form>
constexpr AttributeCodec CodecOf() {
  AttributeCodec codec{};
  codec.check = [](Bytes value, const TransactionId& id) -> MaybeError {
    const Result<A> attribute = A::Decode(value, id);
    return attribute.ok() ? MaybeError() : attribute.error();
  };
  codec.print = [](Bytes value, const TransactionId& id) {
    const Result<A> attribute = A::Decode(value, id);
    return attribute.ok() ? Form::Print(*attribute) : std::string();
  };
  codec.parse = [](std::string_view text, Writer& w, const TransactionId& id) -> MaybeError {
    A attribute;
    std::string storage;
    if (const MaybeError error = Form::Parse(text, attribute, storage)) return error;
    attribute.Encode(w, id);
    return std::nullopt;
  };
  if constexpr (requires(Bytes value, const A& attribute) { Form::Fields(value, attribute); }) {
    codec.fields = [](Bytes value, const TransactionId& id) {
      const Result<A> attribute = A::Decode(value, id);
      return attribute.ok() ? Form::Fields(value, *attribute) : std::vector<AttributeField>();
    };
  }
  return codec;
}

// The same for an attribute that is a list, with a form that works on the value's bytes:
//   static std::string Print(Bytes value);
//   static MaybeError Parse(std::string_view text, Writer& w);
template <typename A, typename Form>
constexpr AttributeCodec ListCodecOf() {
  AttributeCodec codec{};
  codec.check = [](Bytes value, const TransactionId& id) -> MaybeError {
    const Result<A> attribute = A::Decode(value, id);
    return attribute.ok() ? MaybeError() : attribute.error();
  };
  codec.print = [](Bytes value, const TransactionId&) { return Form::Print(value); };
  codec.parse = [](std::string_view text, Writer& w, const TransactionId&) {
    return Form::Parse(text, w);
  };
  return codec;
}

// 600
template <auto kMember>
struct Decimal {
  static std::string Print(const ClassOf<kMember>& a) { return std::to_string(a.*kMember); }
  static MaybeError Parse(std::string_view text, ClassOf<kMember>& a, std::string&) {
    const auto number = ParseNumber<ValueOf<kMember>>(text);
    if (!number.ok()) return number.error();
    a.*kMember = *number;
    return std::nullopt;
  }
};

// 0x932FF9B151263B36
template <auto kMember>
struct HexNumber : Decimal<kMember> {
  static std::string Print(const ClassOf<kMember>& a) {
    return ToHexNumber(a.*kMember, 2 * sizeof(ValueOf<kMember>));
  }
};

// Escaped UTF-8 (core/bytes/escape.h).
template <auto kMember>
struct Text {
  static std::string Print(const ClassOf<kMember>& a) { return Escape(a.*kMember); }
  static MaybeError Parse(std::string_view text, ClassOf<kMember>& a, std::string& storage) {
    Result<std::string> bytes = Unescape(text);
    if (!bytes.ok()) return bytes.error();
    storage = *std::move(bytes);
    a.*kMember = storage;
    return std::nullopt;
  }
};

// Hexadecimal digits of a member that is a view.
template <auto kMember>
struct HexBytes {
  static std::string Print(const ClassOf<kMember>& a) { return ToHex(a.*kMember); }
  static MaybeError Parse(std::string_view text, ClassOf<kMember>& a, std::string& storage) {
    const Result<std::vector<uint8_t>> bytes = FromHex(text);
    if (!bytes.ok()) return bytes.error();
    storage = AsText(*bytes);
    a.*kMember = AsBytes(storage);
    return std::nullopt;
  }
};

// A value without a layout that is known.
struct OpaqueValue {
  Bytes content;

  static Result<OpaqueValue> Decode(Bytes value, const TransactionId&) {
    return OpaqueValue{value};
  }
  void Encode(Writer& w, const TransactionId&) const { w.Put(content); }
};

// Nothing: a flag.
template <typename A>
struct Flag {
  static std::string Print(const A&) { return ""; }
  static MaybeError Parse(std::string_view text, A&, std::string&) {
    if (!text.empty()) return ParseError{"a flag has no value: leave the text empty", 0};
    return std::nullopt;
  }
};

// 203.0.113.7:3478 or [2001:db8::1]:3478
template <typename A>
struct AddressText {
  static std::string Print(const A& a) { return a.endpoint.ToString(); }
  static MaybeError Parse(std::string_view text, A& a, std::string&) {
    const Result<net::Endpoint> endpoint = net::Endpoint::Parse(text);
    if (!endpoint.ok()) return endpoint.error();
    a.endpoint = *endpoint;
    return std::nullopt;
  }
  static std::vector<AttributeField> Fields(Bytes value, const A& a) {
    return {{"reserved", 0, 1, ToHexNumber(value[0], 2)},
            {"family", 1, 1, a.endpoint.address.is_v4() ? "IPv4" : "IPv6"},
            {"port", 2, 2, std::to_string(a.endpoint.port)},
            {"address", 4, value.size() - 4, a.endpoint.address.ToString()}};
  }
};

constexpr AttributeCodec OpaqueCodec() {
  return CodecOf<OpaqueValue, HexBytes<&OpaqueValue::content>>();
}

// IPv4, IPv6, or the number of another family.
std::string PrintFamily(AddressFamily family);
Result<AddressFamily> ParseFamily(std::string_view text);

// "401 Unauthenticated", or the code alone.
std::string PrintErrorCode(uint16_t code, std::string_view reason);
MaybeError ParseErrorCode(std::string_view text, uint16_t& code, std::string& reason);

// "Req=1 Resp=0": one number behind its name, in the given order.
struct NamedNumber {
  std::string_view name;
  uint64_t value = 0;
};
std::string PrintNamedNumbers(std::span<const NamedNumber> numbers);
// Fills the values in.
MaybeError ParseNamedNumbers(std::string_view text, std::span<NamedNumber> numbers);

// The part of `text` up to `separator`, which is removed from it together with that part.
std::string_view TakeUntil(std::string_view& text, std::string_view separator);

}  // namespace koeru::stun
