// KeptMessages: what was sent to a member and not yet acknowledged, so that a connection that
// breaks loses nothing (SIGNALLING.md, "Coming back").
//
//   KeptMessages kept(256, 128 * 1024);
//   kept.Add(text);                      // number 1
//   kept.Acknowledge(1);                 // the member has it: it is forgotten
//   for (const auto& text : kept.After(1)) ...
//
// Beyond its limits the oldest messages are forgotten; whoever has not received those cannot come
// back (`Covers`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace koeru::server::web {

class KeptMessages {
 public:
  using Text = std::shared_ptr<const std::string>;

  KeptMessages(size_t most_messages, size_t most_bytes)
      : most_messages_(most_messages), most_bytes_(most_bytes) {}

  void Add(Text text);
  // `received`: how many the member has received, from the first on. False: it cannot be so.
  bool Acknowledge(uint64_t received);
  // Everything behind that number is still here.
  bool Covers(uint64_t received) const { return received >= forgotten_ && received <= sent(); }
  // Needs Covers(received).
  std::vector<Text> After(uint64_t received) const;

  uint64_t sent() const { return forgotten_ + texts_.size(); }
  size_t size() const { return texts_.size(); }
  size_t bytes() const { return bytes_; }
  // Something was forgotten that was not acknowledged.
  bool overflowed() const { return acknowledged_ < forgotten_; }

 private:
  void ForgetOldest();

  size_t most_messages_;
  size_t most_bytes_;
  std::deque<Text> texts_;
  size_t bytes_ = 0;
  uint64_t forgotten_ = 0;  // messages before the first in `texts_`
  uint64_t acknowledged_ = 0;
};

}  // namespace koeru::server::web
