#pragma once

// All findings together, as one answer in words. No I/O.

#include "native_server/tools/check/facts.h"
#include "native_server/tools/check/finding.h"

namespace koeru::tools {

struct JudgedTarget {
  TargetFacts facts;
  Findings findings;
};

// One URI and all that was found out about it.
struct CheckedUri {
  std::string uri;
  std::vector<server::Lookup> lookups;
  std::vector<JudgedTarget> targets;
};

struct Problem {
  Level level = Level::kFail;
  std::string where;  // "turn:turn.example.org over UDP and TCP"
  std::string text;
  std::string remedy;
};

struct Verdict {
  bool good = false;  // nothing failed
  std::string summary;
  std::vector<Problem> problems;  // what failed first, then warnings; each remedy once
};

Verdict Conclude(const std::vector<CheckedUri>& uris);

}  // namespace koeru::tools
