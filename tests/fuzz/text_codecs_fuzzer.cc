// koeru_fuzzer deps: koeru_crypto

// Hexadecimal, base64 and escaped text: any bytes survive, and text that is taken means one thing.

#include <algorithm>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "core/crypto/base64.h"
#include "tests/fuzz/require.h"

using koeru::AsText;
using koeru::Bytes;
using koeru::fuzz::Require;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Bytes bytes(data, size);
  const std::string_view text = AsText(bytes);

  const auto hex = koeru::FromHex(koeru::ToHex(bytes));
  Require(hex.ok() && std::ranges::equal(*hex, bytes), "hexadecimal is reversible");
  const auto base64 = koeru::crypto::FromBase64(koeru::crypto::ToBase64(bytes));
  Require(base64.ok() && std::ranges::equal(*base64, bytes), "base64 is reversible");
  const std::string escaped = koeru::Escape(text);
  Require(koeru::IsValidUtf8(escaped), "escaped text is UTF-8");
  const auto unescaped = koeru::Unescape(escaped);
  Require(unescaped.ok() && *unescaped == text, "escaping is reversible");

  if (const auto taken = koeru::FromHex(text); !taken.ok()) {
    Require(taken.error().offset <= size, "an error lies in the text");
  }
  if (const auto taken = koeru::crypto::FromBase64(text); taken.ok()) {
    Require(koeru::crypto::ToBase64(*taken) == text, "base64 has one spelling");
  }
  if (const auto taken = koeru::Unescape(text); !taken.ok()) {
    Require(taken.error().offset < size, "an error lies in the text");
  }
  return 0;
}
