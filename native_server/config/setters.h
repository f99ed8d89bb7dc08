#pragma once

// Setters for the option table: one template per kind of value, told the member to set.

#include "native_server/config/option.h"
#include "native_server/config/parse_value.h"

namespace koeru::server {

template <bool ServerOptions::*kMember>
absl::Status SetFlag(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseBoolean(value);
  if (parsed.ok()) options.*kMember = *parsed;
  return parsed.status();
}

template <auto kMember, uint32_t kMin, uint32_t kMax>
absl::Status SetNumber(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseNumber(value, kMin, kMax);
  if (!parsed.ok()) return parsed.status();
  if constexpr (kMax <= 65535) {
    options.*kMember = static_cast<uint16_t>(*parsed);
  } else {
    options.*kMember = *parsed;
  }
  return absl::OkStatus();
}

template <std::string ServerOptions::*kMember>
absl::Status SetText(ServerOptions& options, std::string_view value, std::string_view) {
  if (value.empty()) return absl::InvalidArgumentError("the value is missing");
  options.*kMember = value;
  return absl::OkStatus();
}

// An empty value says "none".
template <std::string ServerOptions::*kMember>
absl::Status SetTextOrNone(ServerOptions& options, std::string_view value, std::string_view) {
  options.*kMember = value;
  return absl::OkStatus();
}

template <std::vector<std::string> ServerOptions::*kMember>
absl::Status AddText(ServerOptions& options, std::string_view value, std::string_view) {
  if (value.empty()) return absl::InvalidArgumentError("the value is missing");
  (options.*kMember).emplace_back(value);
  return absl::OkStatus();
}

template <std::vector<net::Address> ServerOptions::*kMember>
absl::Status AddAddress(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseAddress(value);
  if (parsed.ok()) (options.*kMember).push_back(*parsed);
  return parsed.status();
}

template <std::vector<net::Endpoint> ServerOptions::*kMember, uint16_t kDefaultPort>
absl::Status AddEndpoint(ServerOptions& options, std::string_view value, std::string_view) {
  const auto parsed = ParseEndpoint(value, kDefaultPort);
  if (parsed.ok()) (options.*kMember).push_back(*parsed);
  return parsed.status();
}

template <std::vector<relay::AddressRange> ServerOptions::*kMember>
absl::Status AddRange(ServerOptions& options, std::string_view value, std::string_view origin) {
  auto parsed = ParseRange(value);
  if (!parsed.ok()) return parsed.status();
  parsed->origin = origin;
  (options.*kMember).push_back(*std::move(parsed));
  return absl::OkStatus();
}

}  // namespace koeru::server
