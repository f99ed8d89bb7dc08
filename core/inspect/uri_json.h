#pragma once

// STUN and TURN URIs as the JSON that koeru.js hands to pages (js/koeru.d.ts, ServerUri):
//
//   {"scheme":"turns","host":"turn.example.org","hostType":"name","port":5349,"portGiven":false,
//    "transport":"tcp","transportGiven":false,"secure":true,"canonical":"turns:turn.example.org"}

#include <string>

#include "core/ice/uri.h"

namespace koeru::inspect {

std::string UriJson(const ice::Uri& uri);

}  // namespace koeru::inspect
