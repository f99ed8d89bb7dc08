// Shows the path of one connection, once a second, in words and as data attributes.

import { language, setText, t, translate } from './i18n.js';
import { element } from './page.js';
import { formatBytes, pathKey, pathOf } from './path.js';

const kFacts = ['local', 'remote', 'protocol', 'sent', 'received', 'time'];

export class PathView {
  #title = element('h3');
  #words = element('p', { class: 'path-words' });
  #list = element('dl', { class: 'facts' });
  #values = {};
  #end = new AbortController();
  #timer = 0;

  constructor(name) {
    this.element = element('div', { class: 'path' }, this.#title, this.#words, this.#list);
    setText(this.#title, 'path.with', { name });
    for (const fact of kFacts) {
      this.#values[fact] = element('dd', { 'data-fact': fact });
      this.#list.append(element('dt', { 'data-text': `path.${fact}` }), this.#values[fact]);
    }
    translate(this.#list);
    this.element.hidden = true;
  }

  follow(connection) {
    const update = async () => {
      const path = await pathOf(connection);
      if (path) this.#show(path);
    };
    document.addEventListener('languageswitch', update, this.#end);
    update();
    this.#timer = setInterval(update, 1000);
  }

  remove() {
    clearInterval(this.#timer);
    this.#end.abort();
    this.element.remove();
  }

  #show(path) {
    this.element.hidden = false;
    Object.assign(this.element.dataset, path);
    setText(this.#words, pathKey(path));
    const protocol = path.protocol.toUpperCase();
    const relay = path.relayProtocol.toUpperCase();
    const text = {
      local: t(`type.${path.localType}`),
      remote: t(`type.${path.remoteType}`),
      protocol: relay ? t('path.protocolToRelay', { protocol, relay }) : protocol,
      sent: formatBytes(path.bytesSent, language()),
      received: formatBytes(path.bytesReceived, language()),
      time: `${path.milliseconds} ms`,
    };
    for (const fact of kFacts) this.#values[fact].textContent = text[fact];
  }
}
