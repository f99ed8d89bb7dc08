#pragma once

// The parameters of an a=fmtp line, edited one at a time: every other byte of the line stays.
//
//   FmtpText text("a=fmtp:111 minptime=10; useinbandfec=1");
//   text.Set("minptime", "20");  text.Set("stereo", "1");  text.Remove("useinbandfec");
//   text.line()                       // "a=fmtp:111 minptime=20; stereo=1"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace koeru::sdp {

class FmtpText {
 public:
  explicit FmtpText(std::string_view line) : line_(line) {}

  const std::string& line() const { return line_; }

  // False when the line holds no name=value: telephone-event's "0-15", red's "111/111".
  bool HasParameters() const;
  // No parameter is left.
  bool IsEmpty() const;
  // Names of parameters are compared without regard to case (RFC 6838 section 4.3).
  bool Has(std::string_view name) const;
  // Every parameter of that name gets the value; without one it is put behind the last. An empty
  // value: the name stands alone.
  void Set(std::string_view name, std::string_view value);
  void Remove(std::string_view name);

 private:
  std::string line_;
};

// "stereo=1", or the name alone.
std::string FormatParameterText(std::string_view name, std::string_view value);

}  // namespace koeru::sdp
