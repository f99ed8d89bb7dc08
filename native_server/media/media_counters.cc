#include "native_server/media/media_counters.h"

#include <algorithm>

namespace koeru::server {
namespace {

constexpr std::array<std::string_view, kMediaEnds> kEndNames = {
    "left",        "replaced", "time",   "offer",    "ice",    "setup", "dtls",
    "fingerprint", "srtp",     "closed", "channels", "source", "other"};
constexpr std::array<std::string_view, kMediaRefusals> kRefusalNames = {"request", "credential",
                                                                        "unanswered", "full"};

}  // namespace

std::string_view NameOf(MediaEnd end) { return kEndNames[static_cast<size_t>(end)]; }

MediaEnd MediaEndOf(std::string_view code) {
  const auto found = std::find(kEndNames.begin(), kEndNames.end(), code);
  return found == kEndNames.end() ? MediaEnd::kOther
                                  : static_cast<MediaEnd>(found - kEndNames.begin());
}

std::string_view NameOf(MediaRefusal refusal) {
  return kRefusalNames[static_cast<size_t>(refusal)];
}

void MediaCounts::Add(const MediaCounters& counters) {
  started += counters.started.Get();
  for (size_t i = 0; i < kMediaEnds; ++i) ended[i] += counters.ended[i].Get();
  for (size_t i = 0; i < kMediaRefusals; ++i) refused[i] += counters.refused[i].Get();
  setup.Add(counters.setup.Get());
}

}  // namespace koeru::server
