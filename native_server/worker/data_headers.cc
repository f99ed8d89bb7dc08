#include "native_server/worker/data_headers.h"

#include "core/bytes/writer.h"
#include "core/stun/message_type.h"
#include "core/turn/attributes/data.h"
#include "core/turn/attributes/xor_peer_address.h"
#include "core/turn/channel_data.h"

namespace koeru::server {

void WriteDataIndicationHeader(MutableBytes header, const net::Endpoint& peer,
                               const stun::TransactionId& id, size_t payload_size) {
  const size_t attributes = DataIndicationHeaderSize(peer.address.family()) - 20;
  Writer w(header);
  w.U16(stun::MessageType{stun::Method::kData, stun::Class::kIndication}.ToWire());
  w.U16(static_cast<uint16_t>(attributes + payload_size + turn::PaddingOf(payload_size)));
  w.U32(stun::kMagicCookie);
  w.Put(Bytes(id));
  w.U16(turn::XorPeerAddress::kType);
  {
    LengthPrefix16 length(w);
    turn::XorPeerAddress{peer}.Encode(w, id);
  }
  w.U16(turn::Data::kType);
  w.U16(static_cast<uint16_t>(payload_size));
}

}  // namespace koeru::server
