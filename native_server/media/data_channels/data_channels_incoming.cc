#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "native_server/media/data_channels/data_channels.h"

namespace koeru::server {
namespace {

// How much of a message is asked for at a time.
constexpr size_t kReadBytes = 16 << 10;
// What is kept for the next message of an association that has got a long one.
constexpr size_t kKeptBytes = 64 << 10;

bool IsText(PayloadProtocol protocol) {
  return protocol == PayloadProtocol::kString || protocol == PayloadProtocol::kStringEmpty;
}

bool IsEmpty(PayloadProtocol protocol) {
  return protocol == PayloadProtocol::kStringEmpty || protocol == PayloadProtocol::kBinaryEmpty;
}

bool IsUserMessage(PayloadProtocol protocol) {
  return IsEmpty(protocol) || protocol == PayloadProtocol::kString ||
         protocol == PayloadProtocol::kBinary;
}

}  // namespace

// All that has come, so that the window stays open.
bool DataChannels::Read() {
  bool has_moved = false;
  while (socket_ != nullptr) {
    if (!is_reading_) {
      // That the association is gone stands behind messages which nobody takes.
      if (!socket_->IsThere()) End("the association has ended");
      return has_moved;
    }
    const size_t old_size = incoming_.size();
    incoming_.resize(old_size + kReadBytes);
    const auto event = socket_->Receive(MutableBytes(incoming_).subspan(old_size));
    const SctpData* data = event ? std::get_if<SctpData>(&*event) : nullptr;
    incoming_.resize(old_size + (data != nullptr ? data->content.size() : 0));
    if (!event) return has_moved;
    has_moved = true;
    OnEvent(*event);
  }
  return has_moved;
}

void DataChannels::OnEvent(const SctpEvent& event) {
  std::visit(
      [this](const auto& it) {
        using Event = std::decay_t<decltype(it)>;
        if constexpr (std::is_same_v<Event, SctpData>) {
          OnData(it);
        } else if constexpr (std::is_same_v<Event, SctpDataAbandoned>) {
          incoming_.clear();
          is_too_large_ = false;
        } else if constexpr (std::is_same_v<Event, SctpConnected>) {
          if (is_connected_) return;
          is_connected_ = true;
          outgoing_streams_ = std::min(it.outgoing_streams, kMostStreams);
          events_.OnConnected();
        } else if constexpr (std::is_same_v<Event, SctpStreamsReset>) {
          OnStreamsReset(it);
        } else {
          End(it.reason);
        }
      },
      event);
}

// The part stands at the end of incoming_.
void DataChannels::OnData(const SctpData& data) {
  if (incoming_.size() > options_.max_message_size) {
    is_too_large_ = true;
    incoming_.clear();
  }
  if (!data.is_last) return;
  if (is_too_large_) {
    is_too_large_ = false;
    Refuse(data.stream, "a message is too large");
  } else {
    OnWholeMessage(data.stream, data.protocol, incoming_);
  }
  incoming_.clear();
  if (incoming_.capacity() > kKeptBytes) incoming_.shrink_to_fit();
}

void DataChannels::OnWholeMessage(uint16_t stream, PayloadProtocol protocol, Bytes content) {
  if (protocol == PayloadProtocol::kDcep) return OnDcep(stream, content);
  // RFC 8831 section 6.6: the deprecated ones for parts of messages need not be understood any
  // more.
  if (!IsUserMessage(protocol)) return Refuse(stream, "a message of a kind that is not taken");
  Channel* channel = ChannelFor(stream);
  if (channel == nullptr) return Refuse(stream, "a message without a channel");
  if (channel->is_closing) return;
  Confirm(stream);
  // An event may have closed it, or ended all.
  const auto found = channels_.find(stream);
  if (found == channels_.end() || found->second.is_closing) return;
  events_.OnMessage({stream, IsText(protocol), IsEmpty(protocol) ? Bytes() : content});
}

void DataChannels::OnDcep(uint16_t stream, Bytes content) {
  auto message = ParseDcep(content);
  if (!message.ok()) return Refuse(stream, message.error().reason);
  if (message->open) return OnDcepOpen(stream, *std::move(message->open));
  const auto found = channels_.find(stream);
  if (found == channels_.end()) return Refuse(stream, "DATA_CHANNEL_ACK without a channel");
  if (!found->second.is_closing) Confirm(stream);
}

void DataChannels::OnDcepOpen(uint16_t stream, ChannelParameters parameters) {
  // RFC 8832 section 6: "the DTLS client MUST use even, the DTLS server odd stream identifiers".
  const bool is_theirs = (stream % 2 == 0) != options_.is_dtls_client;
  if (!is_theirs) return Refuse(stream, "DATA_CHANNEL_OPEN on a stream of ours");
  if (parameters.label.size() > kMostNameBytes || parameters.protocol.size() > kMostNameBytes) {
    return Refuse(stream, "a label or protocol is too long");
  }
  const auto old = channels_.find(stream);
  if (old != channels_.end()) {
    const Channel& channel = old->second;
    if (!channel.is_closing) return Refuse(stream, "DATA_CHANNEL_OPEN on a channel");
    // The peer has seen that both directions are reset; we have not heard so yet.
    if (!channel.is_reset_sent || !channel.is_peer_reset) return;
    Finish(stream);
  }
  if (socket_ == nullptr || channels_.contains(stream)) return;
  Channel& channel = channels_[stream];
  channel.parameters = std::move(parameters);
  channel.is_announced = channel.is_confirmed = true;
  Push(stream, PayloadProtocol::kDcep, DcepAck(), true);
  const ChannelParameters announced = channel.parameters;
  events_.OnOpen(stream, announced);
}

void DataChannels::OnStreamsReset(const SctpStreamsReset& reset) {
  std::vector<uint16_t> streams = reset.streams;
  if (streams.empty()) {
    for (const auto& [stream, channel] : channels_) streams.push_back(stream);
  }
  for (const uint16_t stream : streams) {
    if (reset.is_incoming) OnPeerReset(stream);
    if (reset.is_outgoing) OnOwnReset(stream);
  }
}

void DataChannels::OnPeerReset(uint16_t stream) {
  const auto found = channels_.find(stream);
  if (found == channels_.end()) return;
  found->second.is_peer_reset = true;
  // RFC 8831 section 6.7: whose peer resets its streams resets its own.
  BeginClose(stream, {});
  FinishIfClosed(stream);
}

void DataChannels::OnOwnReset(uint16_t stream) {
  const auto found = channels_.find(stream);
  if (found == channels_.end() || !found->second.is_reset_sent) return;
  found->second.is_reset_done = true;
  FinishIfClosed(stream);
}

// RFC 8832 section 6: an ACK, or a message.
void DataChannels::Confirm(uint16_t stream) {
  Channel& channel = channels_[stream];
  channel.is_confirmed = true;
  if (channel.is_announced) return;
  channel.is_announced = true;
  const ChannelParameters parameters = channel.parameters;
  events_.OnOpen(stream, parameters);
}

DataChannels::Channel* DataChannels::ChannelFor(uint16_t stream) {
  auto found = channels_.find(stream);
  if (found != channels_.end()) return &found->second;
  std::optional<std::string> label = events_.AcceptNegotiated(stream);
  if (!label || has_ended_) return nullptr;
  Channel& channel = channels_[stream];
  channel.parameters.label = *std::move(label);
  return &channel;
}

void DataChannels::Refuse(uint16_t stream, std::string_view reason) {
  if (has_ended_) return;
  channels_.try_emplace(stream);
  BeginClose(stream, reason);
}

}  // namespace koeru::server
