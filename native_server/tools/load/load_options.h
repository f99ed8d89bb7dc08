#pragma once

// What `koeru load` was asked for.

#include <optional>
#include <string>
#include <vector>

#include "core/net/address.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

// Packets of this size, and how many parts of all they are.
struct SizeShare {
  size_t size = 160;
  int parts = 1;
  friend bool operator==(const SizeShare&, const SizeShare&) = default;
};

struct LoadOptions {
  std::string uri;
  std::string user;
  std::optional<std::string> password_file;
  std::optional<std::string> secret_file;
  std::string ca_file;
  std::optional<net::Endpoint> dns;
  int allocations = 10;
  int peers = 1;
  int rate_pps = 1000;  // of all allocations together
  std::vector<SizeShare> sizes = {SizeShare{}};
  int duration_s = 10;
  bool may_load_this_server = false;
  bool json = false;
  bool help = false;
};

// What is wrong, or nothing.
std::string ParseLoadOptions(Arguments arguments, LoadOptions& options);

// The text of `koeru load --help`.
std::string_view LoadHelp();

}  // namespace koeru::tools
