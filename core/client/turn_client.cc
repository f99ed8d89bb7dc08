#include "core/client/turn_client.h"

#include <algorithm>
#include <array>

#include "core/client/answers.h"
#include "core/stun/attributes.h"
#include "core/stun/nonce_cookie.h"
#include "core/turn/attributes.h"

namespace koeru::client {
namespace {

using stun::Class;
using stun::MessageView;

// The largest request: every text at its limit (USERNAME 508, REALM, NONCE and SOFTWARE 509 bytes
// each), the echoed PASSWORD-ALGORITHMS, both MACs, a few addresses.
constexpr size_t kMaxRequestSize = 4096;

// 401 once, and a stale nonce now and then: a server that asks for more is broken.
constexpr int kMaxChallenges = 3;

bool MayLackIntegrity(uint16_t code) {
  // RFC 8489 section 9.2.4: these answers of the server carry no MESSAGE-INTEGRITY, because it
  // could not find out who asks. 300: section 10, before authentication. Not 400, section 9.2.5:
  // "If the response is an error response with an error code of 400 (Bad Request) and does not
  // contain either the MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256 attribute, then the response
  // MUST be discarded, as if it were never received."
  return code == stun::error_code::kTryAlternate || code == stun::error_code::kUnauthenticated ||
         code == stun::error_code::kStaleNonce;
}

// A nonce that speaks of PASSWORD-ALGORITHMS, and none there: somebody on the path took it away.
bool LacksAlgorithms(const MessageView& message) {
  const auto nonce = message.Get<stun::Nonce>();
  if (!nonce.ok() || !*nonce) return false;
  const auto features = stun::ParseNonceCookie((*nonce)->text);
  return features && features->password_algorithms &&
         !message.Has(stun::attribute_type::kPasswordAlgorithms);
}

uint16_t CodeOf(const MessageView& message) {
  const auto error = message.Get<stun::ErrorCode>();
  return error.ok() && *error ? (*error)->code : uint16_t{0};
}

}  // namespace

TurnClient::TurnClient(TurnClientConfig config, stun::TransactionIds& ids)
    : config_(std::move(config)), ids_(ids), credentials_(config_.username, config_.password) {}

void TurnClient::Start(const Request& request, net::Instant now, Actions& actions) {
  Send(request, 0, now, actions);
}

void TurnClient::Send(const Request& request, int challenges, net::Instant now, Actions& actions) {
  const stun::TransactionId id = ids_.Next();
  std::array<uint8_t, kMaxRequestSize> buffer;
  stun::MessageBuilder builder(buffer, {MethodOf(request), Class::kRequest}, id);
  AddAttributes(request, builder);
  if (!config_.software.empty()) builder.Add(stun::Software{config_.software});
  // Binding is answered without credentials, and then without MESSAGE-INTEGRITY, unless the server
  // asked for them just now.
  const bool needs_credentials = MethodOf(request) != stun::Method::kBinding || challenges > 0;
  const bool authenticate = needs_credentials && credentials_.challenged();
  if (authenticate) credentials_.Authenticate(builder);
  const Bytes message = builder.Finish();
  if (message.empty()) {
    actions.Add(Failed{MethodOf(request), Failure::kRequestTooLarge});
    return;
  }
  actions.Send(message);
  pending_.push_back({id, request, std::vector<uint8_t>(message.begin(), message.end()),
                      stun::RetransmissionTimer(config_.retransmission, now), challenges,
                      authenticate});
}

bool TurnClient::OnDatagram(Bytes datagram, net::Instant now, Actions& actions) {
  const auto message = MessageView::Parse(datagram);
  if (!message.ok()) return false;
  if (message->message_class() == Class::kIndication) return OnIndication(*message, actions);
  if (message->message_class() == Class::kRequest) return false;

  // RFC 8489 section 6.3.3: an answer belongs to the request with its transaction ID and method.
  const auto found =
      std::find_if(pending_.begin(), pending_.end(), [&](const Transaction& transaction) {
        return transaction.id == message->transaction_id() &&
               MethodOf(transaction.request) == message->method();
      });
  if (found == pending_.end()) return false;
  if (!IsTrustworthy(*found, *message)) {
    // "the response MUST be discarded, as if it had never been received. ... If all the responses
    // received are discarded, then instead of signaling a timeout ..., the layer MUST signal that
    // the integrity protection was violated."
    found->integrity_violated = true;
    return true;
  }
  const Transaction transaction = std::move(*found);
  pending_.erase(found);
  if (message->message_class() == Class::kSuccessResponse) {
    actions.Add(ReadSuccess(transaction.request, *message));
  } else {
    OnError(transaction, *message, now, actions);
  }
  return true;
}

bool TurnClient::IsTrustworthy(const Transaction& transaction, const MessageView& message) const {
  // RFC 8489 section 9.2.5: 401 and 438 are not answered then (LongTermCredentials); "for all other
  // responses, ... the response MUST be ignored".
  const uint16_t code = CodeOf(message);
  const bool challenges =
      code == stun::error_code::kUnauthenticated || code == stun::error_code::kStaleNonce;
  if (!challenges && LacksAlgorithms(message)) return false;
  if (!transaction.authenticated) return true;
  switch (credentials_.Check(message)) {
    case stun::IntegrityVerdict::kValid:
      return true;
    case stun::IntegrityVerdict::kInvalid:
      return false;
    case stun::IntegrityVerdict::kAbsent:
      break;
  }
  return message.message_class() == Class::kErrorResponse && MayLackIntegrity(code);
}

void TurnClient::OnError(const Transaction& transaction, const MessageView& message,
                         net::Instant now, Actions& actions) {
  const stun::Method method = MethodOf(transaction.request);
  const uint16_t code = CodeOf(message);
  // RFC 8489 section 9.2.5: 401 to a request that had no credentials, or 438 to one whose nonce
  // went stale: ask again with what the answer says. 401 to a request with credentials means that
  // they are wrong.
  const bool first_401 = code == stun::error_code::kUnauthenticated && !transaction.authenticated;
  const bool stale = code == stun::error_code::kStaleNonce;
  const bool can_answer = !config_.username.empty() && transaction.challenges < kMaxChallenges;
  if ((first_401 || stale) && can_answer) {
    if (credentials_.OnChallenge(message) == Challenge::kRetry) {
      Send(transaction.request, transaction.challenges + 1, now, actions);
    } else {
      actions.Add(Failed{method, Failure::kMalformedAnswer});
    }
    return;
  }
  actions.Add(ReadError(method, message));
}

bool TurnClient::OnIndication(const MessageView& message, Actions& actions) const {
  // RFC 8656 section 11.3: "if the ... DATA or XOR-PEER-ADDRESS ... [is] not present, then the
  // client discards the indication".
  if (message.method() != stun::Method::kData) return false;
  const auto peer = message.Get<turn::XorPeerAddress>();
  const auto data = message.Find(stun::attribute_type::kData);
  if (!peer.ok() || !*peer) return false;
  // Section 11.6: with an ICMP attribute it is about that, and no DATA is there.
  if (const auto icmp = message.Get<turn::Icmp>(); icmp.ok() && *icmp) {
    actions.Add(IcmpReceived{{(*peer)->endpoint}, (*icmp)->type, (*icmp)->code, (*icmp)->data});
    return true;
  }
  if (!data) return false;
  actions.Add(DataReceived{{(*peer)->endpoint}, data->value_offset(), data->value.size()});
  return true;
}

net::Instant TurnClient::NextDeadline() const {
  net::Instant next = net::Instant::Max();
  for (const Transaction& transaction : pending_) {
    next = std::min(next, transaction.timer.deadline());
  }
  return next;
}

void TurnClient::OnTimeout(net::Instant now, Actions& actions) {
  std::erase_if(pending_, [&](Transaction& transaction) {
    const auto step = transaction.timer.OnTimeout(now);
    if (step == stun::RetransmissionTimer::Step::kRetransmit) actions.Send(transaction.message);
    if (step != stun::RetransmissionTimer::Step::kGiveUp) return false;
    actions.Add(Failed{MethodOf(transaction.request), transaction.integrity_violated
                                                          ? Failure::kIntegrityViolated
                                                          : Failure::kTimedOut});
    return true;
  });
}

}  // namespace koeru::client
