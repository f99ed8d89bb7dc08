#pragma once

/* The C interface of koeru.wasm, koeru.sdp.wasm and koeru.inspect.wasm: core/ behind a handful of
 * functions on bytes.
 *
 *   uint8_t* in = koeru_input(size);         // scratch of that size, the caller fills it
 *   int32_t n = koeru_uri_parse(size);       // works on what stands there
 *   const char* out = koeru_output();        // |n| bytes, until the next call
 *   if (n < 0) ...                           // they are an error
 *
 * A result is JSON in UTF-8, or bytes where the function says so. An error is JSON, too:
 *   {"reason":"...","offset":3}              offset: where in the input, in bytes
 *   {"reason":"...","field":"port"}          field: which field of the input, where it has fields
 *
 * An input of several fields is a sequence of [length: 32 bits, network order][bytes]. There is
 * no JSON parser on this side. Nothing is kept between calls, and the module imports nothing.
 * The same functions are built natively (CMake target koeru_abi) for the tests.
 *
 * Any call may grow the memory, after which pointers still hold but JavaScript's views of it do
 * not. A call that finds no memory ends in a trap: the instance must not be called again, except
 * for koeru_out_of_memory(), and a fresh one does the next call.
 */

#include <stdint.h>

#if defined(__EMSCRIPTEN__)
#define KOERU_EXPORT(name) __attribute__((export_name(#name)))
#else
#define KOERU_EXPORT(name)
#endif

/* js/src/loader.ts has the same number; both change when a function or a field changes. */
#define KOERU_ABI_VERSION 1

/* The largest input of all calls but koeru_sdp_* and koeru_inspect. It holds the largest STUN
 * message (64 KiB) in hexadecimal with a separator after each byte. */
#define KOERU_MAX_INPUT (256u << 10)

/* The largest session description. */
#define KOERU_MAX_SDP_INPUT (16u << 20)

/* The most that koeru_input() gives, for koeru_inspect and koeru_sdp_*: some descriptions, or one
 * in fields. */
#define KOERU_MAX_ROOM (64u << 20)

#ifdef __cplusplus
extern "C" {
#endif

KOERU_EXPORT(koeru_abi_version) int32_t koeru_abi_version(void);

/* Room for the next call's input, or null for more than KOERU_MAX_ROOM. A call gives large
 * room back, so each call needs its own. */
KOERU_EXPORT(koeru_input) uint8_t* koeru_input(uint32_t size);
KOERU_EXPORT(koeru_output) const char* koeru_output(void);

/* 1 when memory ran out: that is what the trap was about. */
KOERU_EXPORT(koeru_out_of_memory) int32_t koeru_out_of_memory(void);

/* {"version":"0.1.0","abi":1}; reads no input. */
KOERU_EXPORT(koeru_version) int32_t koeru_version(uint32_t size);

/* Input: a candidate line, with or without "candidate:" or "a=candidate:".
 * Output: the object of Koeru.candidate.parse (js/koeru.d.ts). */
KOERU_EXPORT(koeru_candidate_parse) int32_t koeru_candidate_parse(uint32_t size);

/* Fields: prefix, foundation, component, transport, priority, address, port, type, related address,
 * related port (each of these two may be empty), and then name and value of each extension.
 * Foundation and type both empty: the end of candidates. Output: the line. */
KOERU_EXPORT(koeru_candidate_format) int32_t koeru_candidate_format(uint32_t size);

/* Input: a stun:, stuns:, turn: or turns: URI. Output: the object of Koeru.uri.parse. */
KOERU_EXPORT(koeru_uri_parse) int32_t koeru_uri_parse(uint32_t size);

/* Fields: "bytes" or "hex" (how the message is written), the message, and the key: username, realm,
 * password (all empty: no key). Output: the object of Koeru.stun.decode. */
KOERU_EXPORT(koeru_stun_decode) int32_t koeru_stun_decode(uint32_t size);

/* Fields: class, method, transaction ID in hex, username, realm, password, the integrity to add
 * ("", "sha1" or "sha256"), the fingerprint to add ("" or "fingerprint"), and four for each
 * attribute: number or name, "value" or "hex" (how the value is written), the value, the padding
 * in hex. Output: the message, bytes. */
KOERU_EXPORT(koeru_stun_encode) int32_t koeru_stun_encode(uint32_t size);

/* Session descriptions (core/sdp). Texts are bytes; where one is not UTF-8, JSON has U+FFFD.
 *
 * Fields: "strict" or "lenient", and any number of lines without their endings.
 * Output: an array with an object for each line: {"value":...} as core/inspect/sdp_json.h tells it,
 * {"unknown":true} for a line that the registry does not know, or
 * {"error":{"reason":"...","field":"...","offset":9}}, the offset in bytes of the line. */
KOERU_EXPORT(koeru_sdp_decode) int32_t koeru_sdp_decode(uint32_t size);

/* Fields: the name of an attribute ("rtpmap") or a line type ("m="), and then path and value of
 * each leaf (core/inspect/sdp_fields.h); a path "" with the value "true" for an attribute without a
 * value. Output: the line, without ending. */
KOERU_EXPORT(koeru_sdp_encode) int32_t koeru_sdp_encode(uint32_t size);

/* Fields: "strict" or "lenient", "offer", "answer" or "" (not known), and a description.
 * Output: an array with an object for each finding (core/sdp/checks/lint.h), in the order of lines:
 * {"rule":"mid-duplicate","severity":"error","message":"...","line":12,"column":7,"section":1,
 *  "rfc":"RFC 5888 §4"}; no section for the session's lines. */
KOERU_EXPORT(koeru_sdp_lint) int32_t koeru_sdp_lint(uint32_t size);

/* Fields: an operation, a section ("0" is the first media section, "session" what stands in front
 * of it, "" every media section to which the operation applies), the operation's arguments, and the
 * description. Output: the new description. Errors are {"reason":"...","field":"codec"}; what each
 * operation does is written in core/sdp/edit.
 *
 *   reorder-codecs, remove-codecs, keep-codecs   codecs: "VP8", "opus/48000/2", "96"
 *   set-bandwidth      type, number or ""        remove-candidates  filters: "type=relay"
 *   set-direction      "recvonly"                add-candidate      the candidate's line
 *   set-fmtp           codec, name, value, ...   remove-fmtp        codec, names
 *   set-opus           name, value, ...          set-simulcast      "send", rid, restrictions, ...
 */
KOERU_EXPORT(koeru_sdp_edit) int32_t koeru_sdp_edit(uint32_t size);

/* Fields: two descriptions. Output: what is different in the second, an array of
 * {"kind":"codec-removed","section":"0","message":"...","before":"...","after":"...",
 * "lineBefore":9,"lineAfter":9}: section is the mid, or the index where there is none, and missing
 * for the session; before and after are lines, missing where there is none (and where all would be
 * more than 1 MiB), and counted from 1. */
KOERU_EXPORT(koeru_sdp_diff) int32_t koeru_sdp_diff(uint32_t size);

/* Fields: username, realm, password (all empty: nothing is checked), a form, and the input: any of
 * KOERU_MAX_ROOM for a capture, and of 1 MiB for all else. The form is "" (find out), "text", or
 * "packet" for the bytes of one datagram or message.
 *
 * Output for "packet": its tree (core/inspect/print_json.h). Otherwise the object that
 * js/koeru.inspect.d.ts describes as Inspection, as core/inspect/input.h finds it: kind, items of
 * {kind, line, hex, tree}, sdpLines, error; of a capture packets, counts, unknownLinkType. */
KOERU_EXPORT(koeru_inspect) int32_t koeru_inspect(uint32_t size);

#ifdef __cplusplus
}
#endif
