#pragma once

// What `koeru check` was asked for.

#include <optional>
#include <string>
#include <vector>

#include "core/net/address.h"
#include "native_server/tools/call/call_options.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

struct CheckOptions {
  std::vector<std::string> uris;
  std::string user;
  std::optional<std::string> password_file;
  std::optional<std::string> secret_file;
  std::string ca_file;
  std::optional<net::Endpoint> dns;
  std::optional<net::Endpoint> echo_peer;
  std::string media_text;
  std::optional<CallUrl> media;
  int timeout_s = 5;
  int rate_kbps = 1000;
  bool json = false;
  bool help = false;
};

// What is wrong, or nothing.
std::string ParseCheckOptions(Arguments arguments, CheckOptions& options);

// The text of `koeru check --help`.
std::string_view CheckHelp();

}  // namespace koeru::tools
