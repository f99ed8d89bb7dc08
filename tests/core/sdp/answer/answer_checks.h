#pragma once

// An answerer for tests, and what is to be true of all its answers.

#include "core/sdp/answer/answer.h"
#include "core/sdp/checks/lint.h"
#include "tests/core/sdp/edit/edit_checks.h"

namespace koeru::sdp {

inline AnswerOptions Answerer() {
  return {.session_id = 7,
          .ufrag = "ours",
          .password = "ourpassword0000000000000",
          .fingerprint =
              "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
              "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
          .candidates = {"candidate:1 1 udp 2130706431 192.0.2.1 3478 typ host"},
          .ssrcs = {11, 12, 13, 14, 15, 16, 17, 18}};
}

inline Answer Answered(const std::string& offer, const AnswerOptions& options = Answerer()) {
  auto answer = MakeAnswer(Document::Parse(offer), options);
  EXPECT_TRUE(answer.ok()) << answer.error().reason;
  return answer.ok() ? *answer : Answer{};
}

// The sentence, for an offer that cannot be answered.
inline std::string WhyNot(const std::string& offer) {
  const auto answer = MakeAnswer(Document::Parse(offer), Answerer());
  EXPECT_FALSE(answer.ok());
  return answer.error().reason;
}

inline bool HasLine(const Answer& answer, const std::string& line) {
  return answer.text.find("\n" + line + "\r\n") != std::string::npos;
}

// `text` with the first `from` as `to`.
inline std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace koeru::sdp
