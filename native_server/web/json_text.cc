#include "native_server/web/json_text.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace koeru::server::web {

std::string JsonString(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

}  // namespace koeru::server::web
