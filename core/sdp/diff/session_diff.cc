#include "core/sdp/diff/session_diff.h"

#include <algorithm>

#include "core/sdp/diff/facts.h"
#include "core/sdp/diff/ice_diff.h"
#include "core/sdp/edit/section_edit.h"
#include "core/sdp/lines/origin.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

enum Order : size_t { kOrigin, kDirection, kIce };

std::optional<size_t> FindOrigin(const Document& document) {
  const Section& session = document.sections()[0];
  for (size_t i = session.first_line; i < session.end_line; ++i) {
    if (document.lines()[i].type() == 'o') return i;
  }
  return std::nullopt;
}

// RFC 8866 section 5.2 sets no bound to the number; 18 digits can be subtracted.
std::string VersionSentence(std::string_view before, std::string_view after) {
  const auto number = [](std::string_view digits) -> std::optional<uint64_t> {
    if (digits.size() > 18) return std::nullopt;
    uint64_t value = 0;
    for (const char c : digits) value = value * 10 + static_cast<uint64_t>(c - '0');
    return value;
  };
  const auto first = number(before);
  const auto second = number(after);
  if (!first || !second) {
    return "The session version is " + Quoted(after) + " instead of " + Quoted(before) + '.';
  }
  if (*first <= *second)
    return "The session version grew by " + std::to_string(*second - *first) + '.';
  return "The session version went back by " + std::to_string(*first - *second) +
         ": it has to grow.";
}

void CompareOrigin(const Document& before, size_t line_before, const Document& after,
                   size_t line_after, DiffReport& report) {
  const auto first = TypedLine(before.lines()[line_before]).As<Origin>();
  const auto second = TypedLine(after.lines()[line_after]).As<Origin>();
  const auto tell = [&](std::string kind, std::string message) {
    report.Add(kOrigin, std::move(kind), std::move(message), line_before, line_after);
  };
  if (!first.ok() || !second.ok()) {
    if (before.lines()[line_before].text() != after.lines()[line_after].text()) {
      tell("line-changed", "The o= line was changed.");
    }
    return;
  }
  if (first->session_id != second->session_id) {
    tell("session-id-changed", "The session id is " + Quoted(second->session_id) + " instead of " +
                                   Quoted(first->session_id) + ": these are two sessions.");
  }
  if (first->session_version != second->session_version) {
    tell("session-version-changed",
         VersionSentence(first->session_version, second->session_version));
  }
  if (first->username != second->username || first->network_type != second->network_type ||
      first->address_type != second->address_type || first->address != second->address) {
    tell("origin-changed", "The user or the address of the o= line was changed.");
  }
}

class SessionDiff {
 public:
  SessionDiff(const Document& before, const SessionDefaults& defaults_before, const Document& after,
              const SessionDefaults& defaults_after, DiffReport& report)
      : before_(before),
        after_(after),
        defaults_before_(defaults_before),
        defaults_after_(defaults_after),
        report_(report),
        has_media_(before.sections().size() > 1 || after.sections().size() > 1) {}

  void Run() {
    std::optional<size_t> origin_before = FindOrigin(before_);
    std::optional<size_t> origin_after = FindOrigin(after_);
    if (origin_before && origin_after) {
      CompareOrigin(before_, *origin_before, after_, *origin_after, report_);
    } else {
      // One without its counterpart is a line like others.
      origin_before.reset();
      origin_after.reset();
    }
    CompareDirections();
    CompareCredentials();
    const auto as_is = [](std::string_view format) {
      return std::optional<std::string>(std::string(format));
    };
    Facts facts_before(as_is);
    Facts facts_after(as_is);
    Collect(before_, defaults_before_, defaults_after_, after_, origin_before, facts_before);
    Collect(after_, defaults_after_, defaults_before_, before_, origin_after, facts_after);
    Facts::Compare(facts_before, facts_after, report_);
  }

 private:
  // What media sections inherit is told here when both sessions say it, and else by each section,
  // where it may mean the same as its own line in the other description.
  bool IsToldHere(bool is_before, bool is_after) const {
    return (is_before && is_after) || (!has_media_ && (is_before || is_after));
  }

  void CompareDirections() {
    const auto first = defaults_before_.direction;
    const auto second = defaults_after_.direction;
    if (!IsToldHere(first.has_value(), second.has_value())) return;
    const std::string_view before = first ? before_.lines()[*first].value() : "sendrecv";
    const std::string_view after = second ? after_.lines()[*second].value() : "sendrecv";
    if (before == after) return;
    report_.Add(kDirection, "direction-changed",
                "The direction of sections without their own is " + std::string(after) +
                    " instead of " + std::string(before) + '.',
                first, second);
  }

  void CompareCredentials() {
    const IceLines first = {defaults_before_.ice_ufrag, defaults_before_.ice_pwd};
    const IceLines second = {defaults_after_.ice_ufrag, defaults_after_.ice_pwd};
    if (!IsToldHere(first.ufrag || first.pwd, second.ufrag || second.pwd)) return;
    CompareIce(before_, first, after_, second, kIce, report_);
  }

  void Collect(const Document& document, const SessionDefaults& defaults,
               const SessionDefaults& other_defaults, const Document& other,
               std::optional<size_t> skipped, Facts& facts) const {
    const Section& session = document.sections()[0];
    for (size_t i = session.first_line; i < session.end_line; ++i) {
      if (skipped == i || defaults.direction == i || defaults.ice_ufrag == i ||
          defaults.ice_pwd == i) {
        continue;
      }
      const std::string_view name = InheritedName(document.lines()[i]);
      if (!name.empty() && !IsToldHere(true, Has(other, other_defaults, name))) continue;
      facts.Add(document.lines()[i], i);
    }
  }

  static bool Has(const Document& document, const SessionDefaults& defaults,
                  std::string_view name) {
    return std::any_of(defaults.lines.begin(), defaults.lines.end(),
                       [&](size_t line) { return InheritedName(document.lines()[line]) == name; });
  }

  const Document& before_;
  const Document& after_;
  const SessionDefaults& defaults_before_;
  const SessionDefaults& defaults_after_;
  DiffReport& report_;
  bool has_media_;
};

}  // namespace

void CompareSession(const Document& before, const SessionDefaults& defaults_before,
                    const Document& after, const SessionDefaults& defaults_after,
                    DiffReport& report) {
  SessionDiff(before, defaults_before, after, defaults_after, report).Run();
}

}  // namespace koeru::sdp
