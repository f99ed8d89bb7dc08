#include "native_server/tools/session_table.h"

#include <algorithm>

#include "core/capture/link_layer.h"
#include "core/inspect/datagram_kind.h"
#include "core/turn/channel_data.h"

namespace koeru::tools {
namespace {

using capture::LinkOutcome;
using inspect::IsChannelData;
using inspect::IsStun;

bool IsResponse(Bytes stun_message) { return (stun_message[0] & 0x01) != 0; }

void OnFrame(Session& session, int64_t time_ns, Direction direction, const turn::Frame& frame) {
  if (frame.kind == turn::FrameKind::kStun) {
    session.OnStun(time_ns, direction, frame.bytes);
  } else if (const auto message = turn::ChannelDataView::Parse(frame.bytes); message.ok()) {
    session.OnChannelData(time_ns, direction, message->channel, message->data.size());
  }
}

}  // namespace

void SessionTable::OnPacket(int link_type, const CapturedPacket& packet) {
  if (counts_.packets++ == 0) first_time_ns_ = packet.time_ns;
  const capture::LinkPayload link = capture::StripLinkLayer(link_type, packet.bytes);
  if (link.outcome == LinkOutcome::kNotIp) {
    ++counts_.not_ip;
    return;
  }
  const Result<IpPacket> ip = link.outcome == LinkOutcome::kIp ? capture::ParseIpPacket(link.ip)
                                                               : ParseError{"cut short", 0};
  if (!ip.ok()) {
    ++counts_.malformed;
    return;
  }
  if (packet.cut || ip->cut) ++counts_.cut;
  if (ip->fragment) {
    ++counts_.fragments;
    return;
  }
  if (ip->protocol == IpProtocol::kOther) return;
  Flow* flow = FindFlow(*ip);
  if (flow == nullptr) {
    ++counts_.left_out;
    return;
  }
  const Direction direction = ip->source == flow->session->client() ? kToServer : kToClient;
  if (ip->protocol == IpProtocol::kTcp) {
    OnSegment(*flow, packet.time_ns, direction, *ip);
  } else if (!ip->payload.empty()) {
    OnDatagram(*flow, packet.time_ns, direction, ip->payload);
  }
}

SessionTable::Flow* SessionTable::FindFlow(const IpPacket& packet) {
  const bool ordered = packet.source < packet.destination;
  const FlowKey key{packet.protocol, ordered ? packet.source : packet.destination,
                    ordered ? packet.destination : packet.source};
  const auto found = flow_by_key_.find(key);
  if (found != flow_by_key_.end()) {
    // The same ports again, a new connection.
    const Flow& old = *found->second;
    const bool again = packet.syn && (old.sides[0].started || old.sides[1].started);
    if (!again) return found->second;
  }
  if (flows_.size() >= kMaxFlows) return nullptr;
  // The client is who asked: RFC 8489 section 2. A capture may begin with the answer.
  const bool answer =
      packet.protocol == IpProtocol::kUdp && IsStun(packet.payload) && IsResponse(packet.payload);
  Flow& flow = flows_.emplace_back();
  flow.session = std::make_unique<Session>(
      answer ? packet.destination : packet.source, answer ? packet.source : packet.destination,
      packet.protocol == IpProtocol::kTcp ? "TCP" : "UDP", options_);
  flow_by_key_[key] = &flow;
  return &flow;
}

void SessionTable::OnDatagram(Flow& flow, int64_t time_ns, Direction direction, Bytes payload) {
  if (IsStun(payload)) {
    flow.interesting = true;
    flow.session->OnStun(time_ns, direction, payload);
  } else if (IsChannelData(payload)) {
    flow.interesting = true;
    const auto message = turn::ChannelDataView::Parse(payload);
    flow.session->OnChannelData(time_ns, direction, message->channel, message->data.size());
  } else {
    flow.session->OnOther(direction, inspect::KindOf(payload), payload.size());
  }
}

void SessionTable::OnSegment(Flow& flow, int64_t time_ns, Direction direction,
                             const IpPacket& packet) {
  TcpSide& side = flow.sides[direction];
  if (!side.decoding) return;
  side.stream.OnSegment(packet.sequence, packet.syn, packet.payload,
                        [&](Bytes bytes) { OnStreamBytes(flow, time_ns, direction, bytes); });
  if (side.stream.lost()) {
    side.decoding = false;
    flow.session->notes.emplace_back(
        "segments of this TCP stream are missing in the capture: what follows is not shown");
  }
}

void SessionTable::OnStreamBytes(Flow& flow, int64_t time_ns, Direction direction, Bytes bytes) {
  TcpSide& side = flow.sides[direction];
  if (!side.decoding) return;
  if (!side.started && !flow.interesting) {
    flow.tls |= inspect::LooksLikeTls(bytes);
    // Most TCP connections of a capture are neither: they are not kept.
    if (flow.tls || (bytes.size() >= 8 && !IsStun(bytes))) {
      side.decoding = false;
      return;
    }
  }
  side.started = true;
  side.framer.Append(bytes);
  while (const auto frame = side.framer.Next()) {
    if (!flow.interesting && !IsStun(frame->bytes)) {
      side.decoding = false;
      return;
    }
    flow.interesting = true;
    OnFrame(*flow.session, time_ns, direction, *frame);
  }
  if (!side.framer.error()) return;
  side.decoding = false;
  if (flow.interesting) {
    flow.session->notes.push_back("the TCP stream stops making sense: " +
                                  std::string(side.framer.error()->reason));
  }
}

std::vector<const Session*> SessionTable::Found() const {
  std::vector<const Session*> found;
  for (const Flow& flow : flows_) {
    if (flow.interesting) found.push_back(flow.session.get());
  }
  return found;
}

size_t SessionTable::tls_flows() const {
  return static_cast<size_t>(
      std::count_if(flows_.begin(), flows_.end(), [](const Flow& flow) { return flow.tls; }));
}

size_t SessionTable::other_flows() const { return flows_.size() - Found().size() - tls_flows(); }

}  // namespace koeru::tools
