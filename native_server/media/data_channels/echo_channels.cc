#include "native_server/media/data_channels/echo_channels.h"

#include <utility>

namespace koeru::server {
namespace {

// js/CALL.md, "What travels: data channels".
constexpr uint16_t kControlStream = 0;
constexpr uint16_t kDataStream = 1;
constexpr std::string_view kControlLabel = "koeru.control";
constexpr std::string_view kDataLabel = "koeru.data";
constexpr std::string_view kFileLabel = "koeru.file";
constexpr std::string_view kReject = R"({"type":"reject"})";

Bytes BytesOf(std::string_view text) {
  return Bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

std::string_view TextOfMessage(const ChannelMessage& message) {
  return {reinterpret_cast<const char*>(message.content.data()), message.content.size()};
}

}  // namespace

EchoChannels::EchoChannels(SctpStack& stack, const DataChannels::Options& options, Owner owner)
    : owner_(std::move(owner)), member_(owner_.member_id), channels_(stack, options, *this) {}

std::optional<std::string> EchoChannels::AcceptNegotiated(uint16_t stream) {
  if (stream != kControlStream && stream != kDataStream) return std::nullopt;
  const bool is_control = stream == kControlStream;
  role_by_stream_[stream] = is_control ? Role::kControl : Role::kData;
  return std::string(is_control ? kControlLabel : kDataLabel);
}

void EchoChannels::OnOpen(uint16_t stream, const ChannelParameters& parameters) {
  // A negotiated one has its role already.
  role_by_stream_.try_emplace(stream, parameters.label == kFileLabel ? Role::kFile : Role::kEcho);
}

void EchoChannels::OnClosed(uint16_t stream, std::string_view) { role_by_stream_.erase(stream); }

void EchoChannels::OnMessage(const ChannelMessage& message) {
  Role& role = role_by_stream_[message.stream];
  switch (role) {
    case Role::kEcho:
      return Answer(message.stream, message.is_text, message.content);
    case Role::kControl:
      return OnControl(message);
    case Role::kData: {
      Answer(message.stream, message.is_text, message.content);
      const auto acknowledgement = member_.OnData(message.content.size());
      if (acknowledgement) Answer(kControlStream, true, BytesOf(*acknowledgement));
      return;
    }
    case Role::kFile:
      role = Role::kAnsweredFile;
      return Answer(message.stream, true, BytesOf(kReject));
    case Role::kAnsweredFile:
      return;  // the sender closes it
  }
}

void EchoChannels::OnControl(const ChannelMessage& message) {
  if (!message.is_text) return;
  for (const std::string& answer : member_.OnControl(TextOfMessage(message))) {
    Answer(message.stream, true, BytesOf(answer));
  }
}

void EchoChannels::Answer(uint16_t stream, bool is_text, Bytes content) {
  if (waiting_.empty() && TrySend(stream, is_text, content)) return;
  waiting_.push_back({stream, is_text, {content.begin(), content.end()}});
  channels_.SetReading(false);
}

bool EchoChannels::TrySend(uint16_t stream, bool is_text, Bytes content) {
  switch (channels_.Send(stream, is_text, content)) {
    case SendResult::kSent:
    case SendResult::kNoChannel:  // closed meanwhile
      return true;
    case SendResult::kFull:
      return false;
    case SendResult::kTooLarge:
      // The page sends what it does not take itself.
      channels_.Close(stream);
      return true;
  }
  return true;
}

void EchoChannels::OnWritable() {
  while (!waiting_.empty()) {
    const Reply& reply = waiting_.front();
    if (!TrySend(reply.stream, reply.is_text, reply.content)) return;
    waiting_.pop_front();
  }
  channels_.SetReading(true);
}

}  // namespace koeru::server
