#pragma once

// NameService by c-ares: /etc/hosts first (addresses only), then the system's DNS servers or a
// given one.
//
//   auto resolver = Resolver::Make({.server = {}, .timeout = std::chrono::seconds(5)});
//   HostAnswer answer = (*resolver)->LookUpHost("turn.example.org");
//
// A call waits for its answer, never longer than the timeout. One thread.

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "core/net/time.h"
#include "native_server/client/name_service.h"

struct ares_channeldata;

namespace koeru::server {

struct ResolverOptions {
  std::optional<net::Endpoint> server;  // instead of the system's
  net::Duration timeout = std::chrono::seconds(5);
};

class Resolver final : public NameService {
 public:
  static absl::StatusOr<std::unique_ptr<Resolver>> Make(const ResolverOptions& options);
  ~Resolver() override;

  HostAnswer LookUpHost(const std::string& name) override;
  ServiceAnswer LookUpService(const std::string& name) override;
  NaptrAnswer LookUpNaptr(const std::string& domain) override;

 private:
  Resolver(ares_channeldata* channel, net::Duration timeout)
      : channel_(channel), timeout_(timeout) {}
  // Moves the sockets until `done`; false when the time is over and the question was withdrawn.
  bool Run(const bool& done);

  ares_channeldata* channel_;
  net::Duration timeout_;
};

}  // namespace koeru::server
