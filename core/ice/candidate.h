#pragma once

// An ICE candidate: one address under which a peer may be reached, as browsers exchange it.
//
//   RFC 8839 section 5.1, RFC 6544 section 4.5 (TCP):
//   candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665 ...
//             |         | |   |          |           |         |     `- extensions: name value ...
//             foundation| |   priority   address     port      type
//                       | transport
//                       component (1 = RTP or the only one, 2 = RTCP)
//
//   Result<Candidate> c = Candidate::Parse(event.candidate);
//   if (!c.ok()) ...                  // c.error() says what is wrong, where, and what to write
//   c->type;                          // CandidateType::kServerReflexive
//   c->Find("network-cost");          // "999", or nullopt
//   c->ToString() == event.candidate  // always, for everything that Parse() accepts
//
// The line may start with "a=candidate:", "candidate:" or the foundation. Nothing is normalised:
// case, order and unknown extensions stay as they are. Spacing other than the grammar's single
// spaces, leading zeros and a "typ" that is not in lower case are errors. The empty text is a
// candidate, too: it says that no more will come.
//
// A Candidate is a view: its texts point into the line that was given to Parse().

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/result.h"
#include "core/ice/address_text.h"

namespace koeru::ice {

// RFC 8445 section 5.1.1: where the address was learnt.
enum class CandidateType : uint8_t { kHost, kServerReflexive, kPeerReflexive, kRelayed, kUnknown };

enum class CandidateTransport : uint8_t { kUdp, kTcp, kUnknown };

// RFC 6544 section 4.5: who opens the TCP connection.
enum class TcpType : uint8_t { kActive, kPassive, kSimultaneousOpen };

struct Extension {
  std::string_view name;
  std::string_view value;  // may be empty (RFC 8839: *VCHAR)

  friend bool operator==(const Extension&, const Extension&) = default;
};

struct Candidate {
  // "a=candidate:", "candidate:" or empty; for the end of candidates what was written:
  // "", "end-of-candidates" or "a=end-of-candidates" (RFC 8840).
  std::string_view prefix;
  bool end_of_candidates = false;  // nothing below is set then

  std::string_view foundation;
  uint16_t component = 1;
  std::string_view transport_text = "udp";
  CandidateTransport transport = CandidateTransport::kUdp;
  uint32_t priority = 0;
  HostText host;
  uint16_t port = 0;
  std::string_view type_text = "host";
  CandidateType type = CandidateType::kHost;
  std::optional<HostText> related_host;  // raddr
  std::optional<uint16_t> related_port;  // rport
  // All that follows, in order: tcptype, generation, ufrag, network-id, network-cost and whatever
  // else stands there (a raddr at an odd place, too).
  std::vector<Extension> extensions;

  static Result<Candidate> Parse(std::string_view line);
  std::string ToString() const;

  // The first extension of that name.
  std::optional<std::string_view> Find(std::string_view name) const;

  // What the well-known extensions say; Parse() has checked their values.
  std::optional<TcpType> tcp_type() const;
  std::optional<uint32_t> generation() const;
  std::optional<std::string_view> ufrag() const { return Find("ufrag"); }
  std::optional<uint16_t> network_id() const;
  std::optional<uint16_t> network_cost() const;
};

// kUnknown for any other word; case does not matter (RFC 5234 section 2.3).
CandidateType CandidateTypeFromText(std::string_view text);
CandidateTransport CandidateTransportFromText(std::string_view text);
std::optional<TcpType> TcpTypeFromText(std::string_view text);

// "host", "srflx", "prflx", "relay"; "unknown" for kUnknown.
std::string_view CandidateTypeText(CandidateType type);

}  // namespace koeru::ice
