#include "core/ice/candidate.h"

#include "core/ice/token.h"

namespace koeru::ice {
namespace {

constexpr std::string_view kTypeTexts[] = {"host", "srflx", "prflx", "relay", "unknown"};
constexpr std::string_view kTcpTypeTexts[] = {"active", "passive", "so"};

// The value of a number that Parse() has checked.
std::optional<uint32_t> NumberOf(std::optional<std::string_view> text, uint32_t high) {
  if (!text) return std::nullopt;
  const Result<uint32_t> number = ParseNumber(*text, 0, high, "");
  return number.ok() ? std::optional<uint32_t>(*number) : std::nullopt;
}

std::optional<uint16_t> PortOf(std::optional<std::string_view> text) {
  const auto number = NumberOf(text, 0xFFFF);
  return number ? std::optional<uint16_t>(static_cast<uint16_t>(*number)) : std::nullopt;
}

}  // namespace

CandidateType CandidateTypeFromText(std::string_view text) {
  for (uint8_t i = 0; i < static_cast<uint8_t>(CandidateType::kUnknown); ++i) {
    if (EqualsIgnoringCase(text, kTypeTexts[i])) return static_cast<CandidateType>(i);
  }
  return CandidateType::kUnknown;
}

std::string_view CandidateTypeText(CandidateType type) {
  return kTypeTexts[static_cast<size_t>(type)];
}

CandidateTransport CandidateTransportFromText(std::string_view text) {
  if (EqualsIgnoringCase(text, "udp")) return CandidateTransport::kUdp;
  if (EqualsIgnoringCase(text, "tcp")) return CandidateTransport::kTcp;
  return CandidateTransport::kUnknown;
}

std::optional<TcpType> TcpTypeFromText(std::string_view text) {
  for (uint8_t i = 0; i < 3; ++i) {
    if (EqualsIgnoringCase(text, kTcpTypeTexts[i])) return static_cast<TcpType>(i);
  }
  return std::nullopt;
}

std::optional<std::string_view> Candidate::Find(std::string_view name) const {
  for (const Extension& extension : extensions) {
    if (extension.name == name) return extension.value;
  }
  return std::nullopt;
}

std::optional<TcpType> Candidate::tcp_type() const {
  const auto text = Find("tcptype");
  return text ? TcpTypeFromText(*text) : std::nullopt;
}

std::optional<uint32_t> Candidate::generation() const {
  return NumberOf(Find("generation"), UINT32_MAX);
}

std::optional<uint16_t> Candidate::network_id() const { return PortOf(Find("network-id")); }

std::optional<uint16_t> Candidate::network_cost() const { return PortOf(Find("network-cost")); }

std::string Candidate::ToString() const {
  std::string line(prefix);
  if (end_of_candidates) return line;
  const auto word = [&line](std::string_view text) { line.append(" ").append(text); };
  line.append(foundation);
  word(std::to_string(component));
  word(transport_text);
  word(std::to_string(priority));
  word(host.text);
  word(std::to_string(port));
  word("typ");
  word(type_text);
  if (related_host) {
    word("raddr");
    word(related_host->text);
  }
  if (related_port) {
    word("rport");
    word(std::to_string(*related_port));
  }
  for (const Extension& extension : extensions) {
    word(extension.name);
    word(extension.value);
  }
  return line;
}

}  // namespace koeru::ice
