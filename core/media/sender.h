#pragma once

// What is done with each packet that leaves: its own transport-wide number and time, counted, kept
// for a while. And packets that are asked for again: RFC 4585 section 6.2.1, RFC 4588.
//
//   sender.OnSending(stream, packet, now);             // finished in place
//   sender.Resend(stream, number, round_trip_time, now, actions);
//
// A packet that is sent again without RTX is the same byte for byte: one SRTP index must never
// protect different content (RFC 7714 section 8.1).

#include "core/media/actions.h"
#include "core/media/outgoing_stream.h"
#include "core/net/time.h"

namespace koeru::media {

class Sender {
 public:
  // `packet` is RTP, its SSRC, number and timestamp are the stream's, and it has a section.
  void OnSending(OutgoingStream& stream, MutableBytes packet, net::Instant now);

  // Nothing when it is not kept, was just sent again, or more is asked for than was sent.
  void Resend(OutgoingStream& stream, uint16_t number, net::Duration round_trip_time,
              net::Instant now, Actions& actions);

 private:
  uint16_t next_transport_number_ = 1;
};

}  // namespace koeru::media
