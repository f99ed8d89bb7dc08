#pragma once

// The BUNDLE groups of a description (RFC 9143), and what is known of the one transport that the
// sections of each share.

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/sdp/checks/notes.h"

namespace koeru::sdp {

class Report;
class SectionView;

class Bundles {
 public:
  struct Member {
    uint32_t group = 0;
    bool is_tag = false;  // RFC 9143 section 2: the first mid, whose section has the transport
  };
  // What a group's sections must agree on.
  enum class Topic : uint8_t { kCodec, kExtension, kUfrag };

  // From the a=group lines of the session.
  void Read(const SectionView& session);

  size_t size() const { return size_; }
  std::optional<Member> Find(std::string_view mid);
  // The group of a section, by its mid.
  std::optional<Member> Find(const SectionView& section);

  // What an earlier section of the group said of a number; `text` itself when it is the first.
  std::string_view Agree(uint32_t group, Topic topic, uint32_t number, std::string_view text);

 private:
  size_t size_ = 0;
  Notes member_by_mid_;
  Notes said_;
};

}  // namespace koeru::sdp
