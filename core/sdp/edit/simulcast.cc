#include "core/sdp/edit/simulcast.h"

#include <algorithm>

#include "core/sdp/attributes/rid.h"
#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/edit/fmtp.h"
#include "core/sdp/edit/rid_restrictions.h"
#include "core/sdp/edit/stream_id_extension.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

// Senders have three or four; a bound keeps the checks of names against each other short.
constexpr size_t kMaxStreams = 64;

class SimulcastEditor final : public SectionEditor {
 public:
  SimulcastEditor(StreamDirection direction, std::span<const SimulcastStream> streams)
      : direction_(direction), streams_(streams) {
    part_.direction = direction;
    for (const SimulcastStream& stream : streams) {
      SimulcastFormat format;
      format.paused = stream.id.starts_with('~');
      format.id = stream.id.substr(format.paused ? 1 : 0);
      ids_.push_back(format.id);
      part_.streams.push_back({format});
    }
  }

  // What needs no document.
  EditResult Check() const {
    if (ids_.size() > kMaxStreams) return EditError{"more than 64 streams", "rid"};
    for (size_t i = 0; i < ids_.size(); ++i) {
      if (ids_[i].empty() || kRidId.Measure(ids_[i]) != ids_[i].size()) {
        return EditError{
            Quoted(streams_[i].id) + " is no name of a stream: write letters, digits, '-' and '_'",
            "rid"};
      }
      if (std::count(ids_.begin(), ids_.end(), ids_[i]) > 1) {
        return EditError{"two streams have the name " + Quoted(ids_[i]) + ": name each once",
                         "rid"};
      }
    }
    return std::nullopt;
  }

  EditResult Edit(SectionEdit& edit) override {
    const auto list = CodecList::Of(edit.document(), edit.section());
    // RFC 8853 section 5.1: of media over RTP.
    if (!list || (list->media().media != "video" && list->media().media != "audio")) {
      return EditError{"only video and audio over RTP have simulcast: choose another section",
                       "section", true};
    }
    for (const SimulcastStream& stream : streams_) {
      if (auto error = CheckRidRestrictions(stream.restrictions, *list, ids_)) return error;
    }
    if (auto error = Survey(edit)) return error;
    if (!ids_.empty()) {
      if (auto error = extension_.AddTo(edit, place_)) return error;
    }
    for (const size_t index : own_rids_) edit.changes().Erase(index);
    SetRids(edit);
    SetSimulcastLine(edit);
    return std::nullopt;
  }

 private:
  // Finds the lines that are to change.
  EditResult Survey(const SectionEdit& edit) {
    own_rids_.clear();
    simulcast_line_.reset();
    place_ = edit.EndOfContent();
    bool is_placed = false;
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      const TypedLine typed(edit.line(i));
      if (typed.row() == nullptr) continue;
      if (typed.row()->name == Simulcast::kName) {
        if (!simulcast_line_) simulcast_line_ = i;
        if (!is_placed) place_ = i;
        is_placed = true;
      }
      const auto rid = typed.As<Rid>();
      if (!rid.ok()) continue;
      if (rid->direction == direction_) {
        own_rids_.push_back(i);
      } else if (std::find(ids_.begin(), ids_.end(), rid->id) != ids_.end()) {
        // RFC 8851 section 4: unique in the section.
        return EditError{"the other direction has a stream " + Quoted(rid->id) + ": choose another",
                         "rid"};
      }
      if (own_rids_.size() <= 1) place_ = own_rids_.empty() ? i + 1 : own_rids_.front();
      is_placed = true;
    }
    return std::nullopt;
  }

  void SetRids(SectionEdit& edit) const {
    for (size_t i = 0; i < ids_.size(); ++i) {
      std::string line = "a=rid:" + std::string(ids_[i]);
      line += direction_ == StreamDirection::kSend ? " send" : " recv";
      if (!streams_[i].restrictions.empty()) line.append(" ").append(streams_[i].restrictions);
      edit.changes().Insert(place_, std::move(line));
    }
  }

  void SetSimulcastLine(SectionEdit& edit) const {
    Simulcast wanted;
    bool is_set = ids_.empty();
    if (simulcast_line_) {
      const auto old = TypedLine(edit.line(*simulcast_line_)).As<Simulcast>();
      if (old.ok()) {
        for (const SimulcastStreams& part : old->directions) {
          if (part.direction != direction_) wanted.directions.push_back(part);
          // The old place between the directions.
          if (part.direction == direction_ && !is_set) wanted.directions.push_back(part_);
          is_set = is_set || part.direction == direction_;
        }
      }
    }
    if (!is_set) wanted.directions.push_back(part_);
    if (wanted.directions.empty()) {
      if (simulcast_line_) edit.changes().Erase(*simulcast_line_);
      return;
    }
    const auto line = EncodeLine(wanted);
    if (!line.ok()) return;
    if (simulcast_line_) return edit.Set(*simulcast_line_, *line);
    const size_t behind = own_rids_.empty() ? place_ : own_rids_.back() + 1;
    edit.changes().Insert(behind, *line);
  }

  StreamDirection direction_;
  std::span<const SimulcastStream> streams_;
  std::vector<std::string_view> ids_;
  SimulcastStreams part_;
  StreamIdExtension extension_;
  std::vector<size_t> own_rids_;
  std::optional<size_t> simulcast_line_;
  size_t place_ = 0;  // of the new a=rid lines
};

}  // namespace

EditResult SetSimulcast(Document& document, size_t section, std::string_view direction,
                        std::span<const SimulcastStream> streams) {
  if (direction != "send" && direction != "recv") {
    return EditError{Quoted(direction) + " is neither send nor recv", "direction"};
  }
  SimulcastEditor editor(direction == "send" ? StreamDirection::kSend : StreamDirection::kReceive,
                         streams);
  if (auto error = editor.Check()) return error;
  return EditSections(document, section, editor);
}

}  // namespace koeru::sdp
