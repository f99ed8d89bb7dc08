// Koeru.sdp and 10 MB of anything: linear time.

import assert from 'node:assert/strict';
import test from 'node:test';
import * as Koeru from '../../../build/dist/koeru.mjs';

test('10 MB of anything take a time that is not out of proportion to 1 MB', async () => {
  await Koeru.sdp.ready;
  for (const unit of ['m=\n', 'a=mid:x\r\n', '\n', 'm=audio 9 RTP/AVP 0\r\na=sendrecv\r\n', 'x']) {
    const times = [1, 10].map((megabytes) => {
      const text = unit.repeat(Math.ceil((megabytes << 20) / unit.length));
      const start = performance.now();
      const description = Koeru.sdp.parse(text);
      const { media, session } = description;
      const section = media[media.length - 1] ?? session;
      section.direction = 'recvonly';
      assert.ok(description.toString().length >= text.length);
      assert.equal(section.direction, 'recvonly');
      assert.equal(description.section('none'), undefined);
      return performance.now() - start;
    });
    // Ten times as much, with room for a busy machine and its garbage collection.
    assert.ok(times[1] < 60 * times[0] + 1000, `${JSON.stringify(unit)}: ${times} ms`);
  }
});
