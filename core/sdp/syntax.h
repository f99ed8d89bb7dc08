#pragma once

// The grammar of one value, written once and read in every direction.
//
// Each line and attribute is a struct with a function Describe(Syntax&), which is its ABNF in C++:
//
//   void Describe(Syntax& s) {                       // RFC 8866 section 6.6:
//     s.Number("payloadType", payload_type, 0, 127); // rtpmap-value = payload-type SP
//     s.Literal(" ");                                //   encoding-name "/" clock-rate
//     ...                                            //   [ "/" encoding-params ]
//
// Whoever implements Syntax decides what that does:
//
//   Decoder (decoder.h)       text -> struct          with strict and lenient spacing
//   Encoder (encoder.h)       struct -> text          refusing what would not come back the same
//   JsonSyntax, FieldSyntax   struct -> JSON, named fields -> struct      (core/inspect)
//
// A value that is one text, number or list alone gives it the name "".
//
// The first error stays, and all later calls do nothing. Texts in structs are views: of the text
// that was decoded, or of whatever the caller put there.

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/sdp/text_form.h"

namespace koeru::ice {
struct Candidate;
}

namespace koeru::sdp {

struct SyntaxError {
  std::string reason;  // a sentence: what is wrong there, and what would be right
  std::string field;   // the way to it, as in JSON: "formats[1]"; empty between fields
  size_t offset = 0;   // Decoder: in the value; Encoder: in the field's text

  // "payloadType: expected a number from 0 to 127"
  std::string ToString() const;
};

// Strict: what the RFC's grammar has. Lenient: also what implementations were seen to write and
// what can be understood in one way only.
enum class Mode : uint8_t { kStrict, kLenient };

class Syntax {
 public:
  // Names are those of the JSON, in camelCase; all have static lifetime.
  using Name = std::string_view;

  bool ok() const { return !failed_; }
  bool strict() const { return mode_ == Mode::kStrict; }
  const SyntaxError& error() const { return error_; }
  // To be called once all is described: an error when something is left over.
  virtual void Finish() {}

  // "/", " ": a lenient decoder takes more spaces for one, and letters in either case.
  virtual void Literal(std::string_view text) = 0;
  virtual void Text(Name name, std::string_view& value, const TextForm& form) = 0;
  // Decimal, without leading zeros.
  virtual void Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) = 0;
  // 20 or 29.97; the text is kept.
  virtual void Decimal(Name name, std::string_view& value) = 0;
  // One of "send|recv"; `index` says which.
  virtual void Word(Name name, size_t& index, std::string_view words) = 0;
  // A part that may be missing and is introduced by `prefix` when it is there. `has` is the
  // struct's opinion; the answer says whether to describe it. An empty prefix: not at the end.
  virtual bool Optional(Name name, std::string_view prefix, bool has) = 0;
  // A word that stands there or not.
  virtual void Flag(Name name, std::string_view word, bool& value) = 0;
  // RFC 8839 section 5.1, which core/ice reads and writes.
  virtual void Candidate(ice::Candidate& candidate) = 0;
  // A lenient decoder skips spaces here.
  virtual void LenientSpaces() {}
  // One space, which a lenient decoder need not find.
  virtual void LooseSpace() { Literal(" "); }

  // What the grammar cannot say: an error about the field that was described last, unless `holds`.
  void Require(bool holds, Name field, std::string_view reason);
  void RequireIfStrict(bool holds, Name field, std::string_view reason);
  // A word that only the lenient grammar has.
  void LenientFlag(Name name, std::string_view word, bool& value);

  template <std::unsigned_integral T>
  void Number(Name name, T& value, uint64_t low = 0,
              uint64_t high = std::numeric_limits<T>::max()) {
    uint64_t wide = value;
    Integer(name, wide, low, high);
    value = static_cast<T>(wide);
  }
  template <typename E>
  requires std::is_enum_v<E>
  void Word(Name name, E& value, std::string_view words) {
    auto index = static_cast<size_t>(value);
    Word(name, index, words);
    value = static_cast<E>(index);
  }
  template <std::unsigned_integral T>
  void OptionalNumber(Name name, std::string_view prefix, std::optional<T>& value, uint64_t low = 0,
                      uint64_t high = std::numeric_limits<T>::max()) {
    if (Optional(name, prefix, value.has_value())) Number(name, Filled(value), low, high);
  }
  void OptionalText(Name name, std::string_view prefix, std::optional<std::string_view>& value,
                    const TextForm& form) {
    if (Optional(name, prefix, value.has_value())) Text(name, Filled(value), form);
  }

  // Of all lists of a line together; more is an error, so that a line of 10 MB takes bounded
  // memory.
  static constexpr size_t kMaxItems = 65536;
  // How many the grammar allows in one list.
  struct AtMost {
    size_t items;
  };
  static constexpr AtMost kAnyNumber{static_cast<size_t>(-1)};

  // Items with `separator` between them, at least one: 1*(item separator).
  // `each` describes an item: void(Syntax&, T&). Items of one text or number have the name "".
  template <typename T, typename Each>
  void List(Name name, std::string_view separator, std::vector<T>& items, const Each& each,
            AtMost most = kAnyNumber) {
    Items(name, "", separator, Erase(items, each), most);
  }
  // Items with `separator` in front of each, or none at all: *(separator item).
  template <typename T, typename Each>
  void LedList(Name name, std::string_view separator, std::vector<T>& items, const Each& each,
               AtMost most = kAnyNumber) {
    Items(name, separator, separator, Erase(items, each), most);
  }
  // Items that are structs with a Describe() of their own.
  template <typename T>
  void List(Name name, std::string_view separator, std::vector<T>& items,
            AtMost most = kAnyNumber) {
    List(name, separator, items, &Syntax::Item<T>, most);
  }
  template <typename T>
  void LedList(Name name, std::string_view separator, std::vector<T>& items) {
    LedList(name, separator, items, &Syntax::Item<T>);
  }

 protected:
  explicit Syntax(Mode mode) : mode_(mode) {}
  virtual ~Syntax() = default;

  // Where the field begins that was described last, for those who read text.
  virtual size_t FieldStart() const { return 0; }
  // Whether Fail() is called with the whole way to the field.
  virtual bool KnowsPaths() const { return false; }

  virtual void BeginList(Name name, size_t size) = 0;
  // Whether there is an item `index`; `separator` stands in front of it.
  virtual bool NextItem(size_t index, std::string_view separator) = 0;
  virtual void EndList() = 0;
  virtual void BeginItem() = 0;
  virtual void EndItem() = 0;

  void Fail(std::string reason, Name field, size_t offset);

 private:
  // A list of whatever type, so that its loop is compiled once.
  struct ErasedList {
    void* items;
    const void* each;
    void (*each_function)();
    size_t size;
    // Describes an item, which it adds when there are only `index` yet.
    void (*describe)(Syntax& s, const ErasedList& list, size_t index);
  };
  template <typename T>
  static T& ItemAt(const ErasedList& list, size_t index) {
    auto& items = *static_cast<std::vector<T>*>(list.items);
    if (index == items.size()) items.emplace_back();
    return items[index];
  }
  template <typename T>
  using EachFunction = void (*)(Syntax&, T&);
  template <typename T, typename Each>
  static ErasedList Erase(std::vector<T>& items, const Each& each) {
    if constexpr (std::is_convertible_v<Each, EachFunction<T>>) {
      // All lists of one type share this code.
      return {&items, nullptr, reinterpret_cast<void (*)()>(EachFunction<T>(each)), items.size(),
              [](Syntax& s, const ErasedList& list, size_t index) {
                reinterpret_cast<EachFunction<T>>(list.each_function)(s, ItemAt<T>(list, index));
              }};
    } else {
      return {&items, &each, nullptr, items.size(),
              [](Syntax& s, const ErasedList& list, size_t index) {
                (*static_cast<const Each*>(list.each))(s, ItemAt<T>(list, index));
              }};
    }
  }
  void Items(Name name, std::string_view first, std::string_view separator, const ErasedList& list,
             AtMost most);

  template <typename T>
  static T& Filled(std::optional<T>& value) {
    return value ? *value : value.emplace();
  }
  template <typename T>
  static void Item(Syntax& s, T& item) {
    s.BeginItem();
    item.Describe(s);
    s.EndItem();
  }

  // The error is about a part of this item.
  void PrefixError(Name list, size_t index);

  Mode mode_;
  size_t items_ = 0;  // of all lists so far
  bool failed_ = false;
  SyntaxError error_;
};

// Calls back with each word of "send|recv", until that gives false.
template <typename Function>
void ForEachWord(std::string_view words, Function function) {
  for (size_t index = 0;; ++index) {
    const size_t end = words.find('|');
    if (!function(index, words.substr(0, end)) || end == std::string_view::npos) return;
    words.remove_prefix(end + 1);
  }
}

}  // namespace koeru::sdp
