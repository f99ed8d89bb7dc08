#pragma once

// Tells systemd (Type=notify) how far we are: sd_notify(3), which is one datagram. Does nothing
// when nobody wants to know ($NOTIFY_SOCKET).

#include <string_view>

namespace koeru::server {

// "READY=1", "RELOADING=1", "STOPPING=1", "STATUS=..."; several, separated by '\n'.
void NotifyServiceManager(std::string_view state);

}  // namespace koeru::server
