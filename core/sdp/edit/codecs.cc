#include "core/sdp/edit/codecs.h"

#include <algorithm>
#include <tuple>

#include "core/sdp/edit/codec_names.h"
#include "core/sdp/edit/fmtp.h"
#include "core/sdp/edit/remove_formats.h"
#include "core/sdp/stable_order.h"

namespace koeru::sdp {
namespace {

// For each codec the index of the one that its apt names, or its own (RFC 4588 section 8.6).
std::vector<size_t> Originals(const Document& document, const CodecList& list) {
  std::vector<size_t> originals;
  for (size_t i = 0; i < list.codecs().size(); ++i) {
    std::optional<size_t> original;
    if (list.codecs()[i].Is("rtx")) {
      const auto carried = list.CarriedBy(document, i);
      if (!carried.empty()) original = list.Find(carried.front());
    }
    originals.push_back(original.value_or(i));
  }
  return originals;
}

// Whether all that a red of audio carries is in `set`; false when it carries anything.
bool CarriesOnly(const Document& document, const CodecList& list, size_t red,
                 const std::vector<bool>& set) {
  const auto carried = list.CarriedBy(document, red);
  return !carried.empty() &&
         std::all_of(carried.begin(), carried.end(), [&](std::string_view format) {
           const auto codec = list.Find(format);
           return codec && set[*codec];
         });
}

class CodecsEditor : public SectionEditor {
 public:
  explicit CodecsEditor(CodecNames names) : names_(names) {}

  EditResult Run(Document& document, size_t section) {
    if (auto error = names_.Check()) return error;
    return EditSections(document, section, *this);
  }

  EditResult Edit(SectionEdit& edit) final {
    const auto list = CodecList::Of(edit.document(), edit.section());
    if (!list) return NoCodecs();
    // Which name takes each codec.
    std::vector<std::optional<size_t>> taken;
    bool any = false;
    for (const Codec& codec : list->codecs()) {
      taken.push_back(names_.Match(codec));
      any = any || taken.back();
    }
    if (any) return Edit(edit, *list, taken);
    EditError error = names_.Finish().value_or(EditError{});
    error.elsewhere = true;
    return error;
  }

  EditResult Finish() final { return names_.Finish(); }

 protected:
  ~CodecsEditor() = default;
  virtual EditResult Edit(SectionEdit& edit, const CodecList& list,
                          const std::vector<std::optional<size_t>>& taken) = 0;
  size_t name_count() const { return names_.size(); }

 private:
  NamedCodecs names_;
};

class OrderEditor final : public CodecsEditor {
 public:
  using CodecsEditor::CodecsEditor;

 private:
  EditResult Edit(SectionEdit& edit, const CodecList& list,
                  const std::vector<std::optional<size_t>>& taken) override {
    const std::vector<size_t> originals = Originals(edit.document(), list);
    // An rtx that nobody named stands behind its codec, where that is moved.
    struct Place {
      size_t name;
      size_t codec;
      size_t index;
    };
    std::vector<Place> places;
    for (size_t i = 0; i < taken.size(); ++i) {
      const size_t leader = taken[i] ? i : originals[i];
      // All codecs that are not named have one place and keep their order in it.
      if (!taken[leader]) places.push_back({name_count(), 0, i});
      if (taken[leader]) places.push_back({*taken[leader], leader + 1, i});
    }
    // Of one leader, itself first.
    const auto key = [&](size_t i) {
      const Place& place = places[i];
      return std::tuple(place.name, place.codec, place.codec != place.index + 1);
    };
    const std::vector<size_t> order = StableOrder(
        places.size(), [&](size_t first, size_t second) { return key(first) < key(second); });
    edit.Set(edit.first(), list.media().WithFormats(order));
    return std::nullopt;
  }
};

class RemovalEditor final : public CodecsEditor {
 public:
  RemovalEditor(CodecNames names, bool keeps) : CodecsEditor(names), keeps_(keeps) {}

 private:
  EditResult Edit(SectionEdit& edit, const CodecList& list,
                  const std::vector<std::optional<size_t>>& taken) override {
    std::vector<bool> removed;
    for (const auto& name : taken) removed.push_back(name.has_value() != keeps_);
    const Document& document = edit.document();
    const std::vector<size_t> originals = Originals(document, list);
    if (keeps_) KeepCompanions(document, list, originals, removed);
    // Red first: it may have an rtx of its own.
    for (size_t i = 0; i < removed.size(); ++i) {
      if (list.codecs()[i].Is("red") && CarriesOnly(document, list, i, removed)) removed[i] = true;
    }
    for (size_t i = 0; i < removed.size(); ++i) removed[i] = removed[i] || removed[originals[i]];
    return RemoveFormats(edit, list, removed);
  }

  static void KeepCompanions(const Document& document, const CodecList& list,
                             const std::vector<size_t>& originals, std::vector<bool>& removed) {
    std::vector<bool> kept = removed;
    kept.flip();
    for (size_t i = 0; i < removed.size(); ++i) {
      if (list.codecs()[i].Is("red") && CarriesOnly(document, list, i, kept)) removed[i] = false;
    }
    for (size_t i = 0; i < removed.size(); ++i) {
      if (originals[i] != i) removed[i] = removed[originals[i]];
    }
  }

  bool keeps_;
};

}  // namespace

EditResult ReorderCodecs(Document& document, size_t section, CodecNames names) {
  return OrderEditor(names).Run(document, section);
}

EditResult RemoveCodecs(Document& document, size_t section, CodecNames names) {
  return RemovalEditor(names, false).Run(document, section);
}

EditResult KeepCodecs(Document& document, size_t section, CodecNames names) {
  return RemovalEditor(names, true).Run(document, section);
}

}  // namespace koeru::sdp
