#include "native_server/io/send_queue.h"

#include <netinet/udp.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace koeru::server {
namespace {

// Errors after which the next datagram on this socket would fail as well.
bool SocketIsFull(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS || error == ENOMEM;
}

// Errors that may be an ICMP message's about an earlier datagram (error_queue.h): the kernel tells
// it once, in place of what it was asked to send.
bool MayBeOfAnother(int error) {
  return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH ||
         error == EHOSTDOWN || error == ENONET || error == ENOPROTOOPT || error == EOPNOTSUPP ||
         error == EACCES || error == EPROTO;
}

// A second try after such an error.
template <typename Call>
auto WithoutOldError(Call call) {
  const auto result = call();
  return result < 0 && MayBeOfAnother(errno) ? call() : result;
}

template <typename T>
void PutControl(msghdr& header, int level, int type, const T& value) {
  auto* c = reinterpret_cast<cmsghdr*>(static_cast<char*>(header.msg_control) +
                                       header.msg_controllen);
  c->cmsg_level = level;
  c->cmsg_type = type;
  c->cmsg_len = CMSG_LEN(sizeof(value));
  std::memcpy(CMSG_DATA(c), &value, sizeof(value));
  header.msg_controllen += CMSG_SPACE(sizeof(value));
}

void PutSource(msghdr& header, const net::Address& source) {
  if (source.is_v6()) {
    in6_pktinfo info{};
    std::memcpy(&info.ipi6_addr, source.bytes().data(), 16);
    PutControl(header, IPPROTO_IPV6, IPV6_PKTINFO, info);
  } else {
    in_pktinfo info{};
    std::memcpy(&info.ipi_spec_dst, source.bytes().data(), 4);
    PutControl(header, IPPROTO_IP, IP_PKTINFO, info);
  }
}

}  // namespace

bool SendQueue::Joins(const Message& last, const SocketAddress& to, const net::Address* source,
                      size_t size, const SegmentLimit* limit) const {
  return limit != nullptr && limit == last.limit && !last.complete && size > 0 &&
         size <= last.segment_size && last.segment_size <= *limit && last.segments < kSegments &&
         last.size + size <= kRunBytes && last.to == to && last.has_source == (source != nullptr) &&
         (source == nullptr || last.source == *source);
}

void SendQueue::Append(Message& message, const Outgoing& datagram) {
  for (const Bytes part : {datagram.header, datagram.payload, datagram.tail}) {
    if (part.empty()) continue;
    iovecs_[iovec_count_++] = {const_cast<uint8_t*>(part.data()), part.size()};
    ++message.iovecs;
  }
  message.size += datagram.size();
  ++message.segments;
}

void SendQueue::Add(const SocketAddress& to, const net::Address* source, const Outgoing& datagram,
                    SegmentLimit* limit) {
  if (iovec_count_ + 3 > kIovecs) Flush();
  const size_t size = datagram.size();
  if (count_ > 0 && Joins(messages_[count_ - 1], to, source, size, limit)) {
    Message& last = messages_[count_ - 1];
    last.complete = size < last.segment_size;
    Append(last, datagram);
    return;
  }
  if (count_ == kMessages) Flush();
  Message& message = messages_[count_++];
  message.to = to;
  message.has_source = source != nullptr;
  if (source != nullptr) message.source = *source;
  message.complete = false;
  message.first_iovec = iovec_count_;
  message.iovecs = 0;
  message.segments = 0;
  message.segment_size = size;
  message.size = 0;
  message.limit = limit;
  Append(message, datagram);
}

void SendQueue::AddRun(const SocketAddress& to, const net::Address* source,
                       const OutgoingRun& run, SegmentLimit* limit) {
  const size_t size = run.datagram_size();
  const bool may_join = limit != nullptr && size > 0 && size <= *limit;
  for (size_t next = 0; next < run.count;) {
    const Bytes payload(run.first.data() + next * run.stride, run.first.size());
    Add(to, source, {.header = run.header, .payload = payload, .tail = {}}, limit);
    ++next;
    // What Joins() would find out for each of the others is known.
    Message& last = messages_[count_ - 1];
    if (may_join && last.segment_size == size) next = AppendRun(last, run, next);
  }
}

// Appends datagrams of the run from number `next` on, as many as the message takes; returns the
// number of the first that is left.
size_t SendQueue::AppendRun(Message& message, const OutgoingRun& run, size_t next) {
  const size_t parts = (run.header.empty() ? 0u : 1u) + (run.first.empty() ? 0u : 1u);
  const size_t count = std::min({run.count - next, kSegments - message.segments,
                                 (kRunBytes - message.size) / run.datagram_size(),
                                 (kIovecs - iovec_count_) / parts});
  for (const size_t end = next + count; next < end; ++next) {
    if (!run.header.empty()) {
      iovecs_[iovec_count_++] = {const_cast<uint8_t*>(run.header.data()), run.header.size()};
    }
    if (!run.first.empty()) {
      iovecs_[iovec_count_++] = {const_cast<uint8_t*>(run.first.data() + next * run.stride),
                                 run.first.size()};
    }
  }
  message.iovecs += count * parts;
  message.segments += count;
  message.size += count * run.datagram_size();
  return next;
}

void SendQueue::FillHeader(const Message& message, bool as_run, msghdr& header, Control& control) {
  header.msg_name = const_cast<sockaddr*>(message.to.get());
  header.msg_namelen = message.to.size();
  header.msg_iov = &iovecs_[message.first_iovec];
  header.msg_iovlen = message.iovecs;
  header.msg_control = control.bytes.data();
  header.msg_controllen = 0;
  header.msg_flags = 0;
  if (message.has_source) PutSource(header, message.source);
  if (as_run) {
    PutControl(header, SOL_UDP, UDP_SEGMENT, static_cast<uint16_t>(message.segment_size));
  }
  if (header.msg_controllen == 0) header.msg_control = nullptr;
}

// The usual case on a relay socket; sendto is the cheapest call there is. False: not that case.
bool SendQueue::SendOnlyOne() {
  Message& message = messages_[0];
  if (count_ != 1 || message.iovecs > 1 || message.has_source) return false;
  const iovec& part = iovecs_[message.first_iovec];
  counters_->calls.Add(1);
  const ssize_t sent = WithoutOldError([&] {
    return ::sendto(fd_, message.iovecs == 0 ? nullptr : part.iov_base, message.size,
                    MSG_DONTWAIT | MSG_NOSIGNAL, message.to.get(), message.to.size());
  });
  if (sent < 0) CountFailure(message, errno);
  return true;
}

void SendQueue::CountFailure(const Message& message, int error) {
  counters_->failed.Add(message.segments);
  if (error == EMSGSIZE) too_large_port_ = message.to.ToEndpoint().port;
}

void SendQueue::Flush() {
  if (count_ == 0) return;
  if (!SendOnlyOne()) {
    for (size_t i = 0; i < count_; ++i) {
      FillHeader(messages_[i], messages_[i].segments > 1, headers_[i].msg_hdr, controls_[i]);
    }
    size_t done = 0;
    while (done < count_) {
      counters_->calls.Add(1);
      const int sent = WithoutOldError([&] {
        return ::sendmmsg(fd_, &headers_[done], static_cast<unsigned>(count_ - done),
                          MSG_DONTWAIT | MSG_NOSIGNAL);
      });
      if (sent > 0) {
        done += static_cast<size_t>(sent);
      } else if (SocketIsFull(errno)) {
        for (; done < count_; ++done) counters_->failed.Add(messages_[done].segments);
      } else if (errno != EINTR) {
        OnRefused(messages_[done++], errno);
      }
    }
  }
  count_ = 0;
  iovec_count_ = 0;
}

// One message was refused; its neighbours are not concerned.
void SendQueue::OnRefused(Message& message, int error) {
  const bool run = message.segments > 1;
  // A datagram of the run is larger than the path's MTU (EINVAL; EMSGSIZE since Linux 6.13), or
  // the interface cannot compute checksums (EIO): single datagrams may still pass.
  if (run && (error == EINVAL || error == EMSGSIZE || error == EIO)) {
    *message.limit = error == EIO ? SegmentLimit{0}
                                  : static_cast<SegmentLimit>(message.segment_size - 1);
    SendSegmentsSingly(message);
  } else {
    CountFailure(message, error);
  }
}

void SendQueue::SendSegmentsSingly(const Message& message) {
  Message one = message;
  one.segments = 1;
  size_t at = message.first_iovec;
  const size_t end = message.first_iovec + message.iovecs;
  while (at < end) {
    one.first_iovec = at;
    one.size = 0;
    // Parts never straddle two datagrams, so whole ones add up to the segment's size.
    while (at < end && one.size < message.segment_size) one.size += iovecs_[at++].iov_len;
    one.iovecs = at - one.first_iovec;
    msghdr header{};
    Control control;
    FillHeader(one, false, header, control);
    counters_->calls.Add(1);
    const ssize_t sent =
        WithoutOldError([&] { return ::sendmsg(fd_, &header, MSG_DONTWAIT | MSG_NOSIGNAL); });
    if (sent < 0) CountFailure(one, errno);
  }
}

}  // namespace koeru::server
