#include "native_server/tools/check/verdict.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/bytes/escape.h"

namespace koeru::tools {
namespace {

std::string And(const std::vector<std::string>& words) {
  if (words.size() < 2) return absl::StrJoin(words, "");
  return absl::StrCat(absl::StrJoin(words.begin(), words.end() - 1, ", "), " and ", words.back());
}

void AddOnce(std::vector<std::string>& words, std::string_view word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.emplace_back(word);
}

bool Has(const Findings& findings, Level level) {
  return std::any_of(findings.begin(), findings.end(),
                     [level](const Finding& finding) { return finding.level == level; });
}

// Problems that are one: the same words and the same remedy, over several transports.
struct Group {
  Finding finding;
  std::string uri;
  std::vector<std::string> transports;
};

void AddTo(std::vector<Group>& groups, const std::string& uri, std::string_view transport,
           const Finding& finding) {
  for (Group& group : groups) {
    if (group.uri == uri && group.finding.topic == finding.topic &&
        group.finding.remedy == finding.remedy && group.finding.level == finding.level) {
      AddOnce(group.transports, transport);
      return;
    }
  }
  groups.push_back({finding, uri, {std::string(transport)}});
}

std::string ErrorsOf(const CheckedUri& checked) {
  std::vector<std::string> errors;
  for (const server::Lookup& lookup : checked.lookups) {
    if (!lookup.error.empty())
      errors.push_back(absl::StrCat(Escape(lookup.name), ": ", lookup.error));
  }
  return absl::StrJoin(errors, "; ");
}

Problem Unknown(const CheckedUri& checked) {
  const std::string errors = ErrorsOf(checked);
  if (errors.empty()) {
    return {Level::kFail, checked.uri, "the name has no address",
            "write A and AAAA records for it into DNS, or correct the name"};
  }
  return {Level::kFail, checked.uri, absl::StrCat("DNS does not answer: ", errors),
          "see that this machine reaches its DNS server, or name another with --dns"};
}

// Over which transports it works: something answered and nothing failed.
std::string Summary(const std::vector<CheckedUri>& uris, bool good) {
  std::vector<std::string> works, fails;
  for (const CheckedUri& checked : uris) {
    for (const JudgedTarget& target : checked.targets) {
      const std::string_view name = server::TransportName(target.facts.target.at.transport);
      if (Has(target.findings, Level::kFail)) {
        AddOnce(fails, name);
      } else if (target.facts.reach.binding.ok) {
        AddOnce(works, name);
      }
    }
  }
  for (const std::string& name : fails) std::erase(works, name);
  if (works.empty() && fails.empty()) return good ? "nothing could be tested" : "it does not work";
  if (works.empty()) return absl::StrCat("it does not work as it should over ", And(fails));
  return absl::StrCat("it works over ", And(works),
                      fails.empty() ? "" : absl::StrCat(", not as it should over ", And(fails)));
}

}  // namespace

Verdict Conclude(const std::vector<CheckedUri>& uris) {
  Verdict verdict;
  std::vector<Group> groups;
  for (const CheckedUri& checked : uris) {
    if (checked.targets.empty()) verdict.problems.push_back(Unknown(checked));
    for (const JudgedTarget& target : checked.targets) {
      for (const Finding& finding : target.findings) {
        if (finding.level != Level::kWarn && finding.level != Level::kFail) continue;
        AddTo(groups, checked.uri, server::TransportName(target.facts.target.at.transport),
              finding);
      }
    }
  }
  for (const Group& group : groups) {
    verdict.problems.push_back(
        {group.finding.level, absl::StrCat(group.uri, " over ", And(group.transports)),
         absl::StrCat(group.finding.topic, ": ", group.finding.text), group.finding.remedy});
  }
  std::stable_sort(verdict.problems.begin(), verdict.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.level > b.level; });
  // A server is good when something answered and nothing failed.
  const bool any_answer = std::any_of(uris.begin(), uris.end(), [](const CheckedUri& checked) {
    return std::any_of(checked.targets.begin(), checked.targets.end(),
                       [](const JudgedTarget& target) { return target.facts.reach.binding.ok; });
  });
  const bool failed = !verdict.problems.empty() && verdict.problems.front().level == Level::kFail;
  verdict.good = any_answer && !failed;
  verdict.summary = Summary(uris, verdict.good);
  return verdict;
}

}  // namespace koeru::tools
