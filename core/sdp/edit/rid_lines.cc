#include "core/sdp/edit/rid_lines.h"

#include <algorithm>

#include "core/sdp/attributes/rid.h"
#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/stable_order.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

using Ids = std::vector<std::string_view>;

bool Contains(const Ids& sorted, std::string_view id) {
  return std::binary_search(sorted.begin(), sorted.end(), id);
}

class RidMender {
 public:
  RidMender(SectionEdit& edit, const CodecList& list, const std::vector<bool>& removed)
      : edit_(edit), list_(list), removed_(removed) {}

  void Run() {
    for (size_t i = edit_.first(); i < edit_.end(); ++i) {
      const auto rid = TypedLine(edit_.line(i)).As<Rid>();
      if (rid.ok()) Look(i, *rid);
    }
    RemoveDependents();
    Arrange(gone_,
            StableOrder(gone_.size(), [this](size_t a, size_t b) { return gone_[a] < gone_[b]; }));
    for (size_t i = edit_.first(); i < edit_.end(); ++i) {
      MendSimulcast(edit_, i, [this](std::string_view id, bool is_format) {
        return is_format ? IsRemoved(id) : Contains(gone_, id);
      });
    }
  }

 private:
  struct Dependence {
    std::string_view on;
    std::string_view id;
    size_t line;
  };

  bool IsRemoved(std::string_view format) const {
    const auto codec = list_.Find(format);
    return codec && removed_[*codec];
  }

  void Look(size_t index, const Rid& rid) {
    for (const RidParameter& parameter : rid.parameters) {
      if (!parameter.value) continue;
      if (parameter.name == "pt") MendFormats(index, rid.id, *parameter.value);
      if (parameter.name == "depend") {
        ForEachListed(*parameter.value, [&](std::string_view on) {
          dependences_.push_back({on, rid.id, index});
        });
      }
    }
  }

  // RFC 8851 section 5: pt= lists the formats that the stream may have.
  void MendFormats(size_t index, std::string_view id, std::string_view formats) {
    std::string left;
    ForEachListed(formats, [&](std::string_view format) {
      if (IsRemoved(format)) return;
      if (!left.empty()) left += ',';
      left += format;
    });
    if (left.size() == formats.size()) return;
    if (left.empty()) {
      gone_.push_back(id);
      edit_.changes().Erase(index);
      return;
    }
    const std::string_view text = edit_.line(index).text();
    const auto at = static_cast<size_t>(formats.data() - text.data());
    edit_.Set(index, std::string(text.substr(0, at)) + left +
                         std::string(text.substr(at + formats.size())));
  }

  // RFC 8851 section 5: a stream that depends on others cannot be decoded without them.
  void RemoveDependents() {
    const auto by_on = [](const Dependence& a, const Dependence& b) { return a.on < b.on; };
    Arrange(dependences_, StableOrder(dependences_.size(), [&](size_t a, size_t b) {
              return by_on(dependences_[a], dependences_[b]);
            }));
    for (size_t i = 0; i < gone_.size(); ++i) {
      auto at = std::lower_bound(dependences_.begin(), dependences_.end(),
                                 Dependence{gone_[i], {}, 0}, by_on);
      for (; at != dependences_.end() && at->on == gone_[i]; ++at) {
        // Each is followed once, so that circles end.
        if (at->id.empty()) continue;
        gone_.push_back(at->id);
        edit_.changes().Erase(at->line);
        at->id = {};
      }
    }
  }

  SectionEdit& edit_;
  const CodecList& list_;
  const std::vector<bool>& removed_;
  std::vector<Dependence> dependences_;
  Ids gone_;
};

}  // namespace

void ForEachListed(std::string_view list, const std::function<void(std::string_view)>& function) {
  for (size_t at = 0; at <= list.size();) {
    const size_t end = std::min(list.find(',', at), list.size());
    function(list.substr(at, end - at));
    at = end + 1;
  }
}

void MendRids(SectionEdit& edit, const CodecList& list, const std::vector<bool>& removed) {
  RidMender(edit, list, removed).Run();
}

void MendSimulcast(SectionEdit& edit, size_t index,
                   const std::function<bool(std::string_view id, bool is_format)>& is_gone) {
  auto simulcast = TypedLine(edit.line(index)).As<Simulcast>();
  if (!simulcast.ok()) return;
  size_t count = 0;
  for (SimulcastStreams& part : simulcast->directions) {
    for (auto& alternatives : part.streams) {
      count += std::erase_if(alternatives, [&](const SimulcastFormat& format) {
        return is_gone(format.id, part.names_pt);
      });
    }
    std::erase_if(part.streams, [](const auto& alternatives) { return alternatives.empty(); });
  }
  if (count == 0) return;
  std::erase_if(simulcast->directions,
                [](const SimulcastStreams& part) { return part.streams.empty(); });
  if (simulcast->directions.empty()) return edit.changes().Erase(index);
  const auto line = EncodeLine(*simulcast);
  if (line.ok()) edit.Set(index, *line);
}

}  // namespace koeru::sdp
