#include "core/media/packet_history.h"

#include <algorithm>

namespace koeru::media {

// The memory is not touched before packets come to lie there.
PacketHistory::PacketHistory(size_t capacity)
    : capacity_(std::max(capacity, 2 * kMostPacket)),
      bytes_(new uint8_t[capacity_]),
      slots_(kSlots) {}

void PacketHistory::Remember(uint16_t number, Bytes packet, net::Instant now) {
  Slot& slot = slots_[number % kSlots];
  slot.size = 0;
  if (packet.empty() || packet.size() > kMostPacket) return;
  // A packet lies in one piece; what is left at the ring's end is skipped.
  const size_t left = capacity_ - written_ % capacity_;
  if (left < packet.size()) written_ += left;
  slot = {written_, now, now, number, static_cast<uint16_t>(packet.size())};
  std::copy(packet.begin(), packet.end(), bytes_.get() + written_ % capacity_);
  written_ += packet.size();
}

Bytes PacketHistory::Recall(uint16_t number, net::Duration round_trip_time, net::Instant now) {
  Slot& slot = slots_[number % kSlots];
  const bool is_kept = slot.size > 0 && slot.number == number &&
                       slot.position + capacity_ >= written_ && now - slot.sent <= kMostAge;
  if (!is_kept || now < slot.not_before) return {};
  slot.not_before = now + std::max(kLeastWait, round_trip_time);
  return Bytes(bytes_.get() + slot.position % capacity_, slot.size);
}

}  // namespace koeru::media
