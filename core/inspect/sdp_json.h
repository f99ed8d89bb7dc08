#pragma once

// Any value of core/sdp as JSON, by the value's own grammar.
//
//   a=rtpmap:111 opus/48000/2   {"payloadType":111,"encodingName":"opus",...}
//   a=mid:0                     "0"              one value without a name stands for itself
//   a=rtcp-mux                  true             nothing to tell but that it is there
//
// Parts that are absent have no member; flags that are not set neither. A number that a double does
// not hold exactly becomes a text.

#include <string>
#include <vector>

#include "core/inspect/json_writer.h"
#include "core/sdp/syntax.h"

namespace koeru::inspect {

class JsonSyntax final : public sdp::Syntax {
 public:
  JsonSyntax() : Syntax(sdp::Mode::kLenient), contexts_{Context::kPending} {}

  void Literal(std::string_view) override {}
  void Text(Name name, std::string_view& value, const sdp::TextForm& form) override;
  void Integer(Name name, uint64_t& value, uint64_t low, uint64_t high) override;
  void Decimal(Name name, std::string_view& value) override;
  void Word(Name name, size_t& index, std::string_view words) override;
  bool Optional(Name, std::string_view, bool has) override { return has; }
  void Flag(Name name, std::string_view word, bool& value) override;
  void Candidate(ice::Candidate& candidate) override;
  using Syntax::Word;

  // After all is described.
  void Finish() override { Close(contexts_.back()); }
  std::string Take() { return json_.Take(); }

 protected:
  void BeginList(Name name, size_t size) override;
  bool NextItem(size_t index, std::string_view separator) override;
  void EndList() override;
  void BeginItem() override { contexts_.push_back(Context::kPending); }
  void EndItem() override;

 private:
  // What is written in the present place: nothing yet, an object, one value, items.
  enum class Context : uint8_t { kPending, kObject, kValue, kArray };

  void Begin(Name name);
  void Close(Context context);

  JsonWriter json_;
  std::vector<Context> contexts_;
  std::vector<size_t> sizes_;  // of the lists that are being written
};

}  // namespace koeru::inspect
