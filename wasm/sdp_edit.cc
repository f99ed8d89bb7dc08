#include "core/bytes/hex.h"
#include "core/ice/token.h"
#include "core/sdp/edit/bandwidth.h"
#include "core/sdp/edit/candidates.h"
#include "core/sdp/edit/codecs.h"
#include "core/sdp/edit/direction.h"
#include "core/sdp/edit/opus.h"
#include "core/sdp/edit/simulcast.h"
#include "wasm/calls.h"
#include "wasm/fields.h"

namespace koeru::wasm {
namespace {

using sdp::Document;
using sdp::EditError;
using sdp::EditResult;
using Arguments = std::span<const std::string_view>;

// The fields behind operation and section, and in front of the text.
struct Request {
  Document& document;
  size_t section;
  Arguments arguments;
};

std::vector<sdp::NameAndValue> Pairs(Arguments arguments) {
  std::vector<sdp::NameAndValue> pairs;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    pairs.push_back({arguments[i], arguments[i + 1]});
  }
  return pairs;
}

EditResult SetSimulcast(const Request& request) {
  std::vector<sdp::SimulcastStream> streams;
  for (const sdp::NameAndValue& pair : Pairs(request.arguments.subspan(1))) {
    streams.push_back({pair.name, pair.value});
  }
  return sdp::SetSimulcast(request.document, request.section, request.arguments[0], streams);
}

struct Operation {
  std::string_view name;
  // How many arguments it takes: exactly `fixed`, or with `rest` more in groups of so many.
  size_t fixed;
  size_t rest;
  EditResult (*run)(const Request& r);
};

constexpr Operation kOperations[] = {
    {"reorder-codecs", 0, 1,
     [](const Request& r) { return ReorderCodecs(r.document, r.section, r.arguments); }},
    {"remove-codecs", 0, 1,
     [](const Request& r) { return RemoveCodecs(r.document, r.section, r.arguments); }},
    {"keep-codecs", 0, 1,
     [](const Request& r) { return KeepCodecs(r.document, r.section, r.arguments); }},
    {"set-bandwidth", 2, 0,
     [](const Request& r) {
       return SetBandwidth(r.document, r.section, r.arguments[0], r.arguments[1]);
     }},
    {"set-direction", 1, 0,
     [](const Request& r) { return SetDirection(r.document, r.section, r.arguments[0]); }},
    {"set-fmtp", 1, 2,
     [](const Request& r) {
       return SetFormatParameters(r.document, r.section, r.arguments[0],
                                  Pairs(r.arguments.subspan(1)));
     }},
    {"remove-fmtp", 1, 1,
     [](const Request& r) {
       return RemoveFormatParameters(r.document, r.section, r.arguments[0], r.arguments.subspan(1));
     }},
    {"add-candidate", 1, 0,
     [](const Request& r) { return AddCandidate(r.document, r.section, r.arguments[0]); }},
    {"remove-candidates", 0, 1,
     [](const Request& r) { return RemoveCandidates(r.document, r.section, r.arguments); }},
    {"set-opus", 0, 2,
     [](const Request& r) { return SetOpus(r.document, r.section, Pairs(r.arguments)); }},
    {"set-simulcast", 1, 2, SetSimulcast},
};

Answer EditFailure(const EditError& error) {
  inspect::JsonWriter json;
  json.BeginObject();
  json.Field("reason", error.reason);
  if (!error.field.empty()) json.Field("field", error.field);
  json.EndObject();
  return {false, json.Take()};
}

const Operation* FindOperation(std::string_view name) {
  for (const Operation& operation : kOperations) {
    if (operation.name == name) return &operation;
  }
  return nullptr;
}

EditError UnknownOperation(std::string_view name) {
  std::string reason = sdp::Quoted(name) + " is no operation: those are";
  for (const Operation& operation : kOperations) reason.append(" ").append(operation.name);
  return {std::move(reason), "operation"};
}

// "" is every media section, "session" the lines in front of them, and "0" the first media section.
std::optional<size_t> SectionFrom(std::string_view text) {
  if (text.empty()) return sdp::kEveryMediaSection;
  if (text == "session") return 0;
  const auto index = ice::ParseNumber(text, 0, UINT32_MAX - 1, "");
  return index.ok() ? std::optional<size_t>(size_t{*index} + 1) : std::nullopt;
}

}  // namespace

Answer EditSdp(Bytes input) {
  const Result<std::vector<std::string_view>> fields = ReadFields(input);
  if (!fields.ok()) return Failure(fields.error());
  if (fields->size() < 3) return EditFailure({"needs an operation, a section and a text", ""});
  const Operation* operation = FindOperation(fields->front());
  if (operation == nullptr) return EditFailure(UnknownOperation(fields->front()));
  const std::optional<size_t> section = SectionFrom((*fields)[1]);
  if (!section) {
    return EditFailure(
        {"is the index of a media section, counted from 0, or \"session\", or empty "
         "for all media sections",
         "section"});
  }
  const Arguments arguments = Arguments(*fields).subspan(2, fields->size() - 3);
  const size_t rest = arguments.size() - std::min(arguments.size(), operation->fixed);
  if (arguments.size() < operation->fixed ||
      (operation->rest == 0 ? rest != 0 : rest % operation->rest != 0)) {
    return EditFailure(
        {"has the wrong number of arguments for " + std::string(operation->name), "operation"});
  }
  Document document = Document::Parse(fields->back());
  if (auto error = operation->run({document, *section, arguments})) return EditFailure(*error);
  return Success(document.ToString());
}

}  // namespace koeru::wasm
