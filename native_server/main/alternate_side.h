#pragma once

// Which alternate servers count at the moment: by what they say of their load, and by how busy this
// server is.

#include <memory>

#include "native_server/alternates/load_watch.h"
#include "native_server/config/server_options.h"

namespace koeru::server {

class AlternateSide {
 public:
  // Begins to ask when options name somebody to ask.
  explicit AlternateSide(const ServerOptions& options);

  // Puts the servers that count now, in the order of their turns, in the place of those that are
  // configured. `allocations`: that live here.
  void Choose(const ServerOptions& options, uint64_t allocations, relay::RelayConfig& config);
  // Choose would give something else than the last time.
  bool HasChanged(const ServerOptions& options, uint64_t allocations) const;

 private:
  using Servers = decltype(relay::RelayConfig::alternate_servers);
  Servers CountingNow(const ServerOptions& options, uint64_t allocations,
                      const Servers& configured) const;

  std::unique_ptr<LoadWatch> watch_;  // null: nobody is asked
  Servers configured_, chosen_;
};

}  // namespace koeru::server
