#pragma once

// TCP sockets of relayed transport addresses (RFC 6062). None of them blocks, and errno tells why
// one could not be had.
//
//   UniqueFd listener = ListenTcp(relayed);            // nobody else has the port over TCP
//   UniqueFd accepted = AcceptTcp(listener.get(), peer);
//   UniqueFd opened = ConnectTcp(relayed, peer);       // from the port of the listener
//   // once it can be written to:
//   switch (ConnectStateOf(opened.get())) { ... }

#include <string>

#include "core/net/address.h"
#include "native_server/io/unique_fd.h"

namespace koeru::server {

// `device` as in UdpOptions.
UniqueFd ListenTcp(const net::Endpoint& local, const std::string& device = {});

// Closed when nobody waits, or on failure: then errno is not EAGAIN.
UniqueFd AcceptTcp(int listener, net::Endpoint& peer);

// Begins a connection from `local`, where a listener of ListenTcp is; from another port of that
// address when the kernel remembers an earlier connection of the same two endpoints. Closed when it
// fails at once.
UniqueFd ConnectTcp(const net::Endpoint& local, const net::Endpoint& peer,
                    const std::string& device = {});

enum class ConnectState : uint8_t { kPending, kConnected, kFailed };
ConnectState ConnectStateOf(int fd);

// Closing it tells the other end of an abort (RST) instead of an orderly end (FIN).
void AbortOnClose(int fd);

}  // namespace koeru::server
