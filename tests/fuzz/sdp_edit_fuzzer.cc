// koeru_fuzzer deps: koeru_sdp
//
// Edits of session descriptions: the input's first byte chooses an operation, the next a section,
// and lines up to an empty one are its arguments; the rest is the text. Whatever it is, an error
// leaves the text alone, a success keeps all lines that the operation does not concern, doing it
// twice is the same as once, and a text is not different from itself.

#include <algorithm>
#include <string>
#include <vector>

#include "core/sdp/diff/diff.h"
#include "core/sdp/edit/bandwidth.h"
#include "core/sdp/edit/candidates.h"
#include "core/sdp/edit/codecs.h"
#include "core/sdp/edit/direction.h"
#include "core/sdp/edit/opus.h"
#include "core/sdp/edit/simulcast.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;
using namespace koeru::sdp;

using Arguments = std::vector<std::string_view>;

std::string_view At(const Arguments& arguments, size_t index) {
  return index < arguments.size() ? arguments[index] : std::string_view();
}

std::vector<NameAndValue> Pairs(const Arguments& arguments, size_t from) {
  std::vector<NameAndValue> pairs;
  for (; from + 1 < arguments.size(); from += 2) {
    pairs.push_back({arguments[from], arguments[from + 1]});
  }
  return pairs;
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

struct Operation {
  EditResult (*run)(Document& document, size_t section, const Arguments& arguments);
  // What may come, go or change; all other lines stay as they are and where they are.
  bool (*concerns)(std::string_view line);
};

bool IsOfCodec(std::string_view line) {
  return IsOneOf(line, {"m=", "a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=imageattr:", "a=framesize:",
                        "a=rid:", "a=simulcast"});
}
bool IsFmtp(std::string_view line) { return line.starts_with("a=fmtp:"); }
bool IsCandidate(std::string_view line) {
  return IsOneOf(line, {"a=candidate:", "a=end-of-candidates"});
}

constexpr Operation kOperations[] = {
    {[](Document& d, size_t s, const Arguments& a) { return ReorderCodecs(d, s, a); },
     [](std::string_view line) { return line.starts_with("m="); }},
    {[](Document& d, size_t s, const Arguments& a) { return RemoveCodecs(d, s, a); }, IsOfCodec},
    {[](Document& d, size_t s, const Arguments& a) { return KeepCodecs(d, s, a); }, IsOfCodec},
    {[](Document& d, size_t s, const Arguments& a) {
       return SetBandwidth(d, s, At(a, 0), At(a, 1));
     },
     [](std::string_view line) { return line.starts_with("b="); }},
    {[](Document& d, size_t s, const Arguments& a) { return SetDirection(d, s, At(a, 0)); },
     [](std::string_view line) {
       return IsOneOf(line, {"a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive"});
     }},
    {[](Document& d, size_t s, const Arguments& a) {
       return SetFormatParameters(d, s, At(a, 0), Pairs(a, 1));
     },
     IsFmtp},
    {[](Document& d, size_t s, const Arguments& a) {
       return RemoveFormatParameters(d, s, At(a, 0), std::span(a).subspan(std::min(a.size(), 1ul)));
     },
     IsFmtp},
    {[](Document& d, size_t s, const Arguments& a) { return AddCandidate(d, s, At(a, 0)); },
     IsCandidate},
    {[](Document& d, size_t s, const Arguments& a) { return RemoveCandidates(d, s, a); },
     IsCandidate},
    {[](Document& d, size_t s, const Arguments& a) { return SetOpus(d, s, Pairs(a, 0)); },
     [](std::string_view line) {
       return IsOneOf(line, {"a=fmtp:", "a=ptime", "a=maxptime"});
     }},
    {[](Document& d, size_t s, const Arguments& a) {
       std::vector<SimulcastStream> streams;
       for (const NameAndValue& pair : Pairs(a, 1)) streams.push_back({pair.name, pair.value});
       return SetSimulcast(d, s, At(a, 0), streams);
     },
     [](std::string_view line) {
       return IsOneOf(line, {"a=rid:", "a=simulcast", "a=extmap:"});
     }},
};

std::vector<std::string> Unconcerned(const Document& document, const Operation& operation) {
  std::vector<std::string> lines;
  for (const Line& line : document.lines()) {
    if (!operation.concerns(line.text())) lines.emplace_back(line.text());
  }
  return lines;
}

void Check(const Operation& operation, size_t section, const Arguments& arguments,
           std::string_view text) {
  Document document = Document::Parse(text);
  const std::vector<std::string> kept = Unconcerned(document, operation);
  const EditResult error = operation.run(document, section, arguments);
  const std::string once = document.ToString();
  if (error) {
    Require(!error->reason.empty(), "an error has a reason");
    Require(once == text, "an error leaves the text alone");
    return;
  }
  Require(Unconcerned(document, operation) == kept, "lines that are not concerned stay");
  // The same of the text that came out. A second removal may find nothing to remove.
  Document again = Document::Parse(once);
  Require(again.sections().size() == document.sections().size(), "sections stay");
  (void)operation.run(again, section, arguments);
  Require(again.ToString() == once, "twice is the same as once");
  Require(Diff(document, again).empty(), "what comes out is not different from itself");
  (void)Diff(Document::Parse(text), document);
}

// The lines up to the first empty one; `text` is what follows it.
Arguments TakeArguments(std::string_view& text) {
  Arguments arguments;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) break;
    // "-" is the empty argument.
    arguments.push_back(line == "-" ? std::string_view() : line);
  }
  return arguments;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const Operation& operation = kOperations[data[0] % std::size(kOperations)];
  const size_t section = data[1] % 8 == 7 ? kEveryMediaSection : data[1] % 8;
  std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
  const Arguments arguments = TakeArguments(text);
  const Document document = Document::Parse(text);
  Require(Diff(document, document).empty(), "a text is not different from itself");
  Check(operation, section, arguments, text);
  return 0;
}
