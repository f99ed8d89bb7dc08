#pragma once

// Every typed attribute of core/turn, for tests and for the registry. Codecs include what they use.

#include "core/turn/attributes/additional_address_family.h"  // IWYU pragma: export
#include "core/turn/attributes/address_error_code.h"         // IWYU pragma: export
#include "core/turn/attributes/bandwidth.h"                  // IWYU pragma: export
#include "core/turn/attributes/channel_number.h"             // IWYU pragma: export
#include "core/turn/attributes/connection_id.h"              // IWYU pragma: export
#include "core/turn/attributes/data.h"                       // IWYU pragma: export
#include "core/turn/attributes/dont_fragment.h"              // IWYU pragma: export
#include "core/turn/attributes/even_port.h"                  // IWYU pragma: export
#include "core/turn/attributes/icmp.h"                       // IWYU pragma: export
#include "core/turn/attributes/lifetime.h"                   // IWYU pragma: export
#include "core/turn/attributes/requested_address_family.h"   // IWYU pragma: export
#include "core/turn/attributes/requested_transport.h"        // IWYU pragma: export
#include "core/turn/attributes/reservation_token.h"          // IWYU pragma: export
#include "core/turn/attributes/timer_val.h"                  // IWYU pragma: export
#include "core/turn/attributes/xor_peer_address.h"           // IWYU pragma: export
#include "core/turn/attributes/xor_relayed_address.h"        // IWYU pragma: export
