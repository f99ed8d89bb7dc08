// Reply: what is to be sent for one request, before any byte of it is.
#pragma once

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/status.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "native_server/web/static_files.h"

namespace koeru::server::web {

struct FilePart {
  FileHandle handle{};
  uint64_t offset = 0;
  uint64_t length = 0;
};

struct Reply {
  boost::beast::http::status status = boost::beast::http::status::ok;
  boost::beast::http::fields fields{};  // without Content-Length and Connection
  std::string body{};
  std::optional<FilePart> file{};  // instead of `body`
  bool close = false;              // the connection ends with this reply

  unsigned status_code() const { return static_cast<unsigned>(status); }
  uint64_t content_length() const { return file ? file->length : body.size(); }
};

// A short page that says what is wrong and what to do. `text` is ours, never a visitor's.
Reply ErrorPage(boost::beast::http::status status, std::string_view text);
// The same for a program: {"error":"..."}.
Reply JsonError(boost::beast::http::status status, std::string_view text);
Reply JsonReply(std::string json);
Reply RedirectTo(std::string_view location);

}  // namespace koeru::server::web
