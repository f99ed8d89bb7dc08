// The asynchronous operations of TlsStream, as boost::asio::async_compose wants them. Only for
// tls_stream.h.
//
// Each is a loop around one engine call: step; send what came out; when input is needed, read from
// the socket; when the output is full, wait until it is sent; otherwise complete.
#pragma once

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "native_server/tls/tls_connection.h"

namespace koeru::server::tls_internal {

using boost::system::error_code;

// The first buffer with room in a buffer sequence; "some" never promises more.
template <typename Byte, typename BufferSequence>
std::span<Byte> FirstOf(const BufferSequence& buffers) {
  const auto end = boost::asio::buffer_sequence_end(buffers);
  for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end; ++it) {
    const auto buffer = *it;  // some iterators have no arrow
    if (buffer.size() != 0) return {static_cast<Byte*>(buffer.data()), buffer.size()};
  }
  return {};
}

// What one write sends. Beast hands over a header as dozens of small buffers; each would become a
// TLS record of its own, so they are put together in `gathered`, up to one full record.
template <typename BufferSequence>
std::span<const uint8_t> Gather(const BufferSequence& buffers, std::vector<uint8_t>& gathered) {
  constexpr size_t kRecord = 16 * 1024;  // RFC 8446 §5.1
  const std::span<const uint8_t> first = FirstOf<const uint8_t>(buffers);
  const size_t total = boost::asio::buffer_size(buffers);
  if (first.size() == total || first.size() >= kRecord) return first;
  gathered.resize(std::min(total, kRecord));
  boost::asio::buffer_copy(boost::asio::buffer(gathered), buffers);
  return gathered;
}

enum class Wait { kStart, kInput, kFlush, kPosted };

// What the operations have in common. `Derived` has Step(engine), kWaitsForFlush and
// Complete(self, result).
template <typename Derived>
struct OpBase {
  std::shared_ptr<TlsConnection> connection;
  Wait wait = Wait::kStart;
  TlsEngine::Step result{};
  bool stepped = false;  // `result` is final: only its output has to go out

  template <typename Self>
  void operator()(Self& self, error_code error = {}, size_t size = 0) {
    switch (std::exchange(wait, wait == Wait::kStart ? Wait::kPosted : wait)) {
      case Wait::kStart:
        // A completion may not come out of the call that started the operation.
        boost::asio::post(connection->socket.get_executor(), std::move(self));
        return;
      case Wait::kInput:
        if (error == boost::asio::error::eof) {
          connection->engine->EndInput();
        } else if (error) {
          static_cast<Derived*>(this)->Complete(self, {.error = error});
          return;
        } else {
          connection->engine->AddInput(size);
        }
        break;
      case Wait::kFlush:
        if (!connection->socket.is_open()) {
          static_cast<Derived*>(this)->Complete(self,
                                                {.error = boost::asio::error::operation_aborted});
          return;
        }
        break;
      case Wait::kPosted:
        break;
    }
    Run(self);
  }

  template <typename Self>
  void Run(Self& self) {
    if (!stepped) {
      result = static_cast<Derived*>(this)->Step(*connection->engine);
      connection->StartFlush();
      if (result.need == TlsEngine::Need::kInput) return ReadInput(self);
      stepped = result.need == TlsEngine::Need::kNothing;
    }
    const bool must_flush = !stepped || Derived::kWaitsForFlush;
    if (must_flush && !connection->flush_finished() && !connection->flush_error) {
      wait = Wait::kFlush;
      connection->flushed.async_wait(std::move(self));
      return;
    }
    if (must_flush && connection->flush_error && !result.error) {
      result = {.error = connection->flush_error};
      stepped = true;
    }
    if (!stepped) return Run(self);  // the output is out: the engine may go on
    static_cast<Derived*>(this)->Complete(self, result);
  }

  template <typename Self>
  void ReadInput(Self& self) {
    wait = Wait::kInput;
    const std::span<uint8_t> space = connection->engine->input_space();
    TlsConnection& target = *connection;  // `self` owns *this, and is moved away
    target.socket.async_read_some(boost::asio::buffer(space.data(), space.size()), std::move(self));
  }
};

struct HandshakeOp : OpBase<HandshakeOp> {
  static constexpr bool kWaitsForFlush = true;
  static TlsEngine::Step Step(TlsEngine& engine) { return engine.Handshake(); }
  template <typename Self>
  static void Complete(Self& self, TlsEngine::Step step) {
    self.complete(step.error);
  }
};

struct ReadOp : OpBase<ReadOp> {
  static constexpr bool kWaitsForFlush = false;
  std::span<uint8_t> into;

  ReadOp(OpBase<ReadOp> base, std::span<uint8_t> buffer)
      : OpBase<ReadOp>(std::move(base)), into(buffer) {}
  TlsEngine::Step Step(TlsEngine& engine) const {
    return into.empty() ? TlsEngine::Step{} : engine.Read(into);
  }
  template <typename Self>
  static void Complete(Self& self, TlsEngine::Step step) {
    self.complete(step.error, step.bytes);
  }
};

struct WriteOp : OpBase<WriteOp> {
  static constexpr bool kWaitsForFlush = true;
  std::span<const uint8_t> data;

  WriteOp(OpBase<WriteOp> base, std::span<const uint8_t> buffer)
      : OpBase<WriteOp>(std::move(base)), data(buffer) {}
  TlsEngine::Step Step(TlsEngine& engine) const {
    return data.empty() ? TlsEngine::Step{} : engine.Write(data);
  }
  template <typename Self>
  static void Complete(Self& self, TlsEngine::Step step) {
    self.complete(step.error, step.bytes);
  }
};

struct ShutdownOp : OpBase<ShutdownOp> {
  // More than a peer has in flight; after that it gets its reset.
  static constexpr size_t kDrainLimit = 256 * 1024;
  static constexpr bool kWaitsForFlush = true;
  size_t drained = 0;
  bool draining = false;

  explicit ShutdownOp(OpBase<ShutdownOp> base) : OpBase<ShutdownOp>(std::move(base)) {}
  static TlsEngine::Step Step(TlsEngine& engine) { return engine.CloseNotify(); }

  template <typename Self>
  void operator()(Self& self, error_code error = {}, size_t size = 0) {
    if (!draining) return OpBase<ShutdownOp>::operator()(self, error, size);
    drained += size;
    if (!error && drained < kDrainLimit) return Drain(self);
    connection->Close();
    self.complete(result.error);
  }

  template <typename Self>
  void Complete(Self& self, TlsEngine::Step step) {
    result = step;
    draining = true;
    error_code ignored;
    connection->socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    Drain(self);
  }

  template <typename Self>
  void Drain(Self& self) {
    TlsConnection& target = *connection;
    const std::span<uint8_t> space = target.engine->input_space();
    target.socket.async_read_some(boost::asio::buffer(space.data(), space.size()), std::move(self));
  }
};

}  // namespace koeru::server::tls_internal
