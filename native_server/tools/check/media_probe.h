#pragma once

// The full media test of `koeru check --media`: a call to the media peer of a koeru-relay whose
// packets all go through the server under test, over the transport under test. ICE, DTLS, sound,
// pictures and messages, there and back.
//
//   MediaProbe probe(options, resolver);
//   judged.findings = probe.AddTo(std::move(judged));    // topic "media", or why it was not tried

#include <string>

#include "native_server/client/name_service.h"
#include "native_server/tools/call/call_options.h"
#include "native_server/tools/call/call_tls.h"
#include "native_server/tools/check/verdict.h"

namespace koeru::tools {

struct MediaProbeOptions {
  CallUrl url = {};
  // For the server under test. The media peer wants those that its server hands out, or these.
  std::string user = {}, password = {};
  CallTls tls = {};
  net::Duration timeout = std::chrono::seconds(5);
};

class MediaProbe {
 public:
  static constexpr int kSeconds = 3;  // of media

  // `names` outlives it.
  MediaProbe(MediaProbeOptions options, server::NameService& names)
      : options_(std::move(options)), names_(names) {}

  // The target's findings and, behind them, those of the call.
  Findings AddTo(const JudgedTarget& target) const;

 private:
  const MediaProbeOptions options_;
  server::NameService& names_;
};

}  // namespace koeru::tools
