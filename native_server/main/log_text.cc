#include "native_server/main/log_text.h"

#include "native_server/log/log.h"

namespace koeru::server {

void WriteTcpLog(Severity severity, std::string_view text) {
  switch (severity) {
    case Severity::kDebug:
      KOERU_LOG_DEBUG << "tcp: " << text;
      break;
    case Severity::kInfo:
      LOG(INFO) << "tcp: " << text;
      break;
    case Severity::kWarning:
      LOG(WARNING) << "tcp: " << text;
      break;
    case Severity::kError:
      LOG(ERROR) << "tcp: " << text;
      break;
  }
}

}  // namespace koeru::server
