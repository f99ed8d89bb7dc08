#include "native_server/media/data_channels/room_member.h"

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "native_server/io/json_view.h"

namespace koeru::server {
namespace {

namespace json = boost::json;

// Empty, too, where there is none.
std::string_view MemberText(const json::object& object, std::string_view name) {
  return TextIn(object, name).value_or("");
}

std::string ChatMessage(std::string_view text) {
  json::object message;
  message["type"] = "text";
  message["text"] = JsonView(text);
  return json::serialize(message);
}

}  // namespace

std::vector<std::string> RoomMember::OnControl(std::string_view message) {
  // Most messages fit into this; larger ones take memory from the heap while they are looked at.
  std::array<unsigned char, 4096> memory;
  json::monotonic_resource resource(memory.data(), memory.size());
  boost::system::error_code error;
  const json::value value = json::parse(JsonView(message), error, &resource);
  const json::object* object = error ? nullptr : value.if_object();
  const std::string_view type =
      object == nullptr ? std::string_view() : MemberText(*object, "type");

  std::vector<std::string> answers;
  if (type == "received") OnReceived(MemberText(*object, "id"));
  if (!has_begun_) {
    has_begun_ = true;
    answers.push_back(Received());
  }
  if (type == "ping") answers.push_back(R"({"type":"pong"})");
  // Before the page has said what it has received nothing that is counted is sent.
  if (type == "text" && !page_.empty()) {
    const std::string_view text = MemberText(*object, "text");
    answers.push_back(ChatMessage(text));
    if (text_.Count(text.size())) answers.push_back(Received());
  }
  return answers;
}

std::optional<std::string> RoomMember::OnData(size_t bytes) {
  if (data_.Count(bytes) && has_begun_) return Received();
  return std::nullopt;
}

bool RoomMember::Lane::Count(size_t bytes) {
  ++received;
  unacknowledged_bytes += bytes + kMessageBytes;
  if (unacknowledged_bytes < kAckBytes) return false;
  unacknowledged_bytes = 0;
  return true;
}

std::string RoomMember::Received() const {
  json::object message;
  message["type"] = "received";
  message["id"] = id_;
  message["of"] = page_;
  message["text"] = text_.received;
  message["data"] = data_.received;
  return json::serialize(message);
}

void RoomMember::OnReceived(std::string_view page) {
  if (page == page_ || page.size() > kMostIdBytes) return;
  page_ = page;
  text_ = data_ = Lane();
}

}  // namespace koeru::server
