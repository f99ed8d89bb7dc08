#include "native_server/door/proxy_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "absl/strings/str_split.h"
#include "core/bytes/hex.h"

namespace koeru::server {
namespace {

constexpr std::array<uint8_t, 12> kSignature = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D,
                                                0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
constexpr std::string_view kWord = "PROXY ";
constexpr size_t kShortestText = 15;  // "PROXY UNKNOWN\r\n"
constexpr size_t kLongestText = 107;
constexpr size_t kFixedBinary = 16;

ProxyHeader Missing(size_t bytes) { return {.missing = bytes}; }
ProxyHeader Wrong(std::string_view error) { return {.error = error}; }

std::optional<uint16_t> ParsePort(std::string_view text) {
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return port;
}

std::optional<net::Endpoint> ParseEndpoint(std::string_view address, std::string_view port,
                                           net::Family family) {
  const auto parsed = net::Address::Parse(address);
  const auto number = ParsePort(port);
  if (!parsed.ok() || !number || parsed->family() != family) return std::nullopt;
  return net::Endpoint{*parsed, *number};
}

// `line` is without its end.
ProxyHeader ReadLine(std::string_view line) {
  const std::vector<std::string_view> words = absl::StrSplit(line, ' ');
  if (words[1] == "UNKNOWN") return {};
  const bool v6 = words[1] == "TCP6";
  if (words.size() != 6 || (!v6 && words[1] != "TCP4")) {
    return Wrong("its PROXY line is not \"PROXY TCP4|TCP6|UNKNOWN source destination port port\"");
  }
  const net::Family family = v6 ? net::Family::kIpv6 : net::Family::kIpv4;
  ProxyHeader header{.client = ParseEndpoint(words[2], words[4], family),
                     .server = ParseEndpoint(words[3], words[5], family)};
  if (!header.client || !header.server) return Wrong("its PROXY line has no good addresses");
  return header;
}

ProxyHeader ReadText(Bytes so_far) {
  const std::string_view text = AsText(so_far);
  if (!text.substr(0, kWord.size()).starts_with(kWord)) {
    return Wrong("it does not begin with a header of the PROXY protocol");
  }
  if (text.ends_with("\r\n")) return ReadLine(text.substr(0, text.size() - 2));
  if (text.size() >= kLongestText) return Wrong("its PROXY line is longer than 107 bytes");
  return Missing(text.back() == '\r' ? 1 : std::min<size_t>(2, kLongestText - text.size()));
}

ProxyHeader ReadAddresses(Reader& reader, size_t address_size) {
  const Bytes source = reader.Take(address_size);
  const Bytes destination = reader.Take(address_size);
  const uint16_t source_port = reader.U16();
  const uint16_t destination_port = reader.U16();
  if (!reader.ok()) return Wrong("its PROXY header is too short for its addresses");
  return {.client = net::Endpoint{net::Address::FromBytes(source), source_port},
          .server = net::Endpoint{net::Address::FromBytes(destination), destination_port}};
}

ProxyHeader ReadBinary(Bytes so_far) {
  if (so_far.size() < kFixedBinary) return Missing(kFixedBinary - so_far.size());
  Reader reader(so_far);
  reader.Take(kSignature.size());
  const uint8_t version_and_command = reader.U8();
  const uint8_t family_and_protocol = reader.U8();
  const size_t length = reader.U16();
  if (version_and_command >> 4 != 2 || (version_and_command & 0x0F) > 1) {
    return Wrong("its PROXY header is of another version than 1 and 2");
  }
  if (kFixedBinary + length > kLongestProxyHeader) return Wrong("its PROXY header is too long");
  if (so_far.size() < kFixedBinary + length) {
    return Missing(kFixedBinary + length - so_far.size());
  }
  if ((version_and_command & 0x0F) == 0) return {};  // LOCAL
  switch (family_and_protocol) {
    case 0x11:
      return ReadAddresses(reader, 4);  // TCP over IPv4
    case 0x21:
      return ReadAddresses(reader, 16);  // TCP over IPv6
    case 0x00:
      return {};  // UNSPEC
    default:
      return Wrong("its PROXY header is for something else than TCP");
  }
}

}  // namespace

ProxyHeader ReadProxyHeader(Bytes so_far) {
  if (so_far.size() < kShortestText) return Missing(kShortestText - so_far.size());
  if (std::equal(kSignature.begin(), kSignature.end(), so_far.begin())) return ReadBinary(so_far);
  return ReadText(so_far);
}

}  // namespace koeru::server
