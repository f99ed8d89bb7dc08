// From the target of a request line to a path that may be looked up below a directory.
//
//   ParseTarget("/demo/call.html?x=1")  ->  path "/demo/call.html", query "x=1"
//
// Everything that is used to climb out of a directory is refused here, before a file system sees
// it: "..", ".", empty segments, names that begin with a dot, backslashes, encoded slashes, NUL and
// other control characters, bytes that are not UTF-8, and broken percent-encoding. Decoding happens
// once, so "%252e" is the harmless text "%2e".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace koeru::server::web {

enum class TargetProblem {
  kNone,
  kMalformed,  // 400
  kNotFound,   // 404: well-formed, but nothing of ours can have this name
};

struct Target {
  std::string path;   // decoded, begins with '/'
  std::string query;  // as it was sent, without '?'
  TargetProblem problem = TargetProblem::kNone;
};

// RFC 9112 §3.2: origin-form, and the absolute-form that a server must also take.
Target ParseTarget(std::string_view target);

bool IsUtf8(std::string_view text);

}  // namespace koeru::server::web
