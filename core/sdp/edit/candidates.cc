#include "core/sdp/edit/candidates.h"

#include <algorithm>

#include "core/ice/candidate.h"
#include "core/ice/token.h"

namespace koeru::sdp {
namespace {

using ice::Candidate;
using ice::EqualsIgnoringCase;

constexpr std::string_view kEndLine = "a=end-of-candidates";

bool IsCandidate(const Line& line) { return line.text().starts_with("a=candidate:"); }

// RFC 8445 section 5.1.3: the same transport address, component and type are the same candidate.
bool IsSame(const Candidate& a, const Candidate& b) {
  return a.component == b.component && EqualsIgnoringCase(a.transport_text, b.transport_text) &&
         EqualsIgnoringCase(a.host.text, b.host.text) && a.port == b.port &&
         EqualsIgnoringCase(a.type_text, b.type_text) && a.Find("tcptype") == b.Find("tcptype");
}

class Adder final : public SectionEditor {
 public:
  explicit Adder(const Candidate& candidate) : candidate_(candidate) {}

  EditResult Edit(SectionEdit& edit) override {
    if (edit.is_session()) {
      return EditError{"candidates stand in media sections: name one by its index", "section"};
    }
    if (candidate_.end_of_candidates) {
      if (!edit.FindAttribute("end-of-candidates")) {
        edit.changes().Insert(Place(edit), std::string(kEndLine));
      }
      return std::nullopt;
    }
    if (auto error = CheckGeneration(edit)) return error;
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      if (!IsCandidate(edit.line(i))) continue;
      const auto other = Candidate::Parse(edit.line(i).text());
      if (other.ok() && IsSame(*other, candidate_)) {
        return EditError{"the section has this candidate already: remove that one first",
                         "candidate"};
      }
    }
    Candidate line = candidate_;
    line.prefix = "a=candidate:";
    edit.changes().Insert(Place(edit), line.ToString());
    return std::nullopt;
  }

 private:
  // RFC 8838 section 10: the ufrag tells of which ICE generation the candidate is.
  EditResult CheckGeneration(const SectionEdit& edit) const {
    const auto ufrag = candidate_.ufrag();
    auto at = edit.FindAttribute("ice-ufrag");
    if (!at) at = edit.document().FindAttribute(0, "ice-ufrag");
    if (!ufrag || !at) return std::nullopt;
    const std::string_view own = Value(edit.line(*at));
    if (own == *ufrag) return std::nullopt;
    return EditError{"is of another ICE generation: its ufrag is " + Quoted(*ufrag) +
                         " and the section's is " + Quoted(own),
                     "candidate"};
  }
  static std::string_view Value(const Line& line) {
    return line.attribute()->value.value_or(std::string_view());
  }

  // Behind the last candidate, in front of their end, with the other lines of ICE, or at the end.
  static size_t Place(const SectionEdit& edit) {
    std::optional<size_t> behind;
    std::optional<size_t> before;
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      if (IsCandidate(edit.line(i))) behind = i + 1;
      const auto attribute = edit.line(i).attribute();
      if (!before && attribute &&
          (attribute->name == "end-of-candidates" || attribute->name.starts_with("ice-"))) {
        before = i;
      }
    }
    if (behind) return *behind;
    const auto end = edit.FindAttribute("end-of-candidates");
    return end ? *end : before.value_or(edit.EndOfContent());
  }

  const Candidate& candidate_;
};

struct Filter {
  std::string_view name;
  std::string_view value;
};

constexpr std::string_view kFilters[] = {"type",      "transport",  "address", "port",
                                         "component", "foundation", "tcptype"};

// What a candidate has of the name at this place in kFilters.
std::string Property(const Candidate& candidate, std::string_view name) {
  if (name == "type") return std::string(candidate.type_text);
  if (name == "transport") return std::string(candidate.transport_text);
  if (name == "address") return std::string(candidate.host.text);
  if (name == "port") return std::to_string(candidate.port);
  if (name == "component") return std::to_string(candidate.component);
  if (name == "foundation") return std::string(candidate.foundation);
  return std::string(candidate.Find("tcptype").value_or(""));
}

class Remover final : public SectionEditor {
 public:
  explicit Remover(std::vector<Filter> filters) : filters_(std::move(filters)) {}

  EditResult Edit(SectionEdit& edit) override {
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      const Line& line = edit.line(i);
      const bool is_end = line.text() == kEndLine;
      if ((is_end && filters_.empty()) || (IsCandidate(line) && Matches(line))) {
        edit.changes().Erase(i);
      }
    }
    return std::nullopt;
  }

 private:
  bool Matches(const Line& line) const {
    if (filters_.empty()) return true;
    const auto candidate = Candidate::Parse(line.text());
    return candidate.ok() &&
           std::all_of(filters_.begin(), filters_.end(), [&](const Filter& filter) {
             return EqualsIgnoringCase(Property(*candidate, filter.name), filter.value);
           });
  }

  std::vector<Filter> filters_;
};

}  // namespace

EditResult AddCandidate(Document& document, size_t section, std::string_view candidate) {
  const auto parsed = Candidate::Parse(candidate);
  if (!parsed.ok()) {
    return EditError{
        std::string(parsed.error().reason) + ", at byte " + std::to_string(parsed.error().offset),
        "candidate"};
  }
  if (section == kEveryMediaSection && !parsed->end_of_candidates) {
    return EditError{"a candidate belongs to one media section: name it by its index", "section"};
  }
  Adder adder(*parsed);
  return EditSections(document, section, adder);
}

EditResult RemoveCandidates(Document& document, size_t section,
                            std::span<const std::string_view> filters) {
  std::vector<Filter> list;
  for (const std::string_view filter : filters) {
    const size_t equals = std::min(filter.find('='), filter.size());
    const std::string_view name = filter.substr(0, equals);
    const bool is_known =
        std::find(std::begin(kFilters), std::end(kFilters), name) != std::end(kFilters);
    if (!is_known || equals == filter.size() || list.size() == std::size(kFilters)) {
      return EditError{Quoted(filter) +
                           " is no filter: write type=, transport=, address=, port=, component=, "
                           "foundation= or tcptype= with a value, each once",
                       "filter"};
    }
    list.push_back({name, filter.substr(equals + 1)});
  }
  Remover remover(std::move(list));
  return EditSections(document, section, remover);
}

}  // namespace koeru::sdp
