// Candidate::Parse(): the grammar of RFC 8839 section 5.1, field by field.

#include <algorithm>

#include "core/ice/candidate.h"
#include "core/ice/token.h"

namespace koeru::ice {
namespace {

// Takes the line apart at single spaces and keeps the first error with its place.
class Words {
 public:
  Words(std::string_view line, size_t at) : line_(line), at_(at) {}

  // The next word; never empty, unless the grammar lets it be.
  std::string_view Next(std::string_view missing, bool may_be_empty = false) {
    if (error_) return {};
    if (ended_) return Fail(missing, line_.size());
    start_ = at_;
    const size_t space = line_.find(' ', at_);
    const std::string_view word = line_.substr(at_, space - at_);
    ended_ = space == std::string_view::npos;
    at_ = ended_ ? line_.size() : space + 1;
    if (word.empty() && !may_be_empty) {
      if (!ended_) return Fail("an extra space: write exactly one between two words", start_);
      const bool space_before = start_ > 0 && line_[start_ - 1] == ' ';
      return Fail(space_before ? "a space at the end: remove it" : missing, start_);
    }
    for (size_t i = 0; i < word.size(); ++i) {
      if (word[i] == '\r' || word[i] == '\n') {
        return Fail("a line break: pass one candidate without its line end", start_ + i);
      }
      if (!IsVchar(word[i])) {
        return Fail("a character that is not visible ASCII: remove it", start_ + i);
      }
    }
    return word;
  }

  std::string_view Fail(std::string_view reason, size_t at) {
    if (!error_) error_ = ParseError{reason, at};
    return {};
  }
  // An error inside of the last word.
  void FailInWord(const ParseError& error) { Fail(error.reason, start_ + error.offset); }

  uint32_t Number(std::string_view missing, uint32_t low, uint32_t high, std::string_view bad) {
    const std::string_view word = Next(missing);
    if (error_) return 0;
    const Result<uint32_t> number = ParseNumber(word, low, high, bad);
    if (!number.ok()) FailInWord(number.error());
    return number.ok() ? *number : 0;
  }
  std::string_view Token(std::string_view missing, std::string_view bad) {
    const std::string_view word = Next(missing);
    const auto wrong = std::find_if_not(word.begin(), word.end(), IsTokenChar);
    if (wrong != word.end()) Fail(bad, start_ + static_cast<size_t>(wrong - word.begin()));
    return word;
  }
  HostText Host(std::string_view missing) {
    const std::string_view word = Next(missing);
    if (error_) return {};
    Result<HostText> host = HostText::Parse(word);
    if (!host.ok()) FailInWord(host.error());
    return host.ok() ? *host : HostText();
  }

  bool ended() const { return ended_ || error_; }
  const std::optional<ParseError>& error() const { return error_; }

 private:
  std::string_view line_;
  size_t at_;
  size_t start_ = 0;
  bool ended_ = false;
  std::optional<ParseError> error_;
};

std::string_view TakeFoundation(Words& words) {
  // RFC 8839 section 5.1: foundation = 1*32ice-char.
  const std::string_view foundation =
      words.Next("the foundation is missing: a candidate starts with it");
  const auto bad = std::find_if_not(foundation.begin(), foundation.end(), IsIceChar);
  if (bad != foundation.end()) {
    words.FailInWord({"a foundation has letters, digits, '+' and '/' only",
                      static_cast<size_t>(bad - foundation.begin())});
  } else if (foundation.size() > 32) {
    words.FailInWord({"a foundation has at most 32 characters", 32});
  }
  return foundation;
}

std::optional<ParseError> FindNumberError(std::string_view value, uint32_t high,
                                          std::string_view reason) {
  const Result<uint32_t> number = ParseNumber(value, 0, high, reason);
  return number.ok() ? std::nullopt : std::optional<ParseError>(number.error());
}

// Values of the extensions that have a grammar of their own. Everything else is taken as it is.
std::optional<ParseError> FindValueError(const Extension& extension) {
  const auto [name, value] = extension;
  if (name == "generation") {
    return FindNumberError(value, UINT32_MAX, "generation is a number from 0 to 4294967295");
  }
  if (name == "network-id") {
    return FindNumberError(value, 0xFFFF, "network-id is a number from 0 to 65535");
  }
  if (name == "network-cost") {
    return FindNumberError(value, 0xFFFF, "network-cost is a number from 0 to 65535");
  }
  // RFC 6544 section 4.5.
  if (name == "tcptype" && !TcpTypeFromText(value)) {
    return ParseError{"tcptype is one of active, passive, so", 0};
  }
  // RFC 8839 section 5.4: ufrag = 4*256ice-char. Browsers take shorter ones in the extension.
  if (name == "ufrag") {
    const auto bad = std::find_if_not(value.begin(), value.end(), IsIceChar);
    if (bad != value.end()) {
      return ParseError{"a ufrag has letters, digits, '+' and '/' only",
                        static_cast<size_t>(bad - value.begin())};
    }
  }
  return std::nullopt;
}

// RFC 8839 section 5.1: [SP rel-addr] [SP rel-port] stand in front of all extensions.
bool TakeRelated(const Extension& extension, Words& words, Candidate& candidate) {
  if (!candidate.extensions.empty() || candidate.related_port) return false;
  if (extension.name == "raddr" && !candidate.related_host) {
    Result<HostText> host = HostText::Parse(extension.value);
    if (!host.ok()) words.FailInWord(host.error());
    if (host.ok()) candidate.related_host = *host;
    return true;
  }
  if (extension.name == "rport") {
    const Result<uint32_t> port =
        ParseNumber(extension.value, 0, 0xFFFF, "rport is a number from 0 to 65535");
    if (!port.ok()) words.FailInWord(port.error());
    if (port.ok()) candidate.related_port = static_cast<uint16_t>(*port);
    return true;
  }
  return false;
}

void TakeExtensions(Words& words, Candidate& candidate) {
  while (!words.ended()) {
    Extension extension;
    extension.name = words.Token("", "the name of an extension is a token (RFC 8866)");
    extension.value =
        words.Next("an extension without a value: extensions come as 'name value'", true);
    if (words.error()) return;
    if (TakeRelated(extension, words, candidate)) continue;
    if (const auto error = FindValueError(extension)) return words.FailInWord(*error);
    candidate.extensions.push_back(extension);
  }
}

bool TakeEndOfCandidates(std::string_view line, Candidate& candidate) {
  // WebRTC: an RTCIceCandidate with an empty text; RFC 8840: the
  // attribute.
  if (!line.empty() && line != "end-of-candidates" && line != "a=end-of-candidates") return false;
  candidate.prefix = line;
  candidate.end_of_candidates = true;
  return true;
}

}  // namespace

Result<Candidate> Candidate::Parse(std::string_view line) {
  Candidate c;
  if (TakeEndOfCandidates(line, c)) return c;
  for (std::string_view prefix : {"a=candidate:", "candidate:"}) {
    if (line.starts_with(prefix)) {
      c.prefix = line.substr(0, prefix.size());
      break;
    }
  }
  Words words(line, c.prefix.size());
  c.foundation = TakeFoundation(words);
  c.component =
      static_cast<uint16_t>(words.Number("the component is missing: 1 for RTP, 2 for RTCP", 1, 256,
                                         "the component is a number from 1 to 256"));
  c.transport_text = words.Token("the transport is missing: udp or tcp",
                                 "the transport is a token such as udp or tcp");
  c.transport = CandidateTransportFromText(c.transport_text);
  c.priority = words.Number("the priority is missing", 1, 0x7FFFFFFF,
                            "the priority is a number from 1 to 2147483647");
  c.host = words.Host("the address is missing");
  c.port = static_cast<uint16_t>(
      words.Number("the port is missing", 0, 0xFFFF, "the port is a number from 0 to 65535"));
  const std::string_view typ =
      words.Next("the type is missing: 'typ host', 'typ srflx', 'typ prflx' or 'typ relay'");
  // Case does not matter in the grammar, but browsers take nothing but lower case here.
  if (!words.error() && typ != "typ") {
    words.FailInWord({"expected 'typ', in lower case, behind the port", 0});
  }
  c.type_text = words.Token("the type is missing behind 'typ': host, srflx, prflx or relay",
                            "the type is a token such as host or relay");
  c.type = CandidateTypeFromText(c.type_text);
  TakeExtensions(words, c);
  if (words.error()) return *words.error();
  return c;
}

}  // namespace koeru::ice
