#include "core/stun/attribute_forms.h"

#include "core/stun/attributes/password_algorithms.h"
#include "core/stun/attributes/unknown_attributes.h"

namespace koeru::stun {
namespace {

constexpr std::string_view kSeparator = ", ";

// Reads entries separated by ", "; `read` takes the text of one entry.
template <typename Read>
MaybeError ParseList(std::string_view text, Read read) {
  const size_t size = text.size();
  while (!text.empty()) {
    const size_t at = size - text.size();
    if (MaybeError error = read(TakeUntil(text, kSeparator))) {
      error->offset += at;
      return error;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string ErrorCodeForm::Print(const ErrorCode& a) { return PrintErrorCode(a.code, a.reason); }

MaybeError ErrorCodeForm::Parse(std::string_view text, ErrorCode& a, std::string& storage) {
  const MaybeError error = ParseErrorCode(text, a.code, storage);
  a.reason = storage;
  return error;
}

std::vector<AttributeField> ErrorCodeForm::Fields(Bytes value, const ErrorCode& a) {
  return {{"reserved and class", 0, 3, std::to_string(a.code / 100)},
          {"number", 3, 1, std::to_string(a.code % 100)},
          {"reason phrase", 4, value.size() - 4, Escape(a.reason)}};
}

std::string UnknownAttributesForm::Print(Bytes value) {
  std::string text;
  for (Reader r(value); r.remaining() > 0;) {
    if (!text.empty()) text += kSeparator;
    text += ToHexNumber(r.U16(), 4);
  }
  return text;
}

MaybeError UnknownAttributesForm::Parse(std::string_view text, Writer& w) {
  return ParseList(text, [&w](std::string_view entry) -> MaybeError {
    const Result<uint16_t> type = ParseNumber<uint16_t>(entry);
    if (!type.ok()) return ParseError{"expected attribute types such as 0x0024, 0x7FFF", 0};
    w.U16(*type);
    return std::nullopt;
  });
}

std::string PasswordAlgorithmForm::Print(const PasswordAlgorithm& a) {
  std::string text = ToHexNumber(a.algorithm, 4);
  if (a.algorithm == password_algorithm::kMd5) text = "MD5";
  if (a.algorithm == password_algorithm::kSha256) text = "SHA-256";
  return a.parameters.empty() ? text : text + ":" + ToHex(a.parameters);
}

MaybeError PasswordAlgorithmForm::Parse(std::string_view text, PasswordAlgorithm& a,
                                        std::string& storage) {
  const std::string_view name = TakeUntil(text, ":");
  if (name == "MD5") {
    a.algorithm = password_algorithm::kMd5;
  } else if (name == "SHA-256") {
    a.algorithm = password_algorithm::kSha256;
  } else {
    const Result<uint16_t> number = ParseNumber<uint16_t>(name);
    if (!number.ok()) return ParseError{"the algorithm is MD5, SHA-256 or a number", 0};
    a.algorithm = *number;
  }
  const Result<std::vector<uint8_t>> parameters = FromHex(text);
  if (!parameters.ok()) return parameters.ErrorShiftedBy(name.size() + 1);
  storage = AsText(*parameters);
  a.parameters = AsBytes(storage);
  return std::nullopt;
}

std::string PasswordAlgorithmsForm::Print(Bytes value) {
  std::string text;
  for (Reader r(value); r.ok() && r.remaining() > 0;) {
    if (!text.empty()) text += kSeparator;
    text += PasswordAlgorithmForm::Print(PasswordAlgorithm::Read(r));
  }
  return text;
}

MaybeError PasswordAlgorithmsForm::Parse(std::string_view text, Writer& w) {
  return ParseList(text, [&w](std::string_view entry) {
    PasswordAlgorithm algorithm;
    std::string storage;
    const MaybeError error = PasswordAlgorithmForm::Parse(entry, algorithm, storage);
    if (!error) algorithm.Write(w);
    return error;
  });
}

std::string ChangeRequestForm::Print(const ChangeRequest& a) {
  if (a.change_ip && a.change_port) return "change-ip, change-port";
  if (a.change_ip) return "change-ip";
  return a.change_port ? "change-port" : "none";
}

MaybeError ChangeRequestForm::Parse(std::string_view text, ChangeRequest& a, std::string&) {
  for (const ChangeRequest candidate : {ChangeRequest{true, true}, ChangeRequest{true, false},
                                        ChangeRequest{false, true}, ChangeRequest{}}) {
    if (text != Print(candidate)) continue;
    a = candidate;
    return std::nullopt;
  }
  return ParseError{"expected change-ip, change-port, both with a comma between, or none", 0};
}

std::string EcnCheckForm::Print(const EcnCheck& a) {
  const NamedNumber numbers[] = {{"ECF", a.ecn_field}, {"V", a.valid}};
  return PrintNamedNumbers(numbers);
}

MaybeError EcnCheckForm::Parse(std::string_view text, EcnCheck& a, std::string&) {
  NamedNumber numbers[] = {{"ECF"}, {"V"}};
  if (const MaybeError error = ParseNamedNumbers(text, numbers)) return error;
  if (numbers[0].value > 3 || numbers[1].value > 1) {
    return ParseError{"ECF is 0 to 3 and V is 0 or 1", 0};
  }
  a = {static_cast<uint8_t>(numbers[0].value), numbers[1].value != 0};
  return std::nullopt;
}

std::string TransmitCounterForm::Print(const TransactionTransmitCounter& a) {
  const NamedNumber numbers[] = {{"Req", a.requests}, {"Resp", a.responses}};
  return PrintNamedNumbers(numbers);
}

MaybeError TransmitCounterForm::Parse(std::string_view text, TransactionTransmitCounter& a,
                                      std::string&) {
  NamedNumber numbers[] = {{"Req"}, {"Resp"}};
  if (const MaybeError error = ParseNamedNumbers(text, numbers)) return error;
  if (numbers[0].value > 0xFF || numbers[1].value > 0xFF) {
    return ParseError{"both counters are at most 255", 0};
  }
  a = {static_cast<uint8_t>(numbers[0].value), static_cast<uint8_t>(numbers[1].value)};
  return std::nullopt;
}

std::string GoogNetworkInfoForm::Print(const GoogNetworkInfo& a) {
  const NamedNumber numbers[] = {{"network-id", a.network_id}, {"network-cost", a.network_cost}};
  return PrintNamedNumbers(numbers);
}

MaybeError GoogNetworkInfoForm::Parse(std::string_view text, GoogNetworkInfo& a, std::string&) {
  NamedNumber numbers[] = {{"network-id"}, {"network-cost"}};
  if (const MaybeError error = ParseNamedNumbers(text, numbers)) return error;
  if (numbers[0].value > 0xFFFF || numbers[1].value > 0xFFFF) {
    return ParseError{"network-id and network-cost are at most 65535", 0};
  }
  a = {static_cast<uint16_t>(numbers[0].value), static_cast<uint16_t>(numbers[1].value)};
  return std::nullopt;
}

std::vector<AttributeField> GoogNetworkInfoForm::Fields(Bytes, const GoogNetworkInfo& a) {
  return {{"network id", 0, 2, std::to_string(a.network_id)},
          {"network cost", 2, 2, std::to_string(a.network_cost)}};
}

std::string AccessTokenForm::Print(Bytes value) { return ToHex(value); }

MaybeError AccessTokenForm::Parse(std::string_view text, Writer& w) {
  const Result<std::vector<uint8_t>> bytes = FromHex(text);
  if (!bytes.ok()) return bytes.error();
  w.Put(*bytes);
  return std::nullopt;
}

std::vector<AttributeField> AccessTokenForm::Fields(Bytes value, const TransactionId& id) {
  const Result<AccessToken> token = AccessToken::Decode(value, id);
  if (!token.ok()) return {};
  const size_t nonce = token->nonce.size();
  return {{"nonce length", 0, 2, std::to_string(nonce)},
          {"nonce", 2, nonce, ToHex(token->nonce)},
          {"encrypted block", 2 + nonce, value.size() - 2 - nonce, ToHex(token->encrypted_block)}};
}

}  // namespace koeru::stun
