// One WebSocket of the signalling server: reads messages into the hub, writes what the hub says.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "native_server/door/deadline.h"
#include "native_server/tls/tls_stream.h"
#include "native_server/web/web_core.h"

namespace koeru::server::web {

class WebSocketSession final : public SignallingPeer,
                               public std::enable_shared_from_this<WebSocketSession> {
 public:
  using UpgradeRequest = boost::beast::http::request<boost::beast::http::empty_body>;

  WebSocketSession(std::shared_ptr<WebCore> core, TlsStream stream, boost::asio::ip::address source,
                   std::shared_ptr<const void> place);
  ~WebSocketSession() override;

  // Answers the upgrade request, which the router has allowed, and runs until the end.
  void Start(UpgradeRequest request);

  // From the hub, on any thread.
  void Deliver(std::shared_ptr<const std::string> text, std::optional<CloseCode> close) override;

 private:
  using error_code = boost::system::error_code;

  void OnAccepted(error_code error);
  void Read();
  void OnRead(error_code error);
  void Enqueue(std::shared_ptr<const std::string> text, std::optional<CloseCode> close);
  void WriteNext();
  void OnWritten(error_code error);
  void Close(boost::beast::websocket::close_reason reason);
  void LeaveHub();
  // As LeaveHub, but the client may come back on another connection.
  void LoseHub();

  const std::shared_ptr<WebCore> core_;
  const std::shared_ptr<const void> place_;
  const SourceKey source_;
  boost::beast::websocket::stream<TlsStream> socket_;
  UpgradeRequest request_;
  boost::beast::flat_buffer buffer_;
  Deadline deadline_;
  std::optional<ConnectionId> id_;

  std::deque<std::shared_ptr<const std::string>> queue_;  // the first one is being written
  size_t queued_bytes_ = 0;
  bool writing_ = false;
  std::optional<CloseCode> close_after_queue_;
  bool closing_ = false;
};

}  // namespace koeru::server::web
