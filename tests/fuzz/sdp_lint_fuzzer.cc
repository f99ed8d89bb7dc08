// koeru_fuzzer deps: koeru_sdp
//
// The lint: the input's first byte chooses the mode and the type of description, the rest is the
// text. Whatever it is, each finding stands at a place that exists, in the order of lines, is of a
// rule that exists and can be printed; and the same text gives the same again.

#include <algorithm>
#include <string>
#include <vector>

#include "core/sdp/checks/lint.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;
using namespace koeru::sdp;

constexpr DescriptionType kTypes[] = {DescriptionType::kUnknown, DescriptionType::kOffer,
                                      DescriptionType::kAnswer};

const Rule* FindRule(std::string_view name) {
  const auto rules = Rules();
  const auto at =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
  return at == rules.end() ? nullptr : &*at;
}

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7F'; });
}

void CheckFinding(const Finding& finding, const Document& document, Mode mode) {
  const Rule* const rule = FindRule(finding.rule);
  Require(rule != nullptr, "the rule exists");
  Require(finding.severity == rule->severity(mode), "the severity is the rule's");
  Require(!finding.message.empty() && IsPrintable(finding.message), "the message can be printed");
  Require(finding.rfc.starts_with("RFC ") || rule->rfc.empty(), "a finding names its RFC");
  Require(finding.line >= 1 && finding.column >= 1, "lines and columns count from 1");
  const size_t lines = document.lines().size();
  Require(finding.line <= std::max<size_t>(lines, 1), "the line exists");
  const size_t length = lines == 0 ? 0 : document.lines()[finding.line - 1].text().size();
  Require(finding.column <= length + 1, "the column exists");
  Require(!finding.section || *finding.section + 1 < document.sections().size(),
          "the section exists");
}

std::vector<std::string> Texts(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) {
    texts.push_back(std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
                    std::string(finding.rule) + " " + finding.message);
  }
  return texts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const Mode mode = data[0] % 2 == 0 ? Mode::kLenient : Mode::kStrict;
  const DescriptionType type = kTypes[data[0] / 2 % 3];
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const Document document = Document::Parse(text);
  const std::vector<Finding> findings = Lint(document, mode, type);
  Require(findings.size() <= Report::kMaxFindings + 1, "findings are few");
  for (const Finding& finding : findings) CheckFinding(finding, document, mode);
  Require(std::is_sorted(findings.begin(), findings.end(),
                         [](const Finding& a, const Finding& b) {
                           return a.line < b.line && b.rule != RuleOf(RuleId::kMoreFindings).name;
                         }),
          "findings come in the order of lines");
  const std::string copy(text);
  Require(Texts(Lint(Document::Parse(copy), mode, type)) == Texts(findings),
          "the same text gives the same");
  return 0;
}
