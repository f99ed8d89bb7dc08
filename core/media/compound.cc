#include "core/media/compound.h"

namespace koeru::media {

void CompoundWriter::Flush() {
  if (size_ > 0) actions_.AddRtcp(Bytes(buffer_).first(size_));
  size_ = 0;
}

}  // namespace koeru::media
