#include "core/sdp/diff/facts.h"

#include <algorithm>
#include <span>
#include <tuple>

#include "core/ice/candidate.h"
#include "core/ice/token.h"
#include "core/sdp/codec_list.h"
#include "core/sdp/edit/rid_lines.h"
#include "core/sdp/edit/section_edit.h"
#include "core/sdp/stable_order.h"
#include "core/sdp/text_form.h"

namespace koeru::sdp {

// How a line is split into key and value.
enum class FactForm : uint8_t {
  kOne,        // there is one of it: no key
  kFirstWord,  // the first word is the key
  kLowerWord,  // the same, and case does not matter
  kExtmap,     // the second word is the key
  kCandidate,  // what RFC 8445 section 5.1.3 calls the same candidate
  kSsrc,       // ssrc and attribute
  kColon,      // up to the colon
};

struct FactKind {
  std::string_view line;  // the attribute, or "b="
  std::string_view kind;
  std::string_view noun;
  FactForm form;
};

namespace {

// In the order in which differences are told.
constexpr FactKind kKinds[] = {
    {"group", "group", "group", FactForm::kFirstWord},
    {"b=", "bandwidth", "bandwidth", FactForm::kColon},
    {"c=", "address", "connection address", FactForm::kOne},
    {"rtcp", "rtcp-address", "RTCP address", FactForm::kOne},
    {"ice-options", "ice-options", "list of ICE options", FactForm::kOne},
    {"fingerprint", "fingerprint", "DTLS fingerprint", FactForm::kLowerWord},
    {"setup", "setup", "DTLS role", FactForm::kOne},
    {"tls-id", "tls-id", "DTLS association", FactForm::kOne},
    {"candidate", "candidate", "ICE candidate", FactForm::kCandidate},
    {"end-of-candidates", "end-of-candidates", "end of candidates", FactForm::kOne},
    {"rtcp-fb", "feedback", "RTCP feedback", FactForm::kOne},
    {"extmap", "header-extension", "header extension", FactForm::kExtmap},
    {"rid", "rid", "stream", FactForm::kFirstWord},
    {"simulcast", "simulcast", "simulcast", FactForm::kOne},
    {"msid", "msid", "MediaStream track", FactForm::kOne},
    {"ssrc", "ssrc", "SSRC", FactForm::kSsrc},
    {"ssrc-group", "ssrc-group", "SSRC group", FactForm::kFirstWord},
};
constexpr FactKind kAttribute = {"", "attribute", "attribute", FactForm::kOne};
constexpr FactKind kLine = {"", "line", "line", FactForm::kOne};

const FactKind* FindKind(std::string_view line) {
  for (const FactKind& kind : kKinds) {
    if (kind.line == line) return &kind;
  }
  return nullptr;
}

size_t OrderOf(const FactKind* kind) {
  if (kind == &kAttribute) return kFirstFactOrder + std::size(kKinds);
  if (kind == &kLine) return kFirstFactOrder + std::size(kKinds) + 1;
  return kFirstFactOrder + static_cast<size_t>(kind - kKinds);
}

// "rid:1" and the rest.
std::pair<std::string_view, std::string_view> SplitAt(std::string_view text, char separator) {
  const size_t at = std::min(text.find(separator), text.size());
  return {text.substr(0, at), text.substr(std::min(at + 1, text.size()))};
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ice::ToLower);
  return lower;
}

std::string CandidateKey(const ice::Candidate& candidate) {
  std::string key = Lower(candidate.type_text);
  key += ' ' + Lower(candidate.transport_text) + ' ';
  if (const auto type = candidate.Find("tcptype")) key.append(*type).append(" ");
  key.append(candidate.host.text).append(" ").append(std::to_string(candidate.port));
  return key + " component " + std::to_string(candidate.component);
}

std::string Sentence(const FactKind& kind, std::string_view key, std::string_view what) {
  std::string text = "The " + std::string(kind.noun);
  if (!key.empty()) text += ' ' + Quoted(key);
  text += ' ';
  text += what;
  text += '.';
  return text;
}

void Tell(const FactKind& kind, std::string_view key, std::string_view ending,
          std::string_view what, const Fact* before, const Fact* after, DiffReport& report) {
  report.Add(OrderOf(&kind), std::string(kind.kind) + std::string(ending),
             Sentence(kind, key, what), before ? std::optional(before->line) : std::nullopt,
             after ? std::optional(after->line) : std::nullopt);
}

using Range = std::span<const Fact>;

// Facts of one kind and key, each side sorted by value.
void CompareOne(Range before, Range after, DiffReport& report) {
  std::vector<const Fact*> only_before;
  std::vector<const Fact*> only_after;
  size_t i = 0;
  size_t j = 0;
  while (i < before.size() || j < after.size()) {
    const int order = i == before.size()  ? 1
                      : j == after.size() ? -1
                                          : before[i].value.compare(after[j].value);
    if (order < 0) only_before.push_back(&before[i]);
    if (order > 0) only_after.push_back(&after[j]);
    if (order <= 0) ++i;
    if (order >= 0) ++j;
  }
  const auto sort_by_line = [](std::vector<const Fact*>& facts) {
    Arrange(facts, StableOrder(facts.size(), [&](size_t a, size_t b) {
              return facts[a]->line < facts[b]->line;
            }));
  };
  sort_by_line(only_before);
  sort_by_line(only_after);
  const size_t pairs = std::min(only_before.size(), only_after.size());
  for (size_t k = 0; k < std::max(only_before.size(), only_after.size()); ++k) {
    const Fact* first = k < only_before.size() ? only_before[k] : nullptr;
    const Fact* second = k < only_after.size() ? only_after[k] : nullptr;
    const Fact& one = first ? *first : *second;
    if (k < pairs) {
      Tell(*one.kind, one.key, "-changed", "was changed", first, second, report);
    } else {
      Tell(*one.kind, one.key, first ? "-removed" : "-added", first ? "was removed" : "was added",
           first, second, report);
    }
  }
}

auto GroupOf(const Fact& fact) { return std::tuple(OrderOf(fact.kind), fact.key); }

}  // namespace

std::string_view Facts::Spaced(std::string_view text) {
  text = Trimmed(text);
  bool is_plain = true;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\t' || (text[i] == ' ' && text[i + 1] == ' ')) is_plain = false;
  }
  if (is_plain) return text;
  std::string spaced;
  for (const char c : text) {
    if (IsNonSpace(c)) {
      spaced += c;
    } else if (!spaced.ends_with(' ')) {
      spaced += ' ';
    }
  }
  return Own(std::move(spaced));
}

// Lines whose value begins with a payload type, and the formats of a=rid.
bool Facts::AddByFormat(const Line& line, const Attribute& attribute, size_t index) {
  if (const auto format = FormatOf(line)) {
    if (attribute.name == "rtpmap" || attribute.name == "fmtp") return false;
    const auto translated = translate_(*format);
    if (!translated) return true;
    const std::string_view value = *attribute.value;
    const auto rest =
        value.substr(static_cast<size_t>(format->data() - value.data()) + format->size());
    const FactKind* kind = FindKind(attribute.name);
    // Feedback is there or not; other lines are changed.
    if (kind != nullptr) {
      list_.push_back({kind, Own(*translated + ' ' + std::string(Spaced(rest))), {}, index});
    } else {
      list_.push_back(
          {&kAttribute, Own(std::string(attribute.name) + ':' + *translated), Spaced(rest), index});
    }
    return true;
  }
  if (attribute.name != "rid" || !attribute.value) return false;
  const std::string_view value = Spaced(*attribute.value);
  const size_t at = value.find(" pt=");
  if (at == std::string_view::npos) return false;
  const size_t start = at + 4;
  const size_t end = std::min(value.find(';', start), value.size());
  std::string text(value.substr(0, start));
  ForEachListed(value.substr(start, end - start), [&](std::string_view format) {
    if (!text.ends_with('=')) text += ',';
    text += translate_(format).value_or(std::string(format));
  });
  text += value.substr(end);
  const auto [id, rest] = SplitAt(Own(std::move(text)), ' ');
  list_.push_back({FindKind("rid"), id, rest, index});
  return true;
}

void Facts::Add(const Line& line, size_t index) {
  if (line.type() == 0) {
    if (!Trimmed(line.text()).empty()) list_.push_back({&kLine, {}, Spaced(line.text()), index});
    return;
  }
  const auto attribute = line.attribute();
  if (attribute && AddByFormat(line, *attribute, index)) return;
  const std::string_view name = attribute ? attribute->name : line.text().substr(0, 2);
  const std::string_view value =
      Spaced(attribute ? attribute->value.value_or(std::string_view()) : line.value());
  const FactKind* kind = FindKind(name);
  if (kind == nullptr) {
    list_.push_back({attribute ? &kAttribute : &kLine, name, value, index});
    return;
  }
  Fact fact = {kind, {}, value, index};
  switch (kind->form) {
    case FactForm::kOne:
      break;
    case FactForm::kFirstWord:
      std::tie(fact.key, fact.value) = SplitAt(value, ' ');
      break;
    case FactForm::kLowerWord:
      std::tie(fact.key, fact.value) = SplitAt(Own(Lower(value)), ' ');
      break;
    case FactForm::kColon:
      std::tie(fact.key, fact.value) = SplitAt(value, ':');
      break;
    case FactForm::kExtmap: {
      const auto [id, rest] = SplitAt(value, ' ');
      const auto [uri, attributes] = SplitAt(rest, ' ');
      fact.key = uri;
      fact.value = attributes.empty() ? id : value;
      break;
    }
    case FactForm::kSsrc: {
      const auto [ssrc, rest] = SplitAt(value, ' ');
      fact.key = value.substr(0, ssrc.size() + 1 + SplitAt(rest, ':').first.size());
      break;
    }
    case FactForm::kCandidate: {
      const auto candidate = ice::Candidate::Parse(value);
      fact.key = candidate.ok() ? Own(CandidateKey(*candidate)) : value;
      break;
    }
  }
  list_.push_back(fact);
}

void Facts::Compare(Facts& before, Facts& after, DiffReport& report) {
  const auto sort = [](std::vector<Fact>& facts) {
    Arrange(facts, StableOrder(facts.size(), [&](size_t i, size_t j) {
              const Fact& a = facts[i];
              const Fact& b = facts[j];
              return std::tuple(OrderOf(a.kind), a.key, a.value) <
                     std::tuple(OrderOf(b.kind), b.key, b.value);
            }));
  };
  sort(before.list_);
  sort(after.list_);
  // The facts from `from` on that have its kind and key.
  const auto group_at = [](const std::vector<Fact>& facts, size_t from) {
    size_t to = from;
    while (to < facts.size() && GroupOf(facts[to]) == GroupOf(facts[from])) ++to;
    return Range(facts).subspan(from, to - from);
  };
  size_t i = 0;
  size_t j = 0;
  while (i < before.list_.size() || j < after.list_.size()) {
    const bool has_first = i < before.list_.size();
    const bool has_second = j < after.list_.size();
    // The one that sorts first has no partner.
    const bool takes_first =
        has_first && (!has_second || GroupOf(before.list_[i]) <= GroupOf(after.list_[j]));
    const bool takes_second =
        has_second && (!has_first || GroupOf(after.list_[j]) <= GroupOf(before.list_[i]));
    const Range first = takes_first ? group_at(before.list_, i) : Range();
    const Range second = takes_second ? group_at(after.list_, j) : Range();
    CompareOne(first, second, report);
    i += first.size();
    j += second.size();
  }
}

}  // namespace koeru::sdp
