#pragma once

// The fields of one SDP line as nodes with their bytes: a decoder that notes, while it reads, where
// it is. Used by sdp_tree.cc alone.

#include <vector>

#include "core/inspect/tree.h"
#include "core/sdp/decoder.h"

namespace koeru::inspect {

class FieldNodes final : public sdp::Decoder {
 public:
  // `base`: where the value begins in the whole input. `budget`: how many nodes may still be made;
  // it is counted down, and fields beyond it are left out.
  FieldNodes(std::string_view value, size_t base, size_t& budget);

  void Text(Name name, std::string_view& value, const sdp::TextForm& form) override;
  void Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) override;
  void Decimal(Name name, std::string_view& value) override;
  void Word(Name name, size_t& index, std::string_view words) override;
  void Flag(Name name, std::string_view word, bool& value) override;
  using Syntax::Word;

  // What was read, up to an error, and then what was not.
  std::vector<Node> Take();

 protected:
  void BeginList(Name name, size_t size) override;
  void EndList() override { Close(); }
  void BeginItem() override { Open("item"); }
  void EndItem() override { Close(); }

 private:
  void Open(std::string_view label);
  void Close();
  // The field that was read last.
  void AddField(Name name);
  void AddAt(std::string_view label, size_t at, size_t size);

  std::string_view value_;
  size_t base_;
  size_t& budget_;
  std::vector<Node> open_;  // the root, and the lists and items that are being read
};

}  // namespace koeru::inspect
