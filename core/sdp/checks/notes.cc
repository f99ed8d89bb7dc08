#include "core/sdp/checks/notes.h"

namespace koeru::sdp {

Notes::Added Notes::Add(const Key& key, const Note& note) {
  const auto [at, is_new] = notes_.emplace(key, note);
  return {at->second, is_new};
}

Notes::Note* Notes::Find(const Key& key) {
  const auto at = notes_.find(key);
  return at == notes_.end() ? nullptr : &at->second;
}

}  // namespace koeru::sdp
