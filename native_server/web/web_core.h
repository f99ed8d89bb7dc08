// WebCore: what all connections of one WebServer share.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <string_view>

#include "native_server/web/router.h"
#include "native_server/web/signalling_hub.h"
#include "native_server/web/web_options.h"

namespace koeru::server::web {

struct WebCore {
  WebCore(WebOptions web_options, boost::asio::any_io_executor executor);

  void Log(Severity severity, std::string_view text) const {
    if (options.log) options.log(severity, text);
  }

  const WebOptions options;
  Router router;
  SignallingHub hub;
};

}  // namespace koeru::server::web
