#pragma once

// Any packet of a WebRTC port as a tree: RFC 7983 tells by the first byte what it is.
//
//                    +----------------+
//                    |        [0..3] -+--> STUN
//                    |      [16..19] -+--> ZRTP
//        packet -->  |      [20..63] -+--> DTLS
//                    |      [64..79] -+--> TURN channel
//                    |    [128..191] -+--> RTP and RTCP
//                    +----------------+
//
//   Node tree = InspectPacket(datagram, {.credentials = {"user", "realm", "password", true}});

#include "core/inspect/integrity_check.h"
#include "core/inspect/tree.h"

namespace koeru::inspect {

struct InspectOptions {
  Credentials credentials;
  size_t base = 0;  // offset of the packet in the whole input
  int depth = 0;    // of messages in messages
};

Node InspectPacket(Bytes packet, const InspectOptions& options);

// Of bytes that carry a packet: adds its tree as a child when it is one that Koeru knows. A child
// is a guess from the first byte: payload of an unknown kind gets none.
void AddPayload(Node& parent, Bytes payload, const InspectOptions& options);

}  // namespace koeru::inspect
