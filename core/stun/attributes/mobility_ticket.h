#pragma once

// MOBILITY-TICKET: RFC 8016 section 3.3. Lets a client keep its allocation when its address
// changes. Opaque to the client; empty in the Allocate request that asks for one.

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct MobilityTicket {
  static constexpr uint16_t kType = attribute_type::kMobilityTicket;
  Bytes ticket;

  static Result<MobilityTicket> Decode(Bytes value, const TransactionId&) {
    return MobilityTicket{value};
  }
  void Encode(Writer& w, const TransactionId&) const { w.Put(ticket); }
};

}  // namespace koeru::stun
