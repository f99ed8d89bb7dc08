#include "native_server/media/data_channels/data_channels.h"

#include <algorithm>
#include <utility>

namespace koeru::server {
namespace {

// usrsctp bounds what it holds to send by bytes alone, and a message of one byte costs it some
// hundred.
constexpr size_t kMostTakenMessages = 4096;

bool IsNamedShortly(const ChannelParameters& parameters) {
  return parameters.label.size() <= DataChannels::kMostNameBytes &&
         parameters.protocol.size() <= DataChannels::kMostNameBytes;
}

SctpSocket::Options SocketOptions(const DataChannels::Options& options) {
  return {.local_port = options.local_port,
          .remote_port = options.remote_port,
          .most_streams = DataChannels::kMostStreams,
          .buffer = DataChannels::kSctpBuffer,
          .most_packet_bytes = DataChannels::kMostPacketBytes};
}

}  // namespace

DataChannels::DataChannels(SctpStack& stack, const Options& options, Events& events)
    : options_(options), events_(events), stack_(stack) {
  // What is as long as half of the receive buffer would come in parts, and be judged by them.
  options_.max_message_size = std::min(options_.max_message_size, kSctpBuffer / 2 - 1);
}

// The ABORT that closing makes goes into packets_, and no further.
DataChannels::~DataChannels() { socket_.reset(); }

void DataChannels::Start(net::Instant now) {
  if (is_started_ || has_ended_) return;
  is_started_ = true;
  socket_ = std::make_unique<SctpSocket>(stack_, static_cast<SctpAssociation&>(*this),
                                         SocketOptions(options_), now);
  if (!socket_->Connect()) return End("SCTP cannot be started");
  Pump();
}

void DataChannels::OnPacket(Bytes sctp_packet) {
  if (socket_ == nullptr) return;
  socket_->Input(sctp_packet);
  Pump();
}

std::optional<uint16_t> DataChannels::Open(ChannelParameters parameters) {
  if (has_ended_ || is_shutting_down_ || !IsNamedShortly(parameters)) return std::nullopt;
  uint16_t stream = options_.is_dtls_client ? 0 : 1;
  while (channels_.contains(stream)) stream = static_cast<uint16_t>(stream + 2);
  if (stream >= outgoing_streams_) return std::nullopt;
  const std::vector<uint8_t> open = DcepOpen(parameters);
  Channel& channel = channels_[stream];
  channel.parameters = std::move(parameters);
  channel.is_ours = true;
  // RFC 8832 section 5: DCEP messages are "ordered and reliable".
  Push(stream, PayloadProtocol::kDcep, open, true);
  Pump();
  return stream;
}

bool DataChannels::OpenNegotiated(uint16_t stream, ChannelParameters parameters) {
  if (has_ended_ || stream >= outgoing_streams_ || channels_.contains(stream)) return false;
  Channel& channel = channels_[stream];
  channel.parameters = std::move(parameters);
  channel.is_announced = channel.is_confirmed = true;
  return true;
}

SendResult DataChannels::Send(uint16_t stream, bool is_text, Bytes content) {
  const auto found = channels_.find(stream);
  if (found == channels_.end() || found->second.is_closing || is_shutting_down_) {
    return SendResult::kNoChannel;
  }
  if (content.size() > LargestMessage()) return SendResult::kTooLarge;
  const size_t size = content.size() + kMessageOverhead;
  if (!queue_.empty() && queue_.bytes() + size > options_.max_buffered) {
    was_full_ = true;
    return SendResult::kFull;
  }
  const Channel& channel = found->second;
  // RFC 8832 section 6: before the peer has answered, nothing may overtake DATA_CHANNEL_OPEN.
  const bool is_ordered = channel.parameters.is_ordered || !channel.is_confirmed;
  if (content.empty()) {
    // RFC 8831 section 6.6: SCTP has no empty messages, so a zero stands for one.
    const uint8_t zero = 0;
    Push(stream, is_text ? PayloadProtocol::kStringEmpty : PayloadProtocol::kBinaryEmpty,
         Bytes(&zero, 1), is_ordered);
  } else {
    Push(stream, is_text ? PayloadProtocol::kString : PayloadProtocol::kBinary, content,
         is_ordered);
  }
  Pump();
  return SendResult::kSent;
}

void DataChannels::Close(uint16_t stream) {
  BeginClose(stream, {});
  Pump();
}

void DataChannels::SetReading(bool is_reading) {
  is_reading_ = is_reading;
  if (is_reading) Pump();
}

size_t DataChannels::buffered() const { return queue_.bytes() + taken_bytes_; }

void DataChannels::Shutdown() {
  is_shutting_down_ = true;
  Pump();
}

void DataChannels::Abort() { End("aborted"); }

void DataChannels::OnOutput(Bytes packet) { packets_.emplace_back(packet.begin(), packet.end()); }

void DataChannels::AfterTimers(bool is_sweep) {
  if (is_sweep || !packets_.empty()) Pump();
}

// 1. what waits goes to SCTP, 2. the application hears that there is room, 3. what has come is
// taken (each may make more of the others), 4. packets leave.
void DataChannels::Pump() {
  if (is_pumping_ || socket_ == nullptr) return;
  is_pumping_ = true;
  while (PumpOnce() && socket_ != nullptr) {
  }
  FlushPackets();
  is_pumping_ = false;
}

bool DataChannels::PumpOnce() {
  bool has_moved = is_connected_ && Feed();
  if (socket_ != nullptr && was_full_ && queue_.bytes() <= options_.max_buffered / 2) {
    was_full_ = false;
    events_.OnWritable();
    has_moved = true;
  }
  if (socket_ != nullptr && Read()) has_moved = true;
  FlushPackets();
  return has_moved;
}

bool DataChannels::Feed() {
  bool has_moved = false;
  NoteAcknowledged();
  while (socket_ != nullptr && !queue_.empty()) {
    const uint16_t stream = queue_.front_stream();
    if (queue_.front_is_reset()) {
      queue_.Pop();
      if (!FeedReset(stream)) OnOwnReset(stream);
    } else {
      if (taken_.size() >= kMostTakenMessages) return has_moved;
      const SctpSendResult result = socket_->Send(queue_.front());
      if (result == SctpSendResult::kFull) return has_moved;
      if (result == SctpSendResult::kLost) return has_moved;  // Read says why
      NoteTaken(queue_.front().content.size());
      queue_.Pop();
      if (result == SctpSendResult::kRefused)
        BeginClose(stream, "the peer has not so many streams");
    }
    has_moved = true;
  }
  if (is_shutting_down_ && !is_shutdown_sent_ && socket_ != nullptr && queue_.empty()) {
    is_shutdown_sent_ = true;
    socket_->Shutdown();
  }
  return has_moved;
}

bool DataChannels::FeedReset(uint16_t stream) {
  const bool is_taken = socket_->ResetStream(stream);
  const auto found = channels_.find(stream);
  if (found != channels_.end()) {
    found->second.is_reset_sent = true;
    // A stream that cannot be reset will not be reset by the peer either.
    if (!is_taken) found->second.is_peer_reset = true;
  }
  return is_taken;
}

void DataChannels::FlushPackets() {
  // An event may make more.
  while (!packets_.empty()) {
    const std::vector<std::vector<uint8_t>> packets = std::exchange(packets_, {});
    for (const std::vector<uint8_t>& packet : packets) events_.SendPacket(packet);
  }
}

// SCTP holds kSctpBuffer at most, so what it took before the last so many bytes is acknowledged.
void DataChannels::NoteTaken(size_t size) {
  taken_.push_back(static_cast<uint32_t>(size));
  taken_bytes_ += size;
  while (taken_bytes_ - taken_.front() >= kSctpBuffer) {
    taken_bytes_ -= taken_.front();
    taken_.pop_front();
  }
}

void DataChannels::NoteAcknowledged() {
  if (socket_ == nullptr || taken_.empty() || socket_->unacknowledged() > 0) return;
  taken_.clear();
  taken_bytes_ = 0;
}

void DataChannels::Push(uint16_t stream, PayloadProtocol protocol, Bytes content, bool is_ordered) {
  SctpMessage message{.stream = stream,
                      .protocol = protocol,
                      .is_ordered = is_ordered,
                      .max_retransmits = std::nullopt,
                      .max_lifetime_ms = std::nullopt,
                      .content = content};
  if (protocol != PayloadProtocol::kDcep) {
    const ChannelParameters& parameters = channels_[stream].parameters;
    message.max_retransmits = parameters.max_retransmits;
    message.max_lifetime_ms = parameters.max_lifetime_ms;
  }
  queue_.PushMessage(message);
}

void DataChannels::BeginClose(uint16_t stream, std::string_view reason) {
  const auto found = channels_.find(stream);
  if (found == channels_.end() || found->second.is_closing) return;
  found->second.is_closing = true;
  found->second.reason = reason;
  queue_.PushReset(stream);
}

void DataChannels::FinishIfClosed(uint16_t stream) {
  const auto found = channels_.find(stream);
  if (found == channels_.end()) return;
  if (found->second.is_reset_done && found->second.is_peer_reset) Finish(stream);
}

void DataChannels::Finish(uint16_t stream) {
  const Channel channel = std::move(channels_[stream]);
  channels_.erase(stream);
  if (channel.is_announced || channel.is_ours) events_.OnClosed(stream, channel.reason);
}

void DataChannels::End(std::string_view reason) {
  if (has_ended_) return;
  has_ended_ = true;
  socket_.reset();
  is_connected_ = false;
  channels_.clear();
  queue_.Clear();
  FlushPackets();
  events_.OnEnded(reason);
}

size_t DataChannels::LargestMessage() const {
  const size_t theirs = options_.peer_max_message_size;
  return theirs == 0 ? options_.max_message_size : std::min(theirs, options_.max_message_size);
}

}  // namespace koeru::server
