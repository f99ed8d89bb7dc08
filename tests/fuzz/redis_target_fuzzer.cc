// koeru_fuzzer deps: koeru_server_users
// Connection strings for Redis: any text ends with a target or a message; a target has values in
// their bounds, and no message has the password in it.

#include <string>

#include "native_server/users/redis_target.h"
#include "tests/fuzz/require.h"

using koeru::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto target = koeru::server::ParseRedisTarget(text);
  if (target.ok()) {
    Require(target->port != 0, "a port");
    Require(target->database <= 1u << 20, "a database");
    Require(target->connect_timeout.count() >= 1000, "a timeout");
    Require(target->host.find(' ') == std::string::npos, "one word");
  }
  const auto secret = koeru::server::ParseRedisTarget(text + " password=zxcvbnm,nonsense=1");
  Require(!secret.ok(), "what is unknown is refused");
  const bool is_shown = secret.status().message().find("zxcvbnm") != std::string_view::npos;
  Require(!is_shown, "no password in a message");
  return 0;
}
