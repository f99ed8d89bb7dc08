#include "native_server/tools/call/call.h"

#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/client/resolver.h"
#include "native_server/tools/call/call_options.h"
#include "native_server/tools/call/call_report.h"
#include "native_server/tools/call/call_run.h"
#include "native_server/tools/call/call_tls.h"
#include "native_server/tools/call/judge_call.h"
#include "native_server/tools/check/report.h"
#include "native_server/tools/client_credentials.h"
#include "native_server/tools/stop_on_interrupt.h"

namespace koeru::tools {
namespace {

constexpr int kExitNotWhole = 1;

int RefuseCall(std::string_view error, const CommandIo& io) {
  Put(io.err, absl::StrCat("koeru call: ", error, "\n"));
  return kExitBadInput;
}

absl::StatusOr<CallPlan> PlanOf(const CallOptions& options, const CommandIo& io) {
  auto credentials =
      ReadClientCredentials(options.user, options.password_file, options.secret_file, io);
  if (!credentials.ok()) return credentials.status();
  auto tls = TlsForCalls(options.ca_file, options.insecure);
  if (!tls.ok()) return tls.status();
  CallPlan plan;
  plan.host = options.url.host;
  plan.port = options.url.port;
  plan.via = options.via;
  plan.call = {.mode = options.mode,
               .audio = !options.no_audio,
               .video = !options.no_video,
               .data = !options.no_data,
               .bitrate_kbps = options.bitrate_kbps};
  plan.seconds = options.seconds;
  plan.calls = options.calls;
  plan.turn_uri = options.turn_uri;
  const bool is_for_turn = !options.turn_uri.empty();
  (is_for_turn ? plan.turn_user : plan.user) = credentials->user;
  (is_for_turn ? plan.turn_password : plan.password) = credentials->password;
  plan.tls = *std::move(tls);
  plan.timeout = std::chrono::seconds(options.timeout_s);
  return plan;
}

std::string CallVerdict(const CallOptions& options, bool is_good) {
  const std::string_view many = options.calls == 1 ? "the call" : "the calls";
  return absl::StrCat("\nVerdict: ", many,
                      is_good ? " came back whole" : " did not come back whole", "\n");
}

}  // namespace

int RunCall(Arguments arguments, const CommandIo& io) {
  CallOptions options;
  if (const std::string error = ParseCallOptions(arguments, options); !error.empty()) {
    return RefuseCall(error, io);
  }
  if (options.help) {
    Put(io.out, CallHelp());
    return kExitOk;
  }
  auto plan = PlanOf(options, io);
  if (!plan.ok()) return RefuseCall(plan.status().message(), io);
  auto resolver = server::Resolver::Make({options.dns, plan->timeout});
  if (!resolver.ok()) return RefuseCall(resolver.status().message(), io);

  const StopOnInterrupt interrupt;
  CallRun run(*std::move(plan), **resolver);
  run.SetUp(interrupt.asked());
  run.Run(interrupt.asked());
  const std::vector<CallFacts> facts = run.Finish();
  const Findings findings = JudgeCalls(facts);
  const bool is_good = IsGood(findings);
  if (options.json) {
    Put(io.out, CallJson(facts, findings));
  } else {
    Put(io.out,
        absl::StrCat(Escape(options.url_text), ", mode ", NameOf(options.mode), ", ", options.calls,
                     options.calls == 1 ? " call" : " calls", " of ", options.seconds, " s\n",
                     FindingLines(findings, ::isatty(::fileno(io.out)) == 1),
                     CallVerdict(options, is_good)));
  }
  return is_good ? kExitOk : kExitNotWhole;
}

}  // namespace koeru::tools
