#include "native_server/web/signal_message.h"

#include <gmock/gmock.h>

namespace koeru::server::web {
namespace {

using testing::HasSubstr;

std::string ProblemOf(std::string_view text) {
  std::string problem;
  return ParseClientMessage(text, &problem) ? "none" : problem;
}

template <typename Message>
Message Parse(std::string_view text) {
  std::string problem;
  const auto message = ParseClientMessage(text, &problem);
  EXPECT_TRUE(message && std::holds_alternative<Message>(*message)) << problem;
  return message && std::holds_alternative<Message>(*message) ? std::get<Message>(*message)
                                                              : Message{};
}

TEST(SignalMessage, JoinWithAndWithoutName) {
  const auto join = Parse<JoinMessage>(R"({"type":"join","room":"blue-whale","name":"ゆき"})");
  EXPECT_EQ(join.room, "blue-whale");
  EXPECT_EQ(join.name, "ゆき");
  EXPECT_EQ(Parse<JoinMessage>(R"({"room":"r","type":"join"})").name, std::nullopt);
}

TEST(SignalMessage, DataIsTheSliceOfTheText) {
  const std::string_view text =
      R"( { "type":"signal" , "to" : "a,\"}{" , "data" : {"a":[1,{"b":"}\\\""}]} } )";
  const auto signal = Parse<SignalMessage>(text);
  EXPECT_EQ(signal.to, "a,\"}{");
  EXPECT_EQ(signal.data, R"({"a":[1,{"b":"}\\\""}]})");
  EXPECT_GE(signal.data.data(), text.data());
}

TEST(SignalMessage, EscapedNamesMeanTheSame) {
  const auto signal =
      Parse<SignalMessage>(R"({"\u0074ype":"signal","to":"x","d\u0061ta":{"y":1}})");
  EXPECT_EQ(signal.data, R"({"y":1})");
}

TEST(SignalMessage, SecretResumeAndAck) {
  const std::string secret(22, 's');
  EXPECT_EQ(Parse<JoinMessage>(R"({"type":"join","room":"r","secret":")" + secret + "\"}").secret,
            secret);
  const auto resume = Parse<ResumeMessage>(R"({"type":"resume","room":"r","secret":")" + secret +
                                           R"(","received":9007199254740991})");
  EXPECT_EQ(resume.room, "r");
  EXPECT_EQ(resume.secret, secret);
  EXPECT_EQ(resume.received, 9007199254740991u);
  EXPECT_EQ(Parse<AckMessage>(R"({"type":"ack","received":0})").received, 0u);
  EXPECT_EQ(Parse<SignalMessage>(R"({"type":"signal","to":"x","data":{},"n":7})").number, 7u);
}

TEST(SignalMessage, SecretsAndNumbersAreChecked) {
  const std::string start = R"({"type":"ack","received":)";
  for (const char* number : {"-1", "1.5", "\"1\"", "9007199254740992", "1e400", "null"}) {
    EXPECT_NE(ProblemOf(start + number + "}"), "none") << number;
  }
  EXPECT_THAT(ProblemOf(R"({"type":"ack"})"), HasSubstr("\"received\""));
  EXPECT_THAT(ProblemOf(R"({"type":"join","room":"r","secret":"short"})"), HasSubstr("\"secret\""));
  EXPECT_THAT(ProblemOf(R"({"type":"resume","room":"r","received":1})"), HasSubstr("\"secret\""));
  EXPECT_THAT(ProblemOf(R"({"type":"resume","received":1})"), HasSubstr("\"room\""));
  EXPECT_THAT(ProblemOf(R"({"type":"signal","to":"x","data":{},"n":0})"), HasSubstr("\"n\""));
}

TEST(SignalMessage, Leave) { Parse<LeaveMessage>(R"({"type":"leave"})"); }

TEST(SignalMessage, WhatIsNotJsonIsRefused) {
  for (const char* text :
       {"", "{", "hello", "{'type':'leave'}", R"({"type":"leave",})", R"({"type":"leave"}x)",
        R"({"type":"leave"}{"type":"leave"})", R"(// c
 {"type":"leave"})",
        R"({"type":"signal","to":"x","data":{"n":NaN}})", R"({"type":"\ud800"})",
        "{\"type\":\"\xff\"}", "{\"type\":\"a\nb\"}", "\xef\xbb\xbf{\"type\":\"leave\"}"}) {
    EXPECT_THAT(ProblemOf(text), HasSubstr("not JSON")) << text;
  }
}

TEST(SignalMessage, DeepNestingIsRefusedNotFollowed) {
  const std::string deep(30'000, '[');
  EXPECT_THAT(ProblemOf(R"({"type":"signal","to":"x","data":)" + deep), HasSubstr("not JSON"));
}

TEST(SignalMessage, MembersAreStrict) {
  EXPECT_THAT(ProblemOf("[]"), HasSubstr("is a JSON object"));
  EXPECT_THAT(ProblemOf("{}"), HasSubstr("needs \"type\""));
  EXPECT_THAT(ProblemOf(R"({"type":1})"), HasSubstr("needs \"type\""));
  EXPECT_THAT(ProblemOf(R"({"type":"shout"})"), HasSubstr("must be"));
  EXPECT_THAT(ProblemOf(R"({"type":"leave","x":1})"), HasSubstr("nothing else"));
  EXPECT_THAT(ProblemOf(R"({"type":"leave","type":"join"})"), HasSubstr("twice"));
  EXPECT_THAT(ProblemOf(R"({"type":"leave","t\u0079pe":"leave"})"), HasSubstr("twice"));
  EXPECT_THAT(ProblemOf(R"({"type":"join"})"), HasSubstr("needs \"room\""));
  EXPECT_THAT(ProblemOf(R"({"type":"join","room":"r","name":1})"), HasSubstr("\"name\""));
  EXPECT_THAT(ProblemOf(R"({"type":"signal","data":{}})"), HasSubstr("needs \"to\""));
  EXPECT_THAT(ProblemOf(R"({"type":"signal","to":"x","data":[]})"), HasSubstr("an object"));
  EXPECT_THAT(ProblemOf(R"({"type":"signal","to":{},"data":{}})"), HasSubstr("needs \"to\""));
}

TEST(SignalMessage, NamesOfMembersAreBoundedAndPrintable) {
  const auto with_name = [](const std::string& name) {
    return ProblemOf(R"({"type":"join","room":"r","name":")" + name + "\"}");
  };
  std::string long_name;
  for (int i = 0; i < 64; ++i) long_name += "雪";
  EXPECT_EQ(with_name(long_name), "none");
  EXPECT_THAT(with_name(long_name + "x"), HasSubstr("1 to 64"));
  EXPECT_THAT(with_name(""), HasSubstr("1 to 64"));
  EXPECT_THAT(with_name("a\\nb"), HasSubstr("1 to 64"));
  EXPECT_THAT(with_name("a\\u007fb"), HasSubstr("1 to 64"));
  EXPECT_THAT(with_name("a\\u0085b"), HasSubstr("1 to 64"));
}

TEST(SignalMessage, EveryTruncationIsRefused) {
  const std::string text = R"({"type":"signal","to":"abc","data":{"sdp":"v=0\r\n"}})";
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_NE(ProblemOf(text.substr(0, size)), "none") << size;
  }
  EXPECT_EQ(ProblemOf(text), "none");
}

}  // namespace
}  // namespace koeru::server::web
