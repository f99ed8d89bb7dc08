// A line to a TCP port of this machine that can be cut: pages reach the server through it.

import { connect, createServer } from 'node:net';

export async function cutLineTo(port) {
  const pairs = new Set();
  let isCut = false;
  let connections = 0;
  const server = createServer((client) => {
    if (isCut) return client.destroy();
    ++connections;
    const upstream = connect(port, '127.0.0.1');
    const pair = [client, upstream];
    pairs.add(pair);
    pair.forEach((socket, i) => {
      socket.pipe(pair[1 - i]);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        pair[1 - i].destroy();
      });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `https://localhost:${server.address().port}`,
    connections: () => connections,
    // Every connection breaks, without a word of the protocol above; none comes up until mend().
    cut() {
      isCut = true;
      for (const [client, upstream] of pairs) {
        client.destroy();
        upstream.resetAndDestroy?.();
      }
    },
    mend() {
      isCut = false;
    },
    async close() {
      this.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
