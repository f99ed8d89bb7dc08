#pragma once

// Textual forms of the attributes of core/stun that have a shape of their own. See
// attribute_text.h for what a form is.

#include "core/stun/attribute_text.h"
#include "core/stun/attributes/access_token.h"
#include "core/stun/attributes/change_request.h"
#include "core/stun/attributes/ecn_check.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/goog_network_info.h"
#include "core/stun/attributes/password_algorithm.h"
#include "core/stun/attributes/transaction_transmit_counter.h"

namespace koeru::stun {

// "401 Unauthenticated"
struct ErrorCodeForm {
  static std::string Print(const ErrorCode& a);
  static MaybeError Parse(std::string_view text, ErrorCode& a, std::string& storage);
  static std::vector<AttributeField> Fields(Bytes value, const ErrorCode& a);
};

// "0x0024, 0x7FFF"
struct UnknownAttributesForm {
  static std::string Print(Bytes value);
  static MaybeError Parse(std::string_view text, Writer& w);
};

// "SHA-256", "MD5", "0x0003" or, with parameters in hexadecimal, "0x0003:0102"
struct PasswordAlgorithmForm {
  static std::string Print(const PasswordAlgorithm& a);
  static MaybeError Parse(std::string_view text, PasswordAlgorithm& a, std::string& storage);
};
// The same, separated by ", ".
struct PasswordAlgorithmsForm {
  static std::string Print(Bytes value);
  static MaybeError Parse(std::string_view text, Writer& w);
};

// "change-ip, change-port", one of them, or "none"
struct ChangeRequestForm {
  static std::string Print(const ChangeRequest& a);
  static MaybeError Parse(std::string_view text, ChangeRequest& a, std::string& storage);
};

// "ECF=1 V=1"
struct EcnCheckForm {
  static std::string Print(const EcnCheck& a);
  static MaybeError Parse(std::string_view text, EcnCheck& a, std::string& storage);
};

// "Req=1 Resp=0"
struct TransmitCounterForm {
  static std::string Print(const TransactionTransmitCounter& a);
  static MaybeError Parse(std::string_view text, TransactionTransmitCounter& a, std::string&);
};

// "network-id=1 network-cost=50"
struct GoogNetworkInfoForm {
  static std::string Print(const GoogNetworkInfo& a);
  static MaybeError Parse(std::string_view text, GoogNetworkInfo& a, std::string& storage);
  static std::vector<AttributeField> Fields(Bytes value, const GoogNetworkInfo& a);
};

// Hexadecimal as a whole, with nonce and block as fields.
struct AccessTokenForm {
  static std::string Print(Bytes value);
  static MaybeError Parse(std::string_view text, Writer& w);
  static std::vector<AttributeField> Fields(Bytes value, const TransactionId& id);
};
constexpr AttributeCodec AccessTokenCodec() {
  AttributeCodec codec = ListCodecOf<AccessToken, AccessTokenForm>();
  codec.fields = &AccessTokenForm::Fields;
  return codec;
}

}  // namespace koeru::stun
