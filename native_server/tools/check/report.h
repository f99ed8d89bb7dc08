#pragma once

// The report of `koeru check` as text and as JSON.

#include <string>

#include "native_server/tools/check/verdict.h"

namespace koeru::tools {

// With the codes of a terminal's colours, or without. All texts end in a newline.
std::string LookupLines(const std::vector<server::Lookup>& lookups);
std::string FindingLines(const Findings& findings, bool colour);
std::string TargetLines(const JudgedTarget& target, bool colour);
std::string VerdictLines(const Verdict& verdict, bool colour);

// One object; its names are described in README.md of this folder.
std::string ReportJson(const std::vector<CheckedUri>& uris, const Verdict& verdict);

}  // namespace koeru::tools
