#pragma once

// `koeru user`, `secret`, `realm`, `peer`, `origin`, `admin` and `oauth-key`: what stands in a
// database of users.

#include "native_server/tools/command.h"

namespace koeru::tools {

int RunUser(Arguments arguments, const CommandIo& io);
int RunSecret(Arguments arguments, const CommandIo& io);
int RunRealm(Arguments arguments, const CommandIo& io);
int RunPeer(Arguments arguments, const CommandIo& io);
int RunOrigin(Arguments arguments, const CommandIo& io);
int RunAdmin(Arguments arguments, const CommandIo& io);
int RunOauthKey(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
