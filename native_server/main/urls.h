#pragma once

// Where the page can be reached.

#include <string>
#include <vector>

#include "native_server/config/relay_config.h"

namespace koeru::server {

// localhost first, then the addresses that other devices can use; without brackets.
std::vector<std::string> PageHosts(const ServerOptions& options, const Machine& machine);

// The one that works for most: an IPv4 address that others can reach, else localhost.
std::string BestHost(const ServerOptions& options, const Machine& machine);

// "https://localhost:8443/"
std::vector<std::string> PageUrls(const ServerOptions& options, const Machine& machine);

}  // namespace koeru::server
