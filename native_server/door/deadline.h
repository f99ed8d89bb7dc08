// Deadline: calls back when what should have happened by then has not.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <utility>

namespace koeru::server {

// Runs on the executor of its session. Set() replaces an earlier deadline.
class Deadline {
 public:
  explicit Deadline(boost::asio::any_io_executor executor) : timer_(std::move(executor)) {}

  void Set(std::chrono::milliseconds time, std::function<void()> on_expired) {
    timer_.expires_after(time);
    timer_.async_wait([this, call = std::move(on_expired),
                       at = timer_.expiry()](boost::system::error_code error) {
      // A timer that had already fired when Set() was called again cannot be cancelled; it is
      // known by its time. `call` keeps the session, and so this object, alive.
      if (!error && at == timer_.expiry()) call();
    });
  }
  void Clear() { timer_.expires_at(boost::asio::steady_timer::time_point::max()); }

 private:
  boost::asio::steady_timer timer_;
};

}  // namespace koeru::server
