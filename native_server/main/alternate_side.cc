#include "native_server/main/alternate_side.h"

namespace koeru::server {

AlternateSide::AlternateSide(const ServerOptions& options) {
  if (options.alternate_loads.empty()) return;
  watch_ = std::make_unique<LoadWatch>(options.alternate_loads, options.alternate_token);
}

void AlternateSide::Choose(const ServerOptions& options, uint64_t allocations,
                           relay::RelayConfig& config) {
  configured_ = config.alternate_servers;
  chosen_ = CountingNow(options, allocations, configured_);
  config.alternate_servers = chosen_;
}

bool AlternateSide::HasChanged(const ServerOptions& options, uint64_t allocations) const {
  return CountingNow(options, allocations, configured_) != chosen_;
}

AlternateSide::Servers AlternateSide::CountingNow(const ServerOptions& options,
                                                  uint64_t allocations,
                                                  const Servers& configured) const {
  if (allocations < options.alternates_above) return {};
  if (watch_ == nullptr) return configured;
  Servers servers;
  for (size_t i = 0; i < servers.size(); ++i) servers[i] = InTurn(watch_->Describe(configured[i]));
  return servers;
}

}  // namespace koeru::server
