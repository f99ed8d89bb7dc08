#pragma once

// Compound RTCP packets: RFC 3550 section 6.1. Each begins with a report and a CNAME, and is no
// longer than a path carries.
//
//   CompoundWriter out(ssrc, cname, actions);
//   out.Begin(SenderReport{...});                 // begins a compound
//   out.Add(Nack{...});                           // goes along; alone it has an empty report in
//                                                 // front of it (RFC 4585 section 3.1)
//   // the last one is handed out when `out` goes
//
// What does not fit begins another compound. `cname` (its first 100 bytes count) and `actions` must
// outlive it.

#include <array>
#include <string_view>

#include "core/media/actions.h"
#include "core/rtp/report.h"
#include "core/rtp/rtcp_packet.h"
#include "core/rtp/source_description.h"

namespace koeru::media {

class CompoundWriter {
 public:
  static constexpr size_t kMostSize = 1200;

  CompoundWriter(uint32_t ssrc, std::string_view cname, Actions& actions)
      : ssrc_(ssrc), cname_(cname.substr(0, kLongestCname)), actions_(actions) {}
  CompoundWriter(const CompoundWriter&) = delete;
  CompoundWriter& operator=(const CompoundWriter&) = delete;
  ~CompoundWriter() { Flush(); }

  // `report` is a SenderReport or a ReceiverReport.
  template <typename Report>
  void Begin(const Report& report) {
    Flush();
    Append(report);
    Append(rtp::SourceDescription{report.ssrc, cname_});
  }
  template <typename P>
  void Add(const P& packet) {
    if (size_ == 0) Begin(rtp::ReceiverReport{.ssrc = ssrc_});
    if (Append(packet)) return;
    Begin(rtp::ReceiverReport{.ssrc = ssrc_});
    Append(packet);
  }
  void Flush();

 private:
  static constexpr size_t kLongestCname = 100;

  // What does not fit changes nothing.
  template <typename P>
  bool Append(const P& packet) {
    Writer writer(MutableBytes(buffer_).subspan(size_));
    AppendRtcp(writer, packet);
    if (!writer.ok()) return false;
    size_ += writer.size();
    return true;
  }

  const uint32_t ssrc_;
  const std::string_view cname_;
  Actions& actions_;
  std::array<uint8_t, kMostSize> buffer_;
  size_t size_ = 0;
};

}  // namespace koeru::media
