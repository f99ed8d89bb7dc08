#include "core/sdp/diff/media_diff.h"

#include <algorithm>

#include "core/sdp/diff/codec_diff.h"
#include "core/sdp/diff/facts.h"
#include "core/sdp/diff/ice_diff.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {
namespace {

// In the order in which they are told; facts follow.
enum Order : size_t {
  kMedium,
  kRejected,
  kPort,
  kMid,
  kDirection,
  kIce,
  kCodecs = 10,
};
static_assert(kCodecs + 5 <= kFirstFactOrder);

// One of the two sections.
class Side {
 public:
  explicit Side(const DiffSide& side)
      : document_(side.document),
        defaults_(side.defaults),
        section_(side.section),
        lines_(side.document.sections()[side.section]),
        media_(MediaLine::Parse(line(lines_.first_line).text())),
        codecs_(CodecList::Of(side.document, side.section)),
        mid_(Find("mid")),
        direction_(FindDirection(document_, section_)),
        ice_({Find("ice-ufrag"), Find("ice-pwd")}) {}

  const Document& document() const { return document_; }
  const SessionDefaults& defaults() const { return defaults_; }
  const Line& line(size_t index) const { return document_.lines()[index]; }
  size_t first() const { return lines_.first_line; }
  size_t end() const { return lines_.end_line; }
  const std::optional<MediaLine>& media() const { return media_; }
  const std::optional<CodecList>& codecs() const { return codecs_; }
  std::optional<size_t> Find(std::string_view name) const {
    return document_.FindAttribute(section_, name);
  }

  std::optional<size_t> mid() const { return mid_; }
  std::optional<size_t> own_direction() const { return direction_; }
  std::optional<size_t> direction() const { return direction_ ? direction_ : defaults_.direction; }
  bool has_own_ice() const { return ice_.ufrag || ice_.pwd; }
  IceLines ice() const {
    return {ice_.ufrag ? ice_.ufrag : defaults_.ice_ufrag, ice_.pwd ? ice_.pwd : defaults_.ice_pwd};
  }
  // RFC 9143 section 6: port 0 with a=bundle-only is no rejection.
  bool is_rejected() const { return media_ && media_->has_port_zero() && !Find("bundle-only"); }

  std::string_view TextAt(std::optional<size_t> at) const {
    return at ? Trimmed(line(*at).value()) : std::string_view();
  }

  // A line that is compared by its meaning and not as text.
  bool IsCompared(size_t index) const {
    if (index == first() || mid_ == index || direction_ == index || ice_.ufrag == index ||
        ice_.pwd == index) {
      return true;
    }
    const auto format = codecs_ ? FormatOf(line(index)) : std::nullopt;
    const auto codec = format ? codecs_->Find(*format) : std::nullopt;
    if (!codec) return false;
    const Codec& found = codecs_->codecs()[*codec];
    return found.rtpmap_line == index || found.fmtp_line == index;
  }

 private:
  const Document& document_;
  const SessionDefaults& defaults_;
  size_t section_;
  Section lines_;
  std::optional<MediaLine> media_;
  std::optional<CodecList> codecs_;
  std::optional<size_t> mid_;
  std::optional<size_t> direction_;
  IceLines ice_;
};

class MediaDiff {
 public:
  MediaDiff(const Side& before, const Side& after, DiffReport& report)
      : before_(before), after_(after), report_(report) {}

  void Run() {
    CompareMediaLine();
    if (before_.TextAt(before_.mid()) != after_.TextAt(after_.mid())) {
      Tell(kMid, "mid-changed", "The mid was changed.", before_.mid(), after_.mid());
    }
    CompareDirection();
    if (before_.has_own_ice() || after_.has_own_ice()) {
      CompareIce(before_.document(), before_.ice(), after_.document(), after_.ice(), kIce, report_);
    }
    if (before_.codecs() && after_.codecs()) {
      const CodecMatch match(before_.document(), *before_.codecs(), after_.document(),
                             *after_.codecs());
      CompareCodecs(*before_.codecs(), *after_.codecs(), match, kCodecs, report_);
      CompareFacts(&match);
    } else {
      CompareFacts(nullptr);
    }
  }

 private:
  void Tell(size_t order, std::string kind, std::string message, std::optional<size_t> line_before,
            std::optional<size_t> line_after) {
    report_.Add(order, std::move(kind), std::move(message), line_before, line_after);
  }
  void TellMediaLine(size_t order, std::string kind, std::string message) {
    Tell(order, std::move(kind), std::move(message), before_.first(), after_.first());
  }

  void CompareMediaLine() {
    const auto& first = before_.media();
    const auto& second = after_.media();
    if (!first || !second) {
      if (before_.line(before_.first()).text() != after_.line(after_.first()).text()) {
        TellMediaLine(kMedium, "line-changed", "The m= line was changed.");
      }
      return;
    }
    if (first->media != second->media) {
      TellMediaLine(
          kMedium, "medium-changed",
          "The section is " + Quoted(second->media) + " instead of " + Quoted(first->media) + '.');
    }
    if (first->protocol != second->protocol) {
      TellMediaLine(kMedium, "protocol-changed",
                    "The protocol is " + Quoted(second->protocol) + " instead of " +
                        Quoted(first->protocol) + '.');
    }
    if (before_.is_rejected() != after_.is_rejected()) {
      // RFC 3264 section 6.
      TellMediaLine(kRejected, after_.is_rejected() ? "media-rejected" : "media-restored",
                    after_.is_rejected() ? "The section was rejected: its port is 0."
                                         : "The section was rejected, and is so no more.");
    } else if (first->port != second->port) {
      TellMediaLine(
          kPort, "port-changed",
          "The port is " + Quoted(second->port) + " instead of " + Quoted(first->port) + '.');
    }
    if (!(before_.codecs() && after_.codecs()) && first->formats != second->formats) {
      TellMediaLine(kCodecs, "formats-changed", "The formats of the m= line were changed.");
    }
  }

  // RFC 8866 section 6.7: sendrecv where nothing is said.
  void CompareDirection() {
    if (!before_.own_direction() && !after_.own_direction()) return;
    const auto meaning = [](const Side& side) {
      return side.direction() ? side.TextAt(side.direction()) : "sendrecv";
    };
    if (meaning(before_) == meaning(after_)) return;
    Tell(kDirection, "direction-changed",
         "The direction is " + std::string(meaning(after_)) + " instead of " +
             std::string(meaning(before_)) + '.',
         before_.direction(), after_.direction());
  }

  // The name of a format on the other side, for lines of the first section.
  static std::optional<std::string> Translated(const std::optional<CodecList>& list,
                                               const std::vector<std::optional<size_t>>& partners,
                                               const CodecMatch* match, std::string_view format) {
    const auto codec = list->Find(format);
    if (codec && !partners[*codec]) return std::nullopt;
    return std::string(match ? match->Translate(format) : format);
  }

  void CompareFacts(const CodecMatch* match) {
    const auto as_is = [](std::string_view format) {
      return std::optional<std::string>(std::string(format));
    };
    Facts::Translate first = as_is;
    Facts::Translate second = as_is;
    if (match != nullptr) {
      first = [this, match](std::string_view format) {
        return Translated(before_.codecs(), match->partners_of_before(), match, format);
      };
      second = [this, match](std::string_view format) {
        return Translated(after_.codecs(), match->partners_of_after(), nullptr, format);
      };
    }
    Facts facts_before(std::move(first));
    Facts facts_after(std::move(second));
    std::vector<std::string_view> inherited_before = Collect(before_, facts_before);
    std::vector<std::string_view> inherited_after = Collect(after_, facts_after);
    Inherit(before_, inherited_before, inherited_after, facts_before);
    Inherit(after_, inherited_after, inherited_before, facts_after);
    Facts::Compare(facts_before, facts_after, report_);
  }

  // Gives back which of the lines that sections inherit it has itself.
  static std::vector<std::string_view> Collect(const Side& side, Facts& facts) {
    std::vector<std::string_view> own;
    for (size_t i = side.first(); i < side.end(); ++i) {
      const std::string_view name = InheritedName(side.line(i));
      if (!name.empty() && std::find(own.begin(), own.end(), name) == own.end()) {
        own.push_back(name);
      }
      if (!side.IsCompared(i)) facts.Add(side.line(i), i);
    }
    return own;
  }

  // The session's lines, where the section has none and the other section has one of its own. Where
  // neither has, the difference is one of the sessions.
  static void Inherit(const Side& side, const std::vector<std::string_view>& own,
                      const std::vector<std::string_view>& other, Facts& facts) {
    const auto has = [](const std::vector<std::string_view>& names, std::string_view name) {
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const size_t index : side.defaults().lines) {
      const std::string_view name = InheritedName(side.line(index));
      if (!has(own, name) && has(other, name)) facts.Add(side.line(index), index);
    }
  }

  const Side& before_;
  const Side& after_;
  DiffReport& report_;
};

}  // namespace

void CompareMedia(const DiffSide& before, const DiffSide& after, DiffReport& report) {
  const Side first(before);
  const Side second(after);
  MediaDiff(first, second, report).Run();
}

}  // namespace koeru::sdp
