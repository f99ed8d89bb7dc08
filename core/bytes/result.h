#pragma once

// Result<T>: what a decoder returns. Either a value, or a ParseError that knows where.
//
//   koeru::Result<stun::MessageView> message = stun::MessageView::Parse(bytes);
//   if (!message.ok()) return Drop(message.error().reason, message.error().offset);
//   Use(*message);
//
// Core throws no exceptions and allocates nothing for an error: the reason is a sentence with
// static lifetime, the offset counts bytes from the start of what was given to the decoder.

#include <cassert>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace koeru {

struct ParseError {
  std::string_view reason;  // a sentence with static lifetime, no full stop
  size_t offset = 0;        // bytes from the start of the decoder's input

  friend bool operator==(const ParseError&, const ParseError&) = default;
};

// E: what knows more than a ParseError, such as sdp::SyntaxError.
template <typename T, typename E = ParseError>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: implicit on purpose
  Result(E error) : error_(std::move(error)) {}      // NOLINT: implicit on purpose

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }

  const T& value() const& {
    assert(ok());
    return *value_;
  }
  T& value() & {
    assert(ok());
    return *value_;
  }
  T&& value() && {
    assert(ok());
    return *std::move(value_);
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  // Meaningful only when !ok().
  const E& error() const { return error_; }

  // The same error, `by` bytes further on: for a decoder that was handed a part of a larger input.
  E ErrorShiftedBy(size_t by) const {
    E shifted = error_;
    shifted.offset += by;
    return shifted;
  }

 private:
  std::optional<T> value_;
  E error_;
};

}  // namespace koeru
