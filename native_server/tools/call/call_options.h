#pragma once

// What `koeru call` was asked for.

#include <optional>
#include <string>

#include "core/net/address.h"
#include "native_server/tools/call/call_facts.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

// "wss://relay.example:8443/" as host and port.
struct CallUrl {
  std::string host;
  uint16_t port = 443;
};
// wss: or https: alone; what is behind the port does not matter. Nothing: it is none.
std::optional<CallUrl> ParseCallUrl(std::string_view text);

struct CallOptions {
  CallUrl url = {};
  std::string url_text;
  CallMode mode = CallMode::kEcho;
  CallVia via = CallVia::kDirect;
  std::string turn_uri;  // of any TURN server; `via` says its transport
  std::string user;
  std::optional<std::string> password_file;
  std::optional<std::string> secret_file;
  std::string ca_file;
  bool insecure = false;
  std::optional<net::Endpoint> dns;
  int seconds = 10;
  int bitrate_kbps = 300;
  int calls = 1;
  int timeout_s = 10;
  bool no_audio = false, no_video = false, no_data = false;
  bool json = false;
  bool help = false;
};

// What is wrong, or nothing.
std::string ParseCallOptions(Arguments arguments, CallOptions& options);

// The text of `koeru call --help`.
std::string_view CallHelp();

}  // namespace koeru::tools
