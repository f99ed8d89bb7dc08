// One HTTPS connection after its handshake: requests one after the other, until it is closed or
// becomes a WebSocket.
#pragma once

#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "native_server/door/arrivals.h"
#include "native_server/door/deadline.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(std::shared_ptr<WebCore> core, HttpsArrival arrival);

  void Start() { WaitForRequest(); }

 private:
  using error_code = boost::system::error_code;
  using Parser = boost::beast::http::request_parser<boost::beast::http::empty_body>;
  using Response = boost::beast::http::response<boost::beast::http::buffer_body>;
  using Serializer = boost::beast::http::response_serializer<boost::beast::http::buffer_body>;

  void WaitForRequest();
  void OnFirstBytes(error_code error, size_t size);
  void ReadHeader();
  void OnHeader(error_code error);
  void RefuseBrokenRequest(error_code error);
  void HandleRequest();
  void Upgrade();
  void Send(Reply reply);
  void FillChunk();
  void WriteChunk();
  void OnWritten(error_code error);
  void ShutDown();
  void CloseAfter(std::chrono::milliseconds time);
  RequestContext Context() const;

  const std::shared_ptr<WebCore> core_;
  std::optional<TlsStream> stream_;  // empty once a WebSocket has taken it
  const boost::asio::ip::address source_;
  const uint16_t local_port_;
  const bool hsts_;
  std::shared_ptr<const void> place_;
  Deadline deadline_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  size_t requests_ = 0;

  // The reply that is being sent.
  Reply reply_;
  std::optional<Response> response_;
  std::optional<Serializer> serializer_;
  std::vector<char> chunk_;
  uint64_t left_ = 0;  // bytes of the file that are not sent yet
};

}  // namespace koeru::server::web
