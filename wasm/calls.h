#pragma once

// The calls of the ABI, one file each, without the memory around them. What each takes and gives is
// written in koeru_abi.h.

#include "core/bytes/reader.h"
#include "wasm/answer.h"

namespace koeru::wasm {

Answer ParseCandidate(Bytes input);
Answer FormatCandidate(Bytes input);
Answer ParseUri(Bytes input);
Answer DecodeStun(Bytes input);
Answer EncodeStun(Bytes input);
Answer DecodeSdpLines(Bytes input);
Answer EncodeSdpLine(Bytes input);
Answer LintSdp(Bytes input);
Answer EditSdp(Bytes input);
Answer DiffSdp(Bytes input);
Answer Inspect(Bytes input);

}  // namespace koeru::wasm
