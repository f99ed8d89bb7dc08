import assert from 'node:assert/strict';
import test from 'node:test';
import { getUserMediaIn } from '../../../build/js/media/get_user_media.js';
import { stopAll } from '../../../build/js/media/opened.js';
import * as fake from '../support/fake_browsers.mjs';

test('stopAll stops what was opened in this page, of every age, once', async () => {
  stopAll();
  const today = await getUserMediaIn(fake.modern('ok'), { audio: true, video: true });
  const old = await getUserMediaIn(fake.chrome21('ok'), { video: true });
  stopAll();
  assert.deepEqual(
    today.getTracks().map(({ readyState }) => readyState),
    ['ended', 'ended'],
  );
  assert.equal(old.stopped, 1);
  stopAll();
  assert.equal(old.stopped, 1);
});
