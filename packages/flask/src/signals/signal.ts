/** What a signal calls: the sender, then what it tells about the event. */
export type Receiver<Sender, Extra> = (sender: Sender, extra: Extra) => unknown

interface Connection<Sender, Extra> {
  readonly receiver: Receiver<Sender, Extra>
  /** `undefined` for receivers of every sender. */
  readonly sender: Sender | undefined
}

/**
 * An event that others can listen to, as Blinker's `Signal`.
 *
 * Receivers are held until they are disconnected. They are called in the order in which they were connected.
 *
 * @see https://flask.palletsprojects.com/signals/
 */
export class Signal<Extra = Record<string, unknown>, Sender = object> {
  readonly name: string
  #connections: readonly Connection<Sender, Extra>[] = []

  constructor(name: string) {
    this.name = name
  }

  /** Whether anybody listens at all: the cheap question to ask before the facts of an event are gathered. */
  get hasReceivers(): boolean {
    return this.#connections.length > 0
  }

  /**
   * Connects a receiver.
   *
   * @param sender - Only events of this sender are received; all events if it is left out.
   * @returns The receiver.
   */
  connect<R extends Receiver<Sender, Extra>>(receiver: R, sender?: Sender): R {
    const known = this.#connections.some((link) => link.receiver === receiver && link.sender === sender)
    if (!known) this.#connections = [...this.#connections, { receiver, sender }]
    return receiver
  }

  /** Ends what `connect` with the same arguments began; without a sender, every connection of the receiver. */
  disconnect(receiver: Receiver<Sender, Extra>, sender?: Sender): void {
    this.#connections = this.#connections.filter(
      (link) => link.receiver !== receiver || (sender !== undefined && link.sender !== sender),
    )
  }

  /** Connects a receiver for the life of the returned object: `using link = signal.connectedTo(receiver)`. */
  connectedTo(receiver: Receiver<Sender, Extra>, sender?: Sender): Disposable {
    this.connect(receiver, sender)
    return { [Symbol.dispose]: () => this.disconnect(receiver, sender) }
  }

  /** Whether an event of this sender would reach anybody. */
  hasReceiversFor(sender: Sender): boolean {
    return this.#connections.some((link) => link.sender === undefined || link.sender === sender)
  }

  /** The receivers of a sender's events, in order. */
  receiversFor(sender: Sender): Receiver<Sender, Extra>[] {
    return this.#connections
      .filter((link) => link.sender === undefined || link.sender === sender)
      .map((link) => link.receiver)
  }

  /**
   * Tells all receivers of an event.
   *
   * @returns Each receiver with what it returned (a promise, where it is async).
   */
  send(sender: Sender, extra: Extra): [receiver: Receiver<Sender, Extra>, result: unknown][] {
    return this.receiversFor(sender).map((receiver) => [receiver, receiver(sender, extra)])
  }

  /** As `send`, and waits for the async receivers, one after the other. */
  async sendAsync(sender: Sender, extra: Extra): Promise<[Receiver<Sender, Extra>, unknown][]> {
    const results: [Receiver<Sender, Extra>, unknown][] = []
    for (const receiver of this.receiversFor(sender)) results.push([receiver, await receiver(sender, extra)])
    return results
  }
}

/** Signals by name, as Blinker's `Namespace`: the same name gives the same signal. */
export class Namespace {
  readonly #signals = new Map<string, Signal>()

  /** The signal of this name, made on first use. */
  signal<Extra = Record<string, unknown>>(name: string): Signal<Extra> {
    let signal = this.#signals.get(name)
    if (signal === undefined) {
      signal = new Signal(name)
      this.#signals.set(name, signal)
    }
    // A namespace cannot know what its users send; the type is theirs to give.
    return signal as unknown as Signal<Extra>
  }
}
