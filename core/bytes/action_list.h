#pragma once

// What a state machine wants done, in order, with the bytes that belong to it. Clear() keeps the
// memory, so in a steady state no call allocates.
//
//   class Actions : public ActionList<std::variant<Send, Selected>> {
//    public:
//     Bytes BytesOf(const Send& send) const { return View(send.offset, send.size); }
//     void Add(Bytes message) { Push(Send{Store(message), message.size()}); }
//   };
//
// Views live until the next call that stores or clears.

#include <cstddef>
#include <utility>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru {

template <typename Action>
class ActionList {
 public:
  void Clear() {
    list_.clear();
    arena_.clear();
  }
  bool empty() const { return list_.empty(); }
  size_t size() const { return list_.size(); }
  const Action& operator[](size_t i) const { return list_[i]; }
  auto begin() const { return list_.begin(); }
  auto end() const { return list_.end(); }

 protected:
  // The offset under which View() has them.
  size_t Store(Bytes bytes) {
    const size_t offset = arena_.size();
    arena_.insert(arena_.end(), bytes.begin(), bytes.end());
    return offset;
  }
  Bytes View(size_t offset, size_t size) const { return Bytes(arena_).subspan(offset, size); }
  template <typename A>
  void Push(A&& action) {
    list_.emplace_back(std::forward<A>(action));
  }

 private:
  std::vector<Action> list_;
  std::vector<uint8_t> arena_;
};

}  // namespace koeru
