#include "native_server/tools/check/media_probe.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "native_server/tools/call/call_run.h"
#include "native_server/tools/call/judge_call.h"
#include "native_server/tools/stop_on_interrupt.h"

namespace koeru::tools {
namespace {

constexpr std::string_view kTopic = "media";

CallVia ViaOf(net::Transport transport) {
  switch (transport) {
    case net::Transport::kTcp:
      return CallVia::kTcp;
    case net::Transport::kTls:
      return CallVia::kTls;
    case net::Transport::kDtls:
      return CallVia::kDtls;
    default:
      return CallVia::kUdp;
  }
}

// Why a call makes no sense here; empty: it does.
std::string ReasonAgainst(const JudgedTarget& target) {
  if (!target.facts.target.relays) return "not tried: a stun: server carries no media";
  if (!IsGood(target.findings)) return "not tried: see above";
  return {};
}

}  // namespace

Findings MediaProbe::AddTo(const JudgedTarget& target) const {
  Findings findings = target.findings;
  if (std::string reason = ReasonAgainst(target); !reason.empty()) {
    findings.push_back({Level::kNote, kTopic, std::move(reason)});
    return findings;
  }
  const CheckTarget& at = target.facts.target;
  CallPlan plan;
  plan.host = options_.url.host;
  plan.port = options_.url.port;
  plan.via = ViaOf(at.at.transport);
  plan.seconds = kSeconds;
  plan.turn_user = options_.user;
  plan.turn_password = options_.password;
  plan.tls = options_.tls;
  plan.timeout = options_.timeout;
  plan.turn.emplace();
  plan.turn->transport = at.at.transport;
  plan.turn->server = at.at.endpoint;
  plan.turn->server_name = at.host;

  const StopOnInterrupt interrupt;
  CallRun run(std::move(plan), names_);
  run.SetUp(interrupt.asked());
  run.Run(interrupt.asked());
  for (Finding& one : JudgeCalls(run.Finish())) {
    findings.push_back(
        {one.level, kTopic, absl::StrCat(one.topic, ": ", one.text), std::move(one.remedy)});
  }
  return findings;
}

}  // namespace koeru::tools
