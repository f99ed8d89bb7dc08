#pragma once

// What is asked of DNS to find a server: addresses of a host, SRV records (RFC 2782) and
// NAPTR records (RFC 3403). An interface, so that the steps of RFC 5928 can be tested without a
// network.

#include <string>
#include <vector>

#include "core/net/address.h"

namespace koeru::server {

// A host's addresses, in the order to try. `error` says why there are none, when something went
// wrong; without addresses and without an error the name exists nowhere.
struct HostAnswer {
  std::vector<net::Address> addresses;
  std::string error = {};
};

struct ServiceRecord {
  uint16_t priority = 0;  // the lowest one first
  uint16_t weight = 0;
  uint16_t port = 0;
  std::string host;
};

// Ordered by priority, then by weight, the heaviest first. No records and no error: there are none.
struct ServiceAnswer {
  std::vector<ServiceRecord> records;
  std::string error = {};
};

struct NaptrRecord {
  uint16_t order = 0;       // the lowest one first
  uint16_t preference = 0;  // among those, the lowest one first
  std::string flags;        // "S", "A", "U", "P", or empty
  std::string service;      // "RELAY:turn.udp"
  std::string replacement;  // a domain
};

// Ordered by order, then by preference.
struct NaptrAnswer {
  std::vector<NaptrRecord> records;
  std::string error = {};
};

class NameService {
 public:
  virtual ~NameService() = default;
  virtual HostAnswer LookUpHost(const std::string& name) = 0;        // A and AAAA
  virtual ServiceAnswer LookUpService(const std::string& name) = 0;  // "_turn._udp.example.org"
  virtual NaptrAnswer LookUpNaptr(const std::string& domain) = 0;
};

}  // namespace koeru::server
