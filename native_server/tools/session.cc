#include "native_server/tools/session.h"

#include <utility>

#include "core/bytes/hex.h"
#include "core/inspect/message_summary.h"
#include "core/stun/attribute_type.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/fingerprint.h"
#include "core/turn/attributes.h"

namespace koeru::tools {
namespace {

namespace type = stun::attribute_type;

bool HasIntegrity(const stun::MessageView& message) {
  return message.Has(type::kMessageIntegrity) || message.Has(type::kMessageIntegritySha256);
}

// All peers that a CreatePermission names (RFC 8656 section 10.1: one or more).
std::vector<net::Endpoint> PeersOf(const stun::MessageView& message) {
  std::vector<net::Endpoint> peers;
  for (const stun::RawAttribute& attribute : message.attributes()) {
    if (attribute.type != type::kXorPeerAddress || attribute.ignored) continue;
    const auto peer = turn::XorPeerAddress::Decode(attribute.value, message.transaction_id());
    if (peer.ok()) peers.push_back(peer->endpoint);
  }
  return peers;
}

void Count(DataCounts& counts, Direction direction, size_t size) {
  ++counts[direction].packets;
  counts[direction].bytes += size;
}

}  // namespace

inspect::Credentials Session::credentials() const {
  if (!options_.password) return {};
  return {options_.user, options_.realm.empty() ? realm_ : options_.realm, *options_.password,
          true};
}

void Session::OnStun(int64_t time_ns, Direction direction, Bytes bytes) {
  ++stun_messages_;
  LadderLine line;
  line.time_ns = time_ns;
  line.direction = direction;
  const auto message = stun::MessageView::Parse(bytes);
  if (!message.ok()) {
    ++malformed_;
    line.suspicious = true;
    line.summary = "malformed STUN message: " + std::string(message.error().reason) + " (at byte " +
                   std::to_string(message.error().offset) + ")";
    return Keep(std::move(line), bytes);
  }
  const bool data =
      message->method() == stun::Method::kSend || message->method() == stun::Method::kData;
  if (data && message->message_class() == stun::Class::kIndication) {
    return OnIndication(direction, *message);
  }
  line.summary = inspect::Summarize(*message);
  line.transaction_id = ToHex(message->transaction_id());
  Check(*message, line);
  switch (message->message_class()) {
    case stun::Class::kRequest:
      OnRequest(*message, line);
      break;
    case stun::Class::kSuccessResponse:
    case stun::Class::kErrorResponse:
      OnResponse(*message, line);
      break;
    case stun::Class::kIndication:
      break;
  }
  Keep(std::move(line), bytes);
}

void Session::Check(const stun::MessageView& message, LadderLine& line) {
  if (stun::CheckFingerprint(message) == stun::FingerprintVerdict::kInvalid) {
    ++wrong_fingerprint_;
    line.suspicious = true;
    line.summary += "  FINGERPRINT is wrong";
  }
  if (!options_.password || !HasIntegrity(message)) return;
  const inspect::IntegrityCheck check = inspect::CheckIntegrity(message, credentials());
  line.integrity = check.valid() ? "valid" : "invalid";
  line.key = check.key;
  if (!check.valid()) {
    ++wrong_integrity_;
    line.suspicious = true;
  }
}

void Session::OnRequest(const stun::MessageView& message, LadderLine& line) {
  // RFC 8489 section 6.2.1: a retransmission has the same transaction ID.
  const auto known = transactions_.find(message.transaction_id());
  if (known != transactions_.end()) {
    line.repeats = known->second.sent++;
    return;
  }
  if (transactions_.size() >= kMaxTransactions) return;
  Transaction transaction;
  transaction.time_ns = line.time_ns;
  transaction.method = message.method();
  transaction.direction = line.direction;
  transaction.with_integrity = HasIntegrity(message);
  for (const net::Endpoint& peer : PeersOf(message)) {
    transaction.peers.push_back(peer.address);
    transaction.bound_peer = peer;
  }
  if (const auto channel = message.Get<turn::ChannelNumber>(); channel.ok() && *channel) {
    transaction.channel = (*channel)->number;
  }
  transactions_.emplace(message.transaction_id(), std::move(transaction));
}

void Session::OnResponse(const stun::MessageView& message, LadderLine& line) {
  const bool success = message.message_class() == stun::Class::kSuccessResponse;
  const auto found = transactions_.find(message.transaction_id());
  Transaction* const request = found == transactions_.end() ? nullptr : &found->second;
  if (request != nullptr) {
    line.answered_ns = line.time_ns - request->time_ns;
    line.repeats = request->answers++;
  }
  if (success) {
    if (request != nullptr && request->answers == 1) OnSuccess(*request);
    return;
  }
  line.suspicious = true;
  if (const auto realm = message.Find(type::kRealm)) realm_ = AsText(realm->value);
  const auto error = message.Get<stun::ErrorCode>();
  if (!error.ok() || !*error || line.repeats > 0) return;
  const bool with_integrity = request != nullptr && request->with_integrity;
  // RFC 8489 section 9.2.4: the first 401 is the challenge, and nothing is wrong.
  if ((*error)->code == 401 && !with_integrity) line.suspicious = false;
  ++errors_[{(*error)->code, message.method(), with_integrity}];
}

void Session::OnSuccess(const Transaction& request) {
  if (request.method == stun::Method::kAllocate) allocated_ = true;
  const bool permits = request.method == stun::Method::kCreatePermission ||
                       request.method == stun::Method::kChannelBind;
  // RFC 8656 section 12.2: a ChannelBind installs a permission, too.
  if (permits && permitted_.size() < kMaxPeers) {
    permitted_.insert(request.peers.begin(), request.peers.end());
  }
  if (request.channel && request.bound_peer && channel_peers_.size() < kMaxChannels) {
    channel_peers_[*request.channel] = *request.bound_peer;
  }
}

void Session::OnIndication(Direction direction, const stun::MessageView& message) {
  const auto peer = message.Get<turn::XorPeerAddress>();
  const auto data = message.Find(type::kData);
  const bool complete = peer.ok() && *peer;
  const net::Endpoint to = complete ? (*peer)->endpoint : net::Endpoint();
  if (indications_.size() >= kMaxPeers && !indications_.contains(to)) return;
  Count(indications_[to], direction, data ? data->value.size() : 0);
}

void Session::OnChannelData(int64_t, Direction direction, uint16_t channel, size_t size) {
  if (channels_.size() >= kMaxChannels && !channels_.contains(channel)) return;
  Count(channels_[channel], direction, size);
}

void Session::OnOther(Direction direction, std::string_view kind, size_t size) {
  auto found = others_.find(kind);
  if (found == others_.end()) found = others_.emplace(kind, DataCounts{}).first;
  Count(found->second, direction, size);
}

void Session::Keep(LadderLine line, Bytes message) {
  if (lines_.size() >= kMaxLines) {
    ++lines_left_out_;
    return;
  }
  if (options_.trees) {
    line.tree = inspect::InspectPacket(message, {.credentials = credentials()});
  }
  lines_.push_back(std::move(line));
}

}  // namespace koeru::tools
