#pragma once

// A STUN and TURN client on one link, which waits for its answers: client::TurnClient with a clock
// and a socket.
//
//   TurnSession session(*std::move(opened.link), {.username = "anna", .password = "secret"}, ids);
//   Answer answer = session.Ask(client::AllocateRequest{}, std::chrono::seconds(5));
//   if (const auto* allocated = answer.As<client::Allocated>()) Use(allocated->relayed);
//   else if (answer.code != 0) Say(answer.code, answer.reason);     // the server said no
//   else Say(answer.status.text);                                   // none that can be believed
//
//   session.SendChannel(0x4000, payload);
//   std::optional<Data> data = session.WaitForData(Now() + std::chrono::seconds(1));
//
// One thread. `ids` must outlive the session.

#include <deque>
#include <optional>
#include <string>

#include "core/client/turn_client.h"
#include "native_server/client/client_link.h"

namespace koeru::server {

// What a request ended in.
struct Answer {
  std::optional<client::Action> event;  // the success event, when there was one
  uint16_t code = 0;                    // of an error response
  std::string reason;                   // its words, untrusted
  std::optional<net::Endpoint> alternate_server;
  std::optional<client::Failure> failure;  // the client gave up
  LinkStatus status;                       // or the link did
  int sent = 0;                            // requests sent, retransmissions and retries included
  net::Duration took{};

  bool ok() const { return event.has_value(); }
  template <typename Event>
  const Event* As() const {
    return event ? std::get_if<Event>(&*event) : nullptr;
  }
};

struct Data {
  uint16_t channel = 0;   // 0: a Data indication
  net::PeerAddress peer;  // of an indication
  std::vector<uint8_t> bytes;
  net::Instant at;
};

// What the server let be seen on the way.
struct Challenges {
  int unauthenticated = 0;  // 401
  int stale_nonce = 0;      // 438
  std::optional<std::string> realm;
  bool has_nonce = false;
  std::string software;
};

class TurnSession {
 public:
  TurnSession(std::unique_ptr<ClientLink> link, client::TurnClientConfig config,
              stun::TransactionIds& ids);

  Answer Ask(const client::Request& request, net::Duration timeout);

  LinkStatus SendIndication(const net::PeerAddress& peer, Bytes payload,
                            bool dont_fragment = false);
  LinkStatus SendChannel(uint16_t channel, Bytes payload);

  // The next data, in the order of arrival. What came during Ask() is kept for this.
  std::optional<Data> WaitForData(net::Instant deadline);
  // Without waiting.
  std::optional<Data> TakeData();

  const Challenges& challenges() const { return challenges_; }
  ClientLink& link() { return *link_; }
  // Why the link is of no use any more.
  const LinkStatus& status() const { return status_; }

 private:
  void OnMessage(Bytes message);
  void LookAt(Bytes message);
  // Sends, and keeps events and data.
  void CarryOut(Bytes message);
  void ReceiveAll();

  std::unique_ptr<ClientLink> link_;
  stun::TransactionIds& ids_;
  client::TurnClient machine_;
  client::Actions actions_;
  Challenges challenges_;
  LinkStatus status_;
  std::deque<Data> data_;
  Answer answer_;
  bool answered_ = false;
};

// Transaction IDs of the kernel's random generator.
class RandomTransactionIds final : public stun::TransactionIds {
 public:
  stun::TransactionId Next() override;
};

}  // namespace koeru::server
