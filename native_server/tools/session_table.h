#pragma once

// Sorts captured packets into sessions by 5-tuple, over UDP and TCP.
//
//   SessionTable table({.trees = false});
//   while (auto packet = capture.Next()) table.OnPacket(capture.link_type(), *packet);
//   for (const Session* session : table.Found()) ...
//
// Flows that carry neither STUN nor ChannelData are counted and forgotten. Limits: kMaxFlows
// flows at a time; packets of further ones are counted as left out.

#include <deque>
#include <map>
#include <memory>
#include <utility>

#include "core/capture/ip_packet.h"
#include "core/turn/stream_framer.h"
#include "native_server/tools/capture_file.h"
#include "native_server/tools/session.h"
#include "native_server/tools/tcp_stream.h"

namespace koeru::tools {

using capture::IpPacket;
using capture::IpProtocol;

struct CaptureCounts {
  uint64_t packets = 0;
  uint64_t not_ip = 0;
  uint64_t malformed = 0;  // headers that make no sense or are cut short
  uint64_t fragments = 0;  // IP fragments: not put together
  uint64_t cut = 0;        // the capture kept a part only
  uint64_t left_out = 0;   // of flows beyond the limit
};

class SessionTable {
 public:
  static constexpr size_t kMaxFlows = 20'000;

  explicit SessionTable(SessionOptions options) : options_(std::move(options)) {}

  void OnPacket(int link_type, const CapturedPacket& packet);

  // Sessions with something to tell, in the order of their first packet.
  std::vector<const Session*> Found() const;
  const CaptureCounts& counts() const { return counts_; }
  // TCP connections that start with a TLS handshake: encrypted, not decoded.
  size_t tls_flows() const;
  // Flows without STUN, ChannelData and TLS.
  size_t other_flows() const;
  int64_t first_time_ns() const { return first_time_ns_; }

 private:
  // Both directions of a 5-tuple: the smaller endpoint first.
  struct FlowKey {
    IpProtocol protocol;
    net::Endpoint low, high;
    friend auto operator<=>(const FlowKey&, const FlowKey&) = default;
  };
  struct TcpSide {
    TcpStream stream;
    turn::StreamFramer framer;
    bool started = false;
    bool decoding = true;
  };
  struct Flow {
    std::unique_ptr<Session> session;
    bool interesting = false;  // STUN or ChannelData was seen
    bool tls = false;
    std::array<TcpSide, 2> sides;  // by Direction; TCP only
  };

  Flow* FindFlow(const IpPacket& packet);
  void OnDatagram(Flow& flow, int64_t time_ns, Direction direction, Bytes payload);
  void OnSegment(Flow& flow, int64_t time_ns, Direction direction, const IpPacket& packet);
  void OnStreamBytes(Flow& flow, int64_t time_ns, Direction direction, Bytes bytes);

  SessionOptions options_;
  std::deque<Flow> flows_;
  std::map<FlowKey, Flow*> flow_by_key_;
  CaptureCounts counts_;
  int64_t first_time_ns_ = 0;
};

}  // namespace koeru::tools
