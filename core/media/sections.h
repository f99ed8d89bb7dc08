#pragma once

// The sections of a call, the SSRCs with which they are sent, and which section a packet belongs to
// (RFC 9143 section 9.2).
//
//   Sections sections;
//   auto gone = sections.Assign(std::move(answer.media), now);
//   Section* section = sections.Of(*packet);         // of a source that is not known yet
//   OutgoingStream* stream = sections.StreamOf(nack.media_ssrc);

#include <array>
#include <memory>
#include <vector>

#include "core/media/outgoing_stream.h"
#include "core/media/section.h"

namespace koeru::media {

class Sections {
 public:
  // Those beyond them take no part.
  static constexpr size_t kMost = 64;
  // SSRCs of ours in the life of a call; sections that would need another one are not sent.
  static constexpr size_t kMostStreams = 128;
  static constexpr size_t kVideoHistory = 1 << 20;
  static constexpr size_t kAudioHistory = 64 << 10;

  // Sections whose mid stays go on. The result: those that are gone, alive until nobody points to
  // them any more.
  std::vector<std::unique_ptr<Section>> Assign(std::vector<sdp::AnsweredMedia> media,
                                               net::Instant now);

  // By mid, else by a payload type that only one section has. Null: none that receives.
  Section* Of(const rtp::RtpPacket& packet) const;
  // Null where no section is sent with it.
  OutgoingStream* StreamOf(uint32_t ssrc) const;
  // Whether it is or was one of ours, retransmissions included.
  bool IsOwn(uint32_t ssrc) const;
  // With which one what concerns all sections is sent.
  uint32_t own_ssrc() const { return own_ssrc_; }

  auto begin() const { return sections_.begin(); }
  auto end() const { return sections_.end(); }

 private:
  // Browsers' own, for a receiver that sends nothing.
  static constexpr uint32_t kReceiversSsrc = 1;

  std::unique_ptr<Section> Take(const sdp::AnsweredMedia& media, size_t index);
  void Connect(Section& section);
  OutgoingStream* StreamFor(uint32_t ssrc);
  RtxStream* RtxFor(uint32_t ssrc);

  std::vector<std::unique_ptr<Section>> sections_;
  std::vector<std::unique_ptr<OutgoingStream>> streams_;
  std::vector<std::unique_ptr<RtxStream>> rtx_streams_;
  struct ByPayloadType {
    Section* only = nullptr;
    bool several = false;
  };
  std::array<ByPayloadType, 128> by_payload_type_{};
  uint8_t mid_id_ = 0;  // RFC 9143 section 9.2: one id in all sections of a group
  uint32_t own_ssrc_ = kReceiversSsrc;
};

}  // namespace koeru::media
