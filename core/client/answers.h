#pragma once

// What the answer to a request says, as the event for the client's user.

#include "core/client/actions.h"
#include "core/client/requests.h"
#include "core/stun/message_view.h"

namespace koeru::client {

// Failed{kMalformedAnswer} when the answer lacks an attribute that its RFC demands.
Action ReadSuccess(const Request& request, const stun::MessageView& answer);
Action ReadError(stun::Method method, const stun::MessageView& answer);

}  // namespace koeru::client
