#pragma once

// Every typed attribute of core/stun, for tests and for the registry. Codecs include what they use.

#include "core/stun/attributes/access_token.h"                  // IWYU pragma: export
#include "core/stun/attributes/alternate_domain.h"              // IWYU pragma: export
#include "core/stun/attributes/alternate_server.h"              // IWYU pragma: export
#include "core/stun/attributes/cache_timeout.h"                 // IWYU pragma: export
#include "core/stun/attributes/change_request.h"                // IWYU pragma: export
#include "core/stun/attributes/changed_address.h"               // IWYU pragma: export
#include "core/stun/attributes/ecn_check.h"                     // IWYU pragma: export
#include "core/stun/attributes/error_code.h"                    // IWYU pragma: export
#include "core/stun/attributes/fingerprint.h"                   // IWYU pragma: export
#include "core/stun/attributes/goog_network_info.h"             // IWYU pragma: export
#include "core/stun/attributes/ice_controlled.h"                // IWYU pragma: export
#include "core/stun/attributes/ice_controlling.h"               // IWYU pragma: export
#include "core/stun/attributes/mapped_address.h"                // IWYU pragma: export
#include "core/stun/attributes/message_integrity.h"             // IWYU pragma: export
#include "core/stun/attributes/message_integrity_sha256.h"      // IWYU pragma: export
#include "core/stun/attributes/mobility_ticket.h"               // IWYU pragma: export
#include "core/stun/attributes/nonce.h"                         // IWYU pragma: export
#include "core/stun/attributes/origin.h"                        // IWYU pragma: export
#include "core/stun/attributes/other_address.h"                 // IWYU pragma: export
#include "core/stun/attributes/padding.h"                       // IWYU pragma: export
#include "core/stun/attributes/password.h"                      // IWYU pragma: export
#include "core/stun/attributes/password_algorithm.h"            // IWYU pragma: export
#include "core/stun/attributes/password_algorithms.h"           // IWYU pragma: export
#include "core/stun/attributes/priority.h"                      // IWYU pragma: export
#include "core/stun/attributes/realm.h"                         // IWYU pragma: export
#include "core/stun/attributes/reflected_from.h"                // IWYU pragma: export
#include "core/stun/attributes/response_address.h"              // IWYU pragma: export
#include "core/stun/attributes/response_origin.h"               // IWYU pragma: export
#include "core/stun/attributes/response_port.h"                 // IWYU pragma: export
#include "core/stun/attributes/software.h"                      // IWYU pragma: export
#include "core/stun/attributes/source_address.h"                // IWYU pragma: export
#include "core/stun/attributes/third_party_authorization.h"     // IWYU pragma: export
#include "core/stun/attributes/transaction_transmit_counter.h"  // IWYU pragma: export
#include "core/stun/attributes/unknown_attributes.h"            // IWYU pragma: export
#include "core/stun/attributes/use_candidate.h"                 // IWYU pragma: export
#include "core/stun/attributes/userhash.h"                      // IWYU pragma: export
#include "core/stun/attributes/username.h"                      // IWYU pragma: export
#include "core/stun/attributes/xor_mapped_address.h"            // IWYU pragma: export
