// The buttons under the pictures: mute, hide, another device, the screen, leave.

import { setText } from './i18n.js';
import { element, show } from './page.js';
import { callProblem } from './problems.js';

const byId = (id) => document.getElementById(id);
const kKinds = [
  { kind: 'audio', button: 'microphone', select: 'microphones', device: 'audioinput' },
  { kind: 'video', button: 'picture', select: 'cameras', device: 'videoinput' },
];

export class Controls {
  #room = null;
  #offersDevices = true;

  constructor(onleave) {
    byId('leave').addEventListener('click', onleave);
    byId('screen').addEventListener('click', () => this.#toggleScreen());
    for (const { kind, button, select } of kKinds) {
      byId(button).addEventListener('click', () =>
        this.#room.mute(kind, byId(button).ariaPressed !== 'true'),
      );
      byId(select).addEventListener('change', ({ target }) => this.#switch(kind, target.value));
    }
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#listDevices());
  }

  // `offersDevices`: another camera or microphone may be chosen.
  follow(room, offersDevices = true) {
    this.#room = room;
    this.#offersDevices = offersDevices;
    room.on('media', () => this.#update());
    this.#update();
    this.#listDevices();
  }

  #update() {
    const { muted, stream, screen } = this.#room;
    for (const { kind, button } of kKinds) {
      byId(button).disabled = !stream?.getTracks().some((track) => track.kind === kind);
      byId(button).ariaPressed = String(muted[kind]);
    }
    byId('screen').hidden = !navigator.mediaDevices?.getDisplayMedia;
    byId('screen').ariaPressed = String(screen !== null);
    setText(byId('screen'), screen ? 'call.screenStop' : 'call.screen');
  }

  async #listDevices() {
    if (!this.#room) return;
    const devices = await navigator.mediaDevices.enumerateDevices();
    for (const { kind, select, device } of kKinds) {
      const there = devices.filter((one) => one.kind === device && one.deviceId);
      const track = this.#room.stream?.getTracks().find((one) => one.kind === kind);
      const present = track?.getSettings().deviceId;
      byId(select).replaceChildren(
        ...there.map(({ deviceId, label }) => element('option', { value: deviceId }, label)),
      );
      if (present) byId(select).value = present;
      byId(select).closest('label').hidden = there.length < 2 || !this.#offersDevices;
    }
  }

  async #switch(kind, deviceId) {
    try {
      await this.#room.switchDevice(kind, deviceId);
    } catch (error) {
      this.#fail(error);
    }
    this.#listDevices();
  }

  async #toggleScreen() {
    if (this.#room.screen) return this.#room.stopScreen();
    try {
      await this.#room.shareScreen();
    } catch (error) {
      // Whoever closes the browser's question knows it.
      if (error.code !== 'NotAllowedError') this.#fail(error);
    }
  }

  #fail(error) {
    show(byId('problem'), ...callProblem(error));
  }
}
