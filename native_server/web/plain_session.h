// One connection of plain HTTP: reads one request, redirects it to https, and ends.
#pragma once

#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "native_server/door/arrivals.h"
#include "native_server/door/deadline.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {

class PlainSession : public std::enable_shared_from_this<PlainSession> {
 public:
  PlainSession(std::shared_ptr<WebCore> core, Accepted accepted, uint16_t https_port);
  void Start();

 private:
  using error_code = boost::system::error_code;

  void OnHeader(error_code error);
  void Send(Reply reply);
  void Drain();

  const std::shared_ptr<WebCore> core_;
  Accepted accepted_;
  const uint16_t https_port_;
  Deadline deadline_;
  boost::beast::flat_buffer buffer_;
  boost::beast::http::request_parser<boost::beast::http::empty_body> parser_;
  boost::beast::http::response<boost::beast::http::string_body> response_;
  std::array<char, 4096> drain_{};
};

}  // namespace koeru::server::web
