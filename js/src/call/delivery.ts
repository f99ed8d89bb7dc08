// What is said to a member arrives once and in order, whatever becomes of connections: both lanes of
// messages, and the counts that each side tells the other (CALL.md, "Nothing is lost").

import { MessageLane, type WriteMessage } from './message_lane.js';

// Kept for one member that does not acknowledge.
const kMostTextBytes = 1 << 20;
const kMostDataBytes = 16 << 20;

export type DataMessage = string | Uint8Array;

export interface ReceivedMessage {
  type: 'received';
  // Of the sender's page, and of the page that the counts are about; '' while it knows of none.
  id: string;
  of: string;
  text: number;
  data: number;
}

export interface DeliveryWriters {
  text: WriteMessage<string>;
  data: WriteMessage<DataMessage>;
}

export class Delivery {
  readonly text: MessageLane<string>;
  readonly data: MessageLane<DataMessage>;
  private theirId = '';
  private isRunning = false;

  // `id` is not used twice: a page that is loaded anew has another one.
  constructor(
    private id: string,
    member: string,
  ) {
    this.text = new MessageLane(kMostTextBytes, member);
    this.data = new MessageLane(kMostDataBytes, member);
  }

  // The first message on a new connection, and from then on the acknowledgement.
  report(): ReceivedMessage {
    const { id, theirId, text, data } = this;
    return { type: 'received', id, of: theirId, text: text.received, data: data.received };
  }

  receive(message: ReceivedMessage, writers: () => DeliveryWriters): void {
    const { text, data } = this;
    if (message.id !== this.theirId) {
      this.theirId = message.id;
      text.forget();
      data.forget();
    }
    const knowsUs = message.of === this.id;
    if (!this.isRunning) {
      this.isRunning = true;
      const to = writers();
      text.start(to.text, knowsUs ? message.text : null);
      data.start(to.data, knowsUs ? message.data : null);
    } else if (knowsUs) {
      text.ack(message.text);
      data.ack(message.data);
    }
  }

  suspend(): void {
    this.isRunning = false;
    this.text.suspend();
    this.data.suspend();
  }

  close(error: Error): void {
    this.suspend();
    this.text.close(error);
    this.data.close(error);
  }
}
