#pragma once

// What was seen before: one sorted table for all the checks, whatever they look for, so that its
// code is compiled once. A key is a number, a text or both.
//
//   Notes mids;
//   if (!mids.Add({0, tag}, {line}).is_new) ...

#include <cstdint>
#include <map>
#include <string_view>

namespace koeru::sdp {

class Notes {
 public:
  struct Key {
    uint64_t number = 0;
    std::string_view text = {};

    friend bool operator<(const Key& a, const Key& b) {
      return a.number != b.number ? a.number < b.number : a.text < b.text;
    }
  };
  struct Note {
    size_t number = 0;
    std::string_view text = {};
    bool flag = false;
  };
  struct Added {
    Note& note;  // the earlier one, unless this is new
    bool is_new;
  };

  Added Add(const Key& key, const Note& note);
  // Nullptr when there is none.
  Note* Find(const Key& key);
  size_t size() const { return notes_.size(); }

 private:
  std::map<Key, Note> notes_;
};

}  // namespace koeru::sdp
