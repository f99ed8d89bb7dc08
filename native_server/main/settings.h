#pragma once

// The configuration that counts at the moment, for threads that are not workers: web pages ask for
// credentials made with it.

#include <memory>
#include <mutex>

#include "native_server/config/server_options.h"

namespace koeru::server {

struct Settings {
  ServerOptions options;
  relay::RelayConfig config;
};

class CurrentSettings {
 public:
  explicit CurrentSettings(Settings settings) { Set(std::move(settings)); }

  std::shared_ptr<const Settings> Get() const {
    const std::lock_guard lock(mutex_);
    return settings_;
  }
  void Set(Settings settings) {
    auto fresh = std::make_shared<const Settings>(std::move(settings));
    const std::lock_guard lock(mutex_);
    settings_.swap(fresh);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Settings> settings_;
};

}  // namespace koeru::server
