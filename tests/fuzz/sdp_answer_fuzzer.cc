// koeru_fuzzer deps: koeru_sdp
//
// Any text as an offer. What is answered has a section for each of the offer's, in its order, and
// each line can be read.

#include "core/sdp/answer/answer.h"
#include "core/sdp/typed_line.h"
#include "tests/fuzz/require.h"

namespace koeru::sdp {
namespace {

using fuzz::Require;

void AnswerIt(std::string_view text) {
  const Document offer = Document::Parse(text);
  const auto answer = MakeAnswer(offer, {.session_id = 7,
                                         .ufrag = "ours",
                                         .password = "ourpassword0000000000000",
                                         .fingerprint = "AA:BB",
                                         .candidates = {"candidate:1 1 udp 1 192.0.2.1 9 typ host"},
                                         .ssrcs = {1, 2, 3, 4}});
  if (!answer.ok()) {
    Require(!answer.error().reason.empty(), "a refusal says why");
    return;
  }
  const Document document = Document::Parse(answer->text);
  Require(document.ToString() == answer->text, "an answer is a description");
  Require(document.sections().size() == offer.sections().size(), "a section for each");
  Require(answer->media.size() + 1 == offer.sections().size(), "and what was agreed on for each");
  for (const Line& line : document.lines()) {
    Require(line.type() != 0 && line.ending() == LineEnding::kCrLf, "whole lines only");
  }
  bool any = false;
  for (const AnsweredMedia& media : answer->media) any = any || media.accepted;
  Require(any && !answer->ufrag.empty() && !answer->fingerprint.empty(), "there is a transport");
}

}  // namespace
}  // namespace koeru::sdp

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::sdp::AnswerIt({reinterpret_cast<const char*>(data), size});
  return 0;
}
