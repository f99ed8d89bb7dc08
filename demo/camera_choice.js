// Which camera, and how large a picture: two lists, and the constraints that they stand for.

import { setText } from './i18n.js';
import { element } from './page.js';

const kSizes = [
  '320 × 240',
  '640 × 480',
  '1280 × 720',
  '1920 × 1080',
  '3840 × 2160',
  '7680 × 4320',
];

const which = document.getElementById('which');
const size = document.getElementById('size');

export function constraints() {
  const video = sizeConstraints();
  if (which.value) video.deviceId = { exact: which.value };
  return { video };
}

export function sizeConstraints() {
  if (!size.value) return {};
  const [width, height] = size.value.split(' × ').map(Number);
  return { width: { exact: width }, height: { exact: height } };
}

// `onWhich` and `onSize` are called when another one is chosen.
export function watchChoices({ onWhich, onSize }) {
  size.append(
    element('option', { value: '', 'data-text': 'camera.anySize' }),
    ...kSizes.map((text) => element('option', { value: text }, text)),
  );
  for (const option of size.querySelectorAll('[data-text]')) setText(option, option.dataset.text);
  which.addEventListener('change', onWhich);
  size.addEventListener('change', onSize);
  listCameras();
  Koeru.onDeviceChange(listCameras);
}

// Names and ids come with the user's permission, so the list is made anew once a camera runs.
export async function listCameras() {
  const devices = await Koeru.enumerateDevices().catch(() => []);
  const chosen = which.value;
  const any = element('option', { value: '' });
  setText(any, 'camera.any');
  const cameras = devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId);
  const options = cameras.map(({ deviceId, label }, index) => {
    const option = element('option', { value: deviceId }, label);
    if (!label) setText(option, 'camera.unnamed', { number: index + 1 });
    return option;
  });
  which.replaceChildren(any, ...options);
  if (cameras.some(({ deviceId }) => deviceId === chosen)) which.value = chosen;
}
