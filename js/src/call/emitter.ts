// Handlers by the name of their event. One that throws does not keep the others from hearing.

type Handler = (event: any) => void;

export class EventSource<Events> {
  private handlersByName = new Map<keyof Events, Handler[]>();

  on<Name extends keyof Events>(name: Name, handler: (event: Events[Name]) => void): () => void {
    this.handlersByName.set(name, [...(this.handlersByName.get(name) || []), handler]);
    return () => {
      const left = (this.handlersByName.get(name) || []).filter((other) => other !== handler);
      this.handlersByName.set(name, left);
    };
  }

  once<Name extends keyof Events>(name: Name, handler: (event: Events[Name]) => void): () => void {
    const off = this.on(name, (event) => {
      off();
      handler(event);
    });
    return off;
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const handler of this.handlersByName.get(name) || []) {
      try {
        handler(event);
      } catch (error) {
        // The page's own fault: shown where the page's errors are shown.
        setTimeout(() => {
          throw error;
        });
      }
    }
  }
}
