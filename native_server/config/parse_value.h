#pragma once

// Texts of values -> values. Errors say what is wrong and what would be right; the caller adds the
// option and the place.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "native_server/config/server_options.h"

namespace koeru::server {

// yes/no, true/false, on/off, y/n, t/f or a number (0 is false), in any case; empty is true.
absl::StatusOr<bool> ParseBoolean(std::string_view text);

absl::StatusOr<uint32_t> ParseNumber(std::string_view text, uint32_t min, uint32_t max);

absl::StatusOr<net::Address> ParseAddress(std::string_view text);

// "192.0.2.1", "192.0.2.1:3478", "2001:db8::1", "[2001:db8::1]:3478".
absl::StatusOr<net::Endpoint> ParseEndpoint(std::string_view text, uint16_t default_port);

// From the prefix' first address to its last.
relay::AddressRange RangeOf(const net::Prefix& prefix);

// IP, IP-IP or CIDR.
absl::StatusOr<relay::AddressRange> ParseRange(std::string_view text);

// "public" or "public/private".
absl::StatusOr<ExternalIp> ParseExternalIp(std::string_view text);

// "name:password" or "name:0x<32 hexadecimal digits>".
absl::StatusOr<relay::User> ParseUser(std::string_view text);

absl::StatusOr<LogLevel> ParseLogLevel(std::string_view text);

// "..." with everything unprintable escaped, for messages.
std::string Quoted(std::string_view text);

}  // namespace koeru::server
