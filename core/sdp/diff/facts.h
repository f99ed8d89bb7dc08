#pragma once

// What a section says, one fact for each line, in a form in which two sections can be compared.
//
//   a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
//      kind "header-extension", key "urn:ietf:params:rtp-hdrext:sdes:mid", value "3"
//
// Two facts with the same kind and key speak of the same thing; when their values are different, it
// was changed. Runs of spaces count as one.

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sdp/diff/difference.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

struct FactKind;

struct Fact {
  const FactKind* kind;
  std::string_view key;
  std::string_view value;
  size_t line;
};

class Facts {
 public:
  // The second description's name for a format of the first; nullopt for a format whose lines are
  // told elsewhere (a codec that was added or removed).
  using Translate = std::function<std::optional<std::string>(std::string_view format)>;

  explicit Facts(Translate translate) : translate_(std::move(translate)) {}

  void Add(const Line& line, size_t index);

  // Tells what `after` has otherwise than `before`.
  static void Compare(Facts& before, Facts& after, DiffReport& report);

 private:
  std::string_view Own(std::string text) { return owned_.emplace_back(std::move(text)); }
  std::string_view Spaced(std::string_view text);
  bool AddByFormat(const Line& line, const Attribute& attribute, size_t index);

  Translate translate_;
  std::vector<Fact> list_;
  std::deque<std::string> owned_;
};

// The rank of facts among the differences of a section: behind what compares by meaning.
inline constexpr size_t kFirstFactOrder = 100;

}  // namespace koeru::sdp
