#include "core/inspect/capture_list.h"

#include "core/bytes/hex.h"
#include "core/capture/capture_reader.h"
#include "core/capture/ip_packet.h"
#include "core/capture/link_layer.h"
#include "core/inspect/datagram_kind.h"
#include "core/inspect/message_summary.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/stream_messages.h"
#include "core/stun/attribute_type.h"

namespace koeru::inspect {
namespace {

using capture::CapturedPacket;
using capture::IpPacket;
using capture::IpProtocol;

class Lister {
 public:
  explicit Lister(Bytes file) : file_(file) {}

  void Add(const CapturedPacket& captured) {
    ++list_.total;
    const capture::LinkPayload link = capture::StripLinkLayer(captured.link_type, captured.bytes);
    if (link.outcome == capture::LinkOutcome::kNotIp) {
      ++list_.not_ip;
      if (!capture::IsKnownLinkType(captured.link_type)) {
        list_.unknown_link_type = captured.link_type;
      }
      return;
    }
    const Result<IpPacket> ip = link.outcome == capture::LinkOutcome::kIp
                                    ? capture::ParseIpPacket(link.ip)
                                    : ParseError{"cut short", 0};
    if (!ip.ok()) {
      ++list_.malformed;
    } else if (ip->fragment) {
      ++list_.fragments;
    } else if (ip->protocol == IpProtocol::kUdp) {
      AddMessage(captured, *ip, ip->payload);
    } else if (ip->protocol == IpProtocol::kTcp && !ip->payload.empty()) {
      AddSegment(captured, *ip);
    } else if (ip->protocol == IpProtocol::kOther) {
      ++list_.not_ip;
    }
  }
  CaptureList Take(std::optional<ParseError> error) {
    list_.error = error;
    return std::move(list_);
  }

 private:
  CaptureEntry* NewEntry(const CapturedPacket& captured, const IpPacket& ip, Bytes bytes) {
    if (list_.packets.size() >= CaptureList::kMaxPackets) {
      ++list_.left_out;
      return nullptr;
    }
    CaptureEntry& entry = list_.packets.emplace_back();
    entry.number = list_.total;
    entry.time_ns = captured.time_ns;
    entry.source = ip.source.ToString();
    entry.destination = ip.destination.ToString();
    entry.transport = ip.protocol == IpProtocol::kTcp ? "TCP" : "UDP";
    entry.cut = captured.cut || ip.cut;
    // An empty datagram may point to nowhere.
    entry.offset =
        bytes.empty() ? captured.offset : static_cast<size_t>(bytes.data() - file_.data());
    entry.size = bytes.size();
    return &entry;
  }

  void AddMessage(const CapturedPacket& captured, const IpPacket& ip, Bytes bytes) {
    CaptureEntry* entry = NewEntry(captured, ip, bytes);
    if (entry == nullptr) return;
    entry->kind = KindOf(bytes);
    entry->realm = realm_;
    if (entry->kind != "STUN") {
      entry->summary = std::to_string(bytes.size()) + " bytes";
      if (entry->kind == "other") return;
      const Node tree = InspectPacket(bytes, {});
      if (!tree.value.empty()) entry->summary = tree.value;
      return;
    }
    const auto message = stun::MessageView::Parse(bytes);
    if (!message.ok()) {
      entry->summary = "broken: " + std::string(message.error().reason);
      return;
    }
    entry->summary = Summarize(*message);
    if (const auto realm = message->Find(stun::attribute_type::kRealm)) {
      realm_ = AsText(realm->value);
    }
  }

  void AddSegment(const CapturedPacket& captured, const IpPacket& ip) {
    const std::vector<Bytes> messages = StreamMessages(ip.payload);
    if (!messages.empty()) {
      for (const Bytes message : messages) AddMessage(captured, ip, message);
      return;
    }
    CaptureEntry* entry = NewEntry(captured, ip, ip.payload);
    if (entry == nullptr) return;
    entry->kind = LooksLikeTls(ip.payload) ? "TLS" : "TCP";
    entry->summary = std::to_string(ip.payload.size()) + " bytes of a stream";
    if (IsStun(ip.payload)) {
      entry->summary += ", the beginning of a STUN message that ends in another segment";
    }
  }

  Bytes file_;
  CaptureList list_;
  std::string realm_;
};

}  // namespace

CaptureList ListCapture(Bytes file) {
  capture::CaptureReader reader(file);
  Lister lister(file);
  while (const auto packet = reader.Next()) lister.Add(*packet);
  return lister.Take(reader.error());
}

}  // namespace koeru::inspect
