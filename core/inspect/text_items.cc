#include "core/inspect/text_items.h"

#include <algorithm>
#include <cctype>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/ice/token.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view line) {
  const size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kBlanks) - first + 1);
}

bool StartsWithIgnoringCase(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         ice::EqualsIgnoringCase(text.substr(0, start.size()), start);
}

bool IsCandidate(std::string_view line) {
  return line.starts_with("candidate:") || line.starts_with("a=candidate:") ||
         line == "end-of-candidates" || line == "a=end-of-candidates" ||
         line.find(" typ ") != std::string_view::npos;
}

bool IsUri(std::string_view line) {
  for (std::string_view scheme : {"stun:", "stuns:", "turn:", "turns:"}) {
    if (StartsWithIgnoringCase(line, scheme)) return true;
  }
  return false;
}

// "v=0", "a=mid:0": a line of an SDP.
bool IsSdp(std::string_view line) {
  return line.size() >= 2 && line[1] == '=' && ice::IsAlpha(line[0]);
}

bool IsHexDigit(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// Takes "0000:", "0x0010:" and "00000010  " off the front, and with them the text column behind.
std::string_view WithoutOffset(std::string_view line) {
  size_t at = line.starts_with("0x") ? 2 : 0;
  const size_t digits_at = at;
  while (at < line.size() && IsHexDigit(line[at])) ++at;
  const size_t digits = at - digits_at;
  const bool colon = at < line.size() && line[at] == ':' && digits >= 4;
  const bool wide = line.substr(at).starts_with("  ") && digits >= 4;
  if (!colon && !wide) return line;
  std::string_view rest = Trimmed(line.substr(at + 1));
  // hexdump -C puts two blanks in the middle of a line and "|text|" at its end; xxd and tcpdump
  // two blanks before the text.
  if (const size_t bar = rest.find("  |"); bar != std::string_view::npos) {
    return rest.substr(0, bar);
  }
  return colon ? rest.substr(0, rest.find("  ")) : rest;
}

class BlockReader {
 public:
  explicit BlockReader(TextItems& result) : result_(result) {}

  void Add(std::string_view line, size_t number, size_t offset) {
    if (!open_) result_.items.push_back({ItemKind::kPacket, number, offset, {}, {}});
    open_ = true;
    const std::string_view digits = WithoutOffset(line);
    const auto bytes = FromHex(digits);
    if (!bytes.ok()) {
      const auto column = static_cast<size_t>(digits.data() - line.data()) + bytes.error().offset;
      result_.error = "line " + std::to_string(number) + ", column " + std::to_string(column + 1) +
                      ": " + std::string(bytes.error().reason) +
                      "; expected hex digits, a candidate, a stun: or turn: URI, or a "
                      "session description";
      return;
    }
    auto& all = result_.items.back().bytes;
    all.insert(all.end(), bytes->begin(), bytes->end());
  }
  void Close() { open_ = false; }

 private:
  TextItems& result_;
  bool open_ = false;
};

}  // namespace

bool LooksLikeSdp(std::string_view text) {
  bool first = true;
  bool has_sdp = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const bool is_other = !IsSdp(line) || IsCandidate(line);
    if (first && !is_other) return true;
    if (is_other && !IsCandidate(line)) return false;
    has_sdp |= !is_other;
    first = false;
  }
  return has_sdp;
}

TextItems ReadTextItems(std::string_view text) {
  TextItems result;
  if (LooksLikeSdp(text)) {
    result.items.push_back({ItemKind::kSdp, 1, 0, text, {}});
    return result;
  }
  const char* const start = text.data();
  BlockReader block(result);
  size_t number = 0;
  while (!text.empty() && result.error.empty()) {
    ++number;
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t offset = line.empty() ? 0 : static_cast<size_t>(line.data() - start);
    if (line.empty()) {
      block.Close();
    } else if (IsCandidate(line) || IsUri(line)) {
      block.Close();
      const ItemKind kind = IsUri(line) ? ItemKind::kUri : ItemKind::kCandidate;
      result.items.push_back({kind, number, offset, line, {}});
    } else if (IsSdp(line)) {
      block.Close();
      ++result.sdp_lines;
    } else {
      block.Add(line, number, offset);
    }
  }
  return result;
}

bool LooksLikeText(Bytes bytes) {
  const std::string_view text = AsText(bytes);
  const bool controls = std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
  });
  return !controls && IsValidUtf8(text);
}

}  // namespace koeru::inspect
