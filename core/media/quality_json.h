#pragma once

// A call's quality as JSON (RFC 8259), for the page.
//
//   ToJson(peer.GetQuality(now))
//   // {"sections":[{"mid":"0","media":"audio","received":{"packets":50,...},"sent":{...}}],
//   //  "roundTripMs":20.5,"probes":0,...,"drops":{"malformed":0,...}}
//
// Members are called like the fields, in camel case; what is not known is null.

#include <string>

#include "core/media/quality.h"

namespace koeru::media {

std::string ToJson(const Quality& quality);

}  // namespace koeru::media
