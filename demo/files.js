// The Files panel: choose one, and everybody is offered it; what others offer is saved or refused.

import { setText, t } from './i18n.js';
import { element, show } from './page.js';
import { formatBytes } from './path_view.js';

// Larger files go straight to the disk, where the browser can do that.
const kInMemory = 64 << 20;

export class FilesPanel {
  #list = document.getElementById('files');
  #input = document.getElementById('file');
  #room = null;

  constructor() {
    this.#input.addEventListener('change', () => {
      for (const file of this.#input.files) this.#offer(file);
      this.#input.value = '';
    });
  }

  follow(room) {
    this.#room = room;
    room.on('file', (offer) => this.#ask(offer));
  }

  clear() {
    this.#list.replaceChildren();
  }

  #offer(file) {
    for (const member of this.#room.members) {
      if (member.state !== 'connected') continue;
      const row = this.#row('file.to', file, member);
      row.follow(this.#room.sendFile(file, member));
    }
  }

  #ask(offer) {
    const row = this.#row('file.from', offer, offer.member);
    row.button('file.save', async () => {
      const sink = offer.size > kInMemory ? await diskSink(offer.name) : undefined;
      const transfer = sink ? offer.accept(sink) : offer.accept();
      row.follow(transfer, (blob) => blob && row.link(blob, offer.name));
    });
    row.button('file.refuse', () => {
      offer.reject();
      row.say('file.refused');
    });
  }

  #row(key, { name, size }, member) {
    const row = new FileRow();
    const who = member.name ?? t('call.guest');
    setText(row.title, key, { file: name, size: formatBytes(size), name: who });
    this.#list.append(row.element);
    return row;
  }
}

class FileRow {
  title = element('span', { class: 'file-name' });
  #state = element('span', { class: 'quiet', role: 'status' });
  #actions = element('span', { class: 'row file-actions' });
  element = element('li', {}, this.title, this.#state, this.#actions);

  button(key, onclick) {
    const button = element('button', { type: 'button' });
    setText(button, key);
    button.addEventListener('click', onclick);
    this.#actions.append(button);
  }

  say(key, values) {
    this.#actions.replaceChildren();
    show(this.#state, key, values);
    this.element.dataset.state = key;
  }

  follow(transfer, ondone) {
    const bar = element('progress', { max: transfer.size || 1, value: 0 });
    bar.setAttribute('aria-label', transfer.name);
    this.#actions.replaceChildren(bar);
    this.button('file.cancel', () => transfer.cancel());
    transfer.on('progress', (bytes) => (bar.value = bytes));
    transfer.done.then(
      (result) => {
        this.say('file.done');
        ondone?.(result);
      },
      (error) => this.say(`file.${error.code}`),
    );
  }

  link(blob, name) {
    const url = URL.createObjectURL(blob);
    const a = element('a', { href: url, download: name }, name);
    this.title.replaceChildren(a);
    delete this.title.dataset.text;
    a.click();
  }
}

async function diskSink(suggestedName) {
  if (!window.showSaveFilePicker) return undefined;
  const file = await window.showSaveFilePicker({ suggestedName });
  return file.createWritable();
}
