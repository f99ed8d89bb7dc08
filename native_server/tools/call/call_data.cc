#include "native_server/tools/call/call_data.h"

#include <array>
#include <utility>

namespace koeru::tools {

CallData::CallData(server::SctpStack& stack, const server::DataChannels::Options& options,
                   PacketSender send_packet)
    : send_packet_(std::move(send_packet)), channels_(stack, options, *this) {}

void CallData::Start(net::Instant now) {
  now_ = now;
  channels_.Start(now);
  stream_ = channels_.Open({.label = "koeru call"});
}

void CallData::OnPacket(Bytes sctp_packet, net::Instant now) {
  now_ = now;
  channels_.OnPacket(sctp_packet);
}

void CallData::SendUntil(net::Instant now, net::Instant end) {
  next_ = now;
  end_ = end;
}

void CallData::OnTimeout(net::Instant now) {
  now_ = now;
  if (now < next_) return;
  // By the plan, also when this comes late: so many messages as it has.
  next_ = next_ + kInterval < end_ ? next_ + kInterval : net::Instant::Max();
  if (!stream_ || !ended_.empty()) return;
  std::array<uint8_t, kMessage> message;
  WriteStamp(message, {number_, now.nanoseconds()});
  ++number_;
  // What finds no room does not come back, and is counted as lost.
  if (channels_.Send(*stream_, false, message) != server::SendResult::kSent) ++refused_;
}

void CallData::OnMessage(const server::ChannelMessage& message) {
  arrivals_.OnPayload(message.content, number_, now_.nanoseconds());
}

void CallData::OnClosed(uint16_t /*stream*/, std::string_view reason) {
  stream_.reset();
  if (ended_.empty()) ended_ = reason.empty() ? "the peer has closed the channel" : reason;
}

void CallData::OnEnded(std::string_view reason) {
  if (ended_.empty()) ended_ = reason;
}

StreamFacts CallData::Facts() const {
  StreamFacts facts;
  facts.is_asked_for = true;
  facts.sent = number_;
  facts.sent_bytes = int64_t{number_} * static_cast<int64_t>(kMessage);
  facts.Take(arrivals_, number_);
  return facts;
}

}  // namespace koeru::tools
