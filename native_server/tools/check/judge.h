#pragma once

// What the facts mean: for each fact a sentence, how bad it is, and the remedy (the name of an
// option, the port of a firewall). No I/O. Texts of strangers come out escaped.

#include "core/net/time.h"
#include "native_server/tools/check/facts.h"
#include "native_server/tools/check/finding.h"

namespace koeru::tools {

// All that follows, in order.
Findings Judge(const TargetFacts& facts, net::UnixTime now);

// The parts, each with a file of its own.
void JudgeReach(const TargetFacts& facts, Findings& findings);
void JudgeCertificate(const TargetFacts& facts, net::UnixTime now, Findings& findings);
void JudgeAuth(const TargetFacts& facts, Findings& findings);
void JudgeRelayed(const TargetFacts& facts, Findings& findings);
void JudgeEcho(const TargetFacts& facts, Findings& findings);
void JudgePath(const TargetFacts& facts, Findings& findings);

// How an error response, or no response, is told: "486 (Allocation Quota Reached)".
std::string OutcomeText(const RequestFacts& request);
// What to do about an error response to Allocate, by its code; empty for those that say nothing
// by themselves.
std::string RemedyOf(const RequestFacts& request);

}  // namespace koeru::tools
