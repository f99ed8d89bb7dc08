#include "native_server/web/kept_messages.h"

#include <utility>

namespace koeru::server::web {

void KeptMessages::Add(Text text) {
  bytes_ += text->size();
  texts_.push_back(std::move(text));
  while (texts_.size() > most_messages_ || bytes_ > most_bytes_) ForgetOldest();
}

bool KeptMessages::Acknowledge(uint64_t received) {
  if (received > sent()) return false;
  if (received > acknowledged_) acknowledged_ = received;
  while (forgotten_ < received) ForgetOldest();
  return true;
}

std::vector<KeptMessages::Text> KeptMessages::After(uint64_t received) const {
  const auto skipped = static_cast<std::ptrdiff_t>(received - forgotten_);
  return {texts_.begin() + skipped, texts_.end()};
}

void KeptMessages::ForgetOldest() {
  bytes_ -= texts_.front()->size();
  texts_.pop_front();
  ++forgotten_;
}

}  // namespace koeru::server::web
