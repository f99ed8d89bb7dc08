#include "native_server/media/data_channels/sctp_socket.h"

#include <arpa/inet.h>
#include <usrsctp.h>

#include <cstddef>
#include <cstring>

namespace koeru::server {
namespace {

constexpr size_t kCommonHeader = 12;  // RFC 9260 section 3.1

sockaddr_conn ConnAddress(uint64_t address, uint16_t port) {
  sockaddr_conn result{};
  result.sconn_family = AF_CONN;
  result.sconn_port = htons(port);
  result.sconn_addr = reinterpret_cast<void*>(address);
  return result;
}

template <typename Value>
bool SetOption(UsrsctpSocket* so, int level, int name, const Value& value) {
  return usrsctp_setsockopt(so, level, name, &value, sizeof(value)) == 0;
}

bool Subscribe(UsrsctpSocket* so, uint16_t type) {
  sctp_event event{};
  event.se_assoc_id = SCTP_FUTURE_ASSOC;
  event.se_type = type;
  event.se_on = 1;
  return SetOption(so, IPPROTO_SCTP, SCTP_EVENT, event);
}

std::optional<sctp_status> StatusOf(UsrsctpSocket* so) {
  sctp_status status{};
  socklen_t size = sizeof(status);
  if (usrsctp_getsockopt(so, IPPROTO_SCTP, SCTP_STATUS, &status, &size) != 0) return std::nullopt;
  return status;
}

// The fixed part that a notification begins with. False: it is shorter.
template <typename Notification>
bool Take(Bytes bytes, Notification& notification) {
  if (bytes.size() < sizeof(notification)) return false;
  std::memcpy(&notification, bytes.data(), sizeof(notification));
  return true;
}

std::optional<SctpEvent> OnAssociationChange(Bytes bytes) {
  sctp_assoc_change change{};
  if (!Take(bytes, change)) return std::nullopt;
  switch (change.sac_state) {
    case SCTP_COMM_UP:
      return SctpConnected{change.sac_outbound_streams};
    case SCTP_COMM_LOST:
      return SctpLost{"the association was aborted"};
    case SCTP_RESTART:
      // RFC 9260 section 5.2.4.1: what the peer knew of channels is gone. It needs a new DTLS.
      return SctpLost{"the peer restarted the association"};
    case SCTP_SHUTDOWN_COMP:
      return SctpLost{"the association was shut down"};
    case SCTP_CANT_STR_ASSOC:
      return SctpLost{"the association could not be set up"};
  }
  return std::nullopt;
}

std::optional<SctpEvent> OnStreamReset(Bytes bytes) {
  sctp_stream_reset_event reset{};
  if (!Take(bytes, reset)) return std::nullopt;
  SctpStreamsReset event;
  event.is_incoming = (reset.strreset_flags & SCTP_STREAM_RESET_INCOMING_SSN) != 0;
  event.is_outgoing = (reset.strreset_flags & SCTP_STREAM_RESET_OUTGOING_SSN) != 0;
  constexpr size_t kList = offsetof(sctp_stream_reset_event, strreset_stream_list);
  for (size_t at = kList; at + 2 <= bytes.size(); at += 2) {
    uint16_t stream = 0;
    std::memcpy(&stream, bytes.data() + at, sizeof(stream));
    event.streams.push_back(stream);
  }
  return event;
}

std::optional<SctpEvent> OnNotification(Bytes bytes) {
  uint16_t type = 0;
  if (bytes.size() < sizeof(type)) return std::nullopt;
  std::memcpy(&type, bytes.data(), sizeof(type));
  switch (type) {
    case SCTP_ASSOC_CHANGE:
      return OnAssociationChange(bytes);
    case SCTP_STREAM_RESET_EVENT:
      return OnStreamReset(bytes);
    case SCTP_PARTIAL_DELIVERY_EVENT:
      return SctpDataAbandoned{};
  }
  return std::nullopt;
}

void SetReliability(const SctpMessage& message, sctp_sendv_spa& info) {
  if (message.max_retransmits) {
    info.sendv_prinfo.pr_policy = SCTP_PR_SCTP_RTX;
    info.sendv_prinfo.pr_value = *message.max_retransmits;
  } else if (message.max_lifetime_ms) {
    info.sendv_prinfo.pr_policy = SCTP_PR_SCTP_TTL;
    info.sendv_prinfo.pr_value = *message.max_lifetime_ms;
  } else {
    return;
  }
  info.sendv_flags |= SCTP_SEND_PRINFO_VALID;
}

}  // namespace

SctpSocket::SctpSocket(SctpStack& stack, SctpAssociation& association, const Options& options,
                       net::Instant now)
    : stack_(stack), options_(options), address_(stack.Add(association, now)) {
  socket_ = usrsctp_socket(AF_CONN, SOCK_STREAM, IPPROTO_SCTP, nullptr, nullptr, 0, nullptr);
}

SctpSocket::~SctpSocket() {
  if (socket_ != nullptr) usrsctp_close(socket_);
  stack_.Remove(address_);
}

bool SctpSocket::Configure() {
  if (socket_ == nullptr || usrsctp_set_non_blocking(socket_, 1) != 0) return false;
  const linger abort_on_close{1, 0};
  const int buffer = static_cast<int>(options_.buffer);
  // Messages that are short enough never come in parts.
  const uint32_t partial_delivery_point = static_cast<uint32_t>(options_.buffer / 2);
  const int on = 1;
  sctp_initmsg init{};
  init.sinit_num_ostreams = options_.most_streams;
  init.sinit_max_instreams = options_.most_streams;
  sctp_paddrparams path{};
  path.spp_flags = SPP_PMTUD_DISABLE | SPP_HB_ENABLE;
  // usrsctp adds the common header, and fills packets up to multiples of four.
  path.spp_pathmtu =
      static_cast<uint32_t>((options_.most_packet_bytes - kCommonHeader) & ~size_t{3});
  const sctp_assoc_value reset{SCTP_FUTURE_ASSOC, SCTP_ENABLE_RESET_STREAM_REQ};
  // One message after the other: without I-DATA (RFC 8260) parts of two are never mixed.
  const int no_interleaving = 0;
  return SetOption(socket_, SOL_SOCKET, SO_LINGER, abort_on_close) &&
         SetOption(socket_, SOL_SOCKET, SO_SNDBUF, buffer) &&
         SetOption(socket_, SOL_SOCKET, SO_RCVBUF, buffer) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_PARTIAL_DELIVERY_POINT, partial_delivery_point) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_FRAGMENT_INTERLEAVE, no_interleaving) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_NODELAY, on) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_RECVRCVINFO, on) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_INITMSG, init) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_PEER_ADDR_PARAMS, path) &&
         SetOption(socket_, IPPROTO_SCTP, SCTP_ENABLE_STREAM_RESET, reset) &&
         Subscribe(socket_, SCTP_ASSOC_CHANGE) && Subscribe(socket_, SCTP_STREAM_RESET_EVENT) &&
         Subscribe(socket_, SCTP_PARTIAL_DELIVERY_EVENT);
}

bool SctpSocket::Connect() {
  if (!Configure()) return false;
  sockaddr_conn local = ConnAddress(address_, options_.local_port);
  sockaddr_conn remote = ConnAddress(address_, options_.remote_port);
  if (usrsctp_bind(socket_, reinterpret_cast<sockaddr*>(&local), sizeof(local)) != 0) return false;
  return usrsctp_connect(socket_, reinterpret_cast<sockaddr*>(&remote), sizeof(remote)) == 0 ||
         errno == EINPROGRESS;
}

void SctpSocket::Input(Bytes packet) {
  usrsctp_conninput(reinterpret_cast<void*>(address_), packet.data(), packet.size(), 0);
}

std::optional<SctpEvent> SctpSocket::Receive(MutableBytes buffer) {
  while (true) {
    sctp_rcvinfo info{};
    socklen_t info_size = sizeof(info);
    unsigned info_type = SCTP_RECVV_NOINFO;
    int flags = 0;
    const ssize_t size = usrsctp_recvv(socket_, buffer.data(), buffer.size(), nullptr, nullptr,
                                       &info, &info_size, &info_type, &flags);
    if (size <= 0) {
      if (IsThere()) return std::nullopt;
      return SctpLost{"the association has ended"};
    }
    const Bytes content = buffer.first(static_cast<size_t>(size));
    if ((flags & MSG_NOTIFICATION) == 0) {
      return SctpData{info.rcv_sid, static_cast<PayloadProtocol>(ntohl(info.rcv_ppid)), content,
                      (flags & MSG_EOR) != 0};
    }
    if (auto event = OnNotification(content)) return event;
  }
}

SctpSendResult SctpSocket::Send(const SctpMessage& message) {
  sctp_sendv_spa info{};
  info.sendv_flags = SCTP_SEND_SNDINFO_VALID;
  info.sendv_sndinfo.snd_sid = message.stream;
  info.sendv_sndinfo.snd_ppid = htonl(static_cast<uint32_t>(message.protocol));
  if (!message.is_ordered) info.sendv_sndinfo.snd_flags |= SCTP_UNORDERED;
  SetReliability(message, info);
  const ssize_t size = usrsctp_sendv(socket_, message.content.data(), message.content.size(),
                                     nullptr, 0, &info, sizeof(info), SCTP_SENDV_SPA, 0);
  if (size >= 0) return SctpSendResult::kTaken;
  if (errno == EWOULDBLOCK || errno == EAGAIN) return SctpSendResult::kFull;
  return errno == EINVAL && IsThere() ? SctpSendResult::kRefused : SctpSendResult::kLost;
}

bool SctpSocket::ResetStream(uint16_t stream) {
  constexpr size_t kList = offsetof(sctp_reset_streams, srs_stream_list);
  alignas(sctp_reset_streams) unsigned char option[kList + sizeof(stream)];
  sctp_reset_streams header{};
  header.srs_flags = SCTP_STREAM_RESET_OUTGOING;
  header.srs_number_streams = 1;
  std::memcpy(option, &header, kList);
  std::memcpy(option + kList, &stream, sizeof(stream));
  return usrsctp_setsockopt(socket_, IPPROTO_SCTP, SCTP_RESET_STREAMS, option, sizeof(option)) == 0;
}

void SctpSocket::Shutdown() { usrsctp_shutdown(socket_, SHUT_WR); }

bool SctpSocket::IsThere() const { return StatusOf(socket_).has_value(); }

size_t SctpSocket::unacknowledged() const {
  const auto status = StatusOf(socket_);
  return status ? status->sstat_unackdata : 0;
}

}  // namespace koeru::server
