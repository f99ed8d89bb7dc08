#pragma once

// RFC 5780 sections 4.3 and 4.4, the client's side: which questions tell how the NAT in between
// maps and filters. No I/O:
//
//   nat::BehaviourDiscovery discovery(server);
//   while (const auto question = discovery.Next()) {
//     // A Binding request to question->to, repeated for a while, from the socket number
//     // question->socket, which is bound to one port and has sent nothing else.
//     if (answered) discovery.OnAnswer({.local = ..., .mapped = ..., .other = ...});
//     else discovery.OnSilence();
//   }
//   discovery.mapping(); discovery.filtering();
//
// Both are kUnknown when the server does not answer or has no OTHER-ADDRESS. "These tests can only
// give the instantaneous behavior of a NAT" (section 4).

#include <optional>
#include <string_view>

#include "core/net/address.h"
#include "core/stun/attributes/change_request.h"

namespace koeru::nat {

// RFC 4787 sections 4.1 and 5.
enum class Behaviour : uint8_t {
  kUnknown,
  kEndpointIndependent,
  kAddressDependent,
  kAddressAndPortDependent,
};
// "endpoint-independent" and the like.
std::string_view ToText(Behaviour behaviour);

struct Question {
  // The tests of filtering need a socket of their own: "these tests are sensitive to prior state on
  // the NAT" (section 4.4).
  int socket = 0;  // 0 or 1
  net::Endpoint to;
  stun::ChangeRequest change;  // left out when it changes nothing
};

struct Answer {
  net::Endpoint local;   // of the socket
  net::Endpoint mapped;  // XOR-MAPPED-ADDRESS
  std::optional<net::Endpoint> other;  // OTHER-ADDRESS
};

class BehaviourDiscovery {
 public:
  explicit BehaviourDiscovery(const net::Endpoint& server) : server_(server) {}

  // nullopt: all is known, or will not be.
  std::optional<Question> Next() const;
  void OnAnswer(const Answer& answer);
  void OnSilence();

  Behaviour mapping() const { return mapping_; }
  Behaviour filtering() const { return filtering_; }
  // Section 4.3, test I: the client's own address came back.
  bool is_behind_nat() const { return is_behind_nat_; }

 private:
  enum class Step : uint8_t {
    kMapping1,
    kMapping2,
    kMapping3,
    kFiltering1,
    kFiltering2,
    kFiltering3,
    kDone,
  };

  net::Endpoint server_, other_;
  Step step_ = Step::kMapping1;
  net::Endpoint mapped_before_;
  bool is_behind_nat_ = false;
  Behaviour mapping_ = Behaviour::kUnknown, filtering_ = Behaviour::kUnknown;
};

}  // namespace koeru::nat
