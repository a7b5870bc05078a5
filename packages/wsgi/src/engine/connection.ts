import type { Duplex } from 'node:stream'
import { BodyReceiver, wholeBody } from './body-receiver.ts'
import { Deadline } from './deadline.ts'
import { Ends } from './ends.ts'
import type { Engine } from './engine.ts'
import { RequestRefused, RequestTimeout } from './errors.ts'
import { Exchange } from './exchange.ts'
import { Input } from './input.ts'
import { Intake } from './intake.ts'
import { Outgoing } from './outgoing.ts'
import type { ProxyHeader } from './proxy-protocol.ts'
import { refusal } from './refusal.ts'
import type { RequestHead } from './request-head.ts'
import { RequestReader } from './request-reader.ts'
import type { Transport, TransportInfo } from './transport.ts'
import type { Wire } from './wire.ts'

/**
 * One connection: its bytes in, its exchanges one after the other, its bytes out.
 *
 * Whoever owns the transport calls `receive`, `clientEnded`, `drained` and `closed`, and `tick` now and then.
 */
export class Connection implements Wire {
  readonly engine: Engine
  readonly out: Outgoing
  readonly ends: Ends
  readonly #transport: Transport
  readonly #info: TransportInfo
  readonly #input = new Input()
  readonly #reader: RequestReader
  readonly #intake: Intake
  #exchange: Exchange | undefined
  #receiver: BodyReceiver | undefined
  #requests = 0
  #running = false
  #yielding = false
  #inputEnded = false
  /** Our side is ended: what still comes is dropped. */
  #lingering = false
  #detached = false
  #broken = false
  readonly #deadline = new Deadline()

  /**
   * @param proxy - Whether the connection may begin with a header of the PROXY protocol, or the header if it was
   * already read.
   */
  constructor(
    engine: Engine,
    transport: Transport,
    info: TransportInfo,
    proxy: boolean | ProxyHeader = false,
  ) {
    this.engine = engine
    this.#transport = transport
    this.#info = info
    this.ends = new Ends(transport, info, typeof proxy === 'object' ? proxy : undefined)
    this.#reader = new RequestReader(engine, this.#input, this.ends, proxy === true)
    this.#intake = new Intake(transport, engine.limits.maxDrain)
    this.out = new Outgoing(transport, () => this.#arm())
    this.#deadline.set('first', engine.now + engine.limits.headTimeout)
    // An access log needs the address after the client has gone, when the socket no longer tells it.
    if (engine.hooks.requestEnded !== undefined) void this.ends.remote
  }

  get proxy(): ProxyHeader | undefined {
    return this.#requests === 1 ? this.ends.proxy : undefined
  }

  /** Whether a request is being answered. */
  get busy(): boolean {
    return this.#exchange !== undefined && !this.#exchange.finished
  }

  /** Whether the input so far ends inside a message. */
  get midMessage(): boolean {
    return (
      !this.#lingering &&
      (this.#receiver !== undefined || (this.#exchange === undefined && this.#input.size > 0))
    )
  }

  /** Whether what is read now could not be answered at once. */
  get #waitsForTurn(): boolean {
    return this.#exchange !== undefined || this.#yielding
  }

  /** Takes bytes from the client. They must not change afterwards. */
  receive(bytes: Buffer): void {
    if (this.#lingering) {
      this.#intake.drop(bytes.length)
      return
    }
    this.#input.append(bytes)
    if (this.#receiver !== undefined) this.#receiveBody()
    if (this.#exchange === undefined) this.#run()
    else this.#arm()
    if (this.#waitsForTurn && this.#input.size > this.engine.limits.maxPipelined) this.#intake.pause()
  }

  /** The client will send nothing more. It may still be listening. */
  clientEnded(): void {
    this.#inputEnded = true
    if (this.#exchange === undefined || this.#lingering) {
      this.#shutDown()
      return
    }
    this.#exchange.inputEnded()
    if (this.#exchange?.finished === true) this.#shutDown()
  }

  /** The transport has sent everything that it was given. */
  drained(): void {
    this.out.onDrain()
    if (this.#lingering) {
      this.#deadline.set('end', this.engine.now + this.engine.limits.lingerTimeout)
      return
    }
    this.#deadline.clear()
    if (this.#exchange === undefined) this.#run()
    else this.#arm()
  }

  /** The transport is closed. */
  closed(): void {
    this.#deadline.clear()
    this.#lingering = true
    this.out.onClose()
    this.#input.clear()
    this.#exchange?.disconnected()
  }

  /**
   * Ends the connection as soon as nothing is in flight.
   *
   * @param grace - For so many milliseconds more an idle connection is listened to, because a request may be on its way.
   */
  drain(grace = 0): void {
    if (this.#exchange !== undefined || this.#input.size > 0 || this.#lingering) return
    if (grace === 0) {
      this.#shutDown()
      return
    }
    this.#deadline.set('idle', performance.now() + grace)
  }

  /** Enforces the deadline. */
  tick(now: number): void {
    if (!this.#deadline.isOver(now)) return
    const { limits } = this.engine
    switch (this.#deadline.waiting) {
      case 'first':
      case 'head':
        if (this.#input.size === 0) this.#shutDown()
        else this.#refuse(new RequestTimeout('head', limits.headTimeout))
        return
      case 'body':
        this.#bodyBroken(new RequestTimeout('body', limits.bodyTimeout))
        return
      case 'idle':
        this.#shutDown()
        return
      case 'write':
      case 'end':
        this.#transport.destroy()
    }
  }

  /** Reads requests out of the input as long as each is answered at once. */
  #run(): void {
    if (this.#running || this.#yielding) return
    this.#running = true
    const input = this.#input
    let batch = this.engine.limits.maxBatch
    while (this.#exchange === undefined && input.size > 0 && !this.#lingering && !this.out.congested) {
      if (batch-- === 0) {
        this.#yield()
        break
      }
      if (!this.#readRequest()) break
    }
    this.#running = false
    if (this.#detached) return
    if (input.size === 0) {
      // A pipelined rest can keep a large buffer alive on an idle connection.
      if (input.end > 0) input.clear()
      if (this.#inputEnded && this.#exchange === undefined) this.#shutDown()
    }
    this.out.flush()
    if (this.#intake.paused && !this.#waitsForTurn && !this.out.congested) this.#intake.resume()
    this.#arm()
  }

  /** Lets other connections have their turn before the rest of a long pipeline. */
  #yield(): void {
    this.#yielding = true
    if (this.#input.size > this.engine.limits.maxPipelined) this.#intake.pause()
    setImmediate(() => {
      this.#yielding = false
      if (this.#exchange === undefined) this.#run()
    })
  }

  /** @returns Whether a whole head was read. */
  #readRequest(): boolean {
    try {
      const head = this.#reader.read()
      if (head === undefined) return false
      this.#begin(head)
      return true
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      this.#refuse(error)
      return false
    }
  }

  #begin(head: RequestHead): void {
    const { engine } = this
    const exchange = new Exchange(this, head)
    const whole = wholeBody(head.bodyLength, this.#input, engine.limits)
    if (whole === undefined) this.#beginBody(exchange)
    else exchange.body = whole
    if (this.#deadline.waiting === 'head' || this.#deadline.waiting === 'first') this.#deadline.clear()
    this.#requests++
    engine.requests++
    this.#exchange = exchange
    exchange.run()
  }

  #beginBody(exchange: Exchange): void {
    const { engine, out } = this
    const { limits } = engine
    const receiver = new BodyReceiver(exchange.head.bodyLength, {
      out,
      limits,
      intake: this.#intake,
      expectContinue: exchange.head.expectContinue,
      until: engine.now + limits.requestTimeout,
      onWanted: () => {
        if (this.#running) return
        out.flush()
        this.#arm()
      },
    })
    exchange.body = receiver.body
    receiver.receive(this.#input)
    this.#receiver = receiver
  }

  #receiveBody(): void {
    const receiver = this.#receiver!
    const finished = this.#exchange?.finished === true
    try {
      if (receiver.receive(this.#input)) {
        this.#receiver = undefined
        if (finished) this.#exchange = undefined
      } else if (finished && receiver.arrived > this.engine.limits.maxDrain) {
        this.#shutDown()
      }
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error
      this.#bodyBroken(error)
    }
  }

  /** The rest of a body is late or malformed: the application gets to know, and the connection ends after its answer. */
  #bodyBroken(error: RequestRefused): void {
    this.#broken = true
    this.#deadline.clear()
    this.engine.hooks.refused?.(error, this.ends.remote.host)
    const receiver = this.#receiver
    this.#input.clear()
    if (this.#exchange === undefined || this.#exchange.finished) this.#shutDown()
    else receiver?.body.fail(error)
    this.#receiver = undefined
  }

  mayPersist(): boolean {
    const { limits } = this.engine
    if (this.#broken || this.#inputEnded) return this.#inputEnded && !this.#broken && this.#input.size > 0
    if (this.#requests >= limits.maxRequestsPerConnection) return false
    return this.#receiver === undefined || this.#receiver.canBeSkipped
  }

  exchangeDone(keepAlive: boolean): void {
    if (this.#detached) return
    if (!keepAlive) {
      this.#shutDown()
      return
    }
    if (this.#receiver !== undefined) {
      this.#receiver.body.discard()
      if (!this.#running) this.out.flush()
      this.#intake.resume()
      this.#arm()
      return
    }
    this.#exchange = undefined
    if (!this.#running) this.#run()
  }

  abandon(): void {
    this.out.flush()
    this.#transport.destroy()
  }

  takeOver(): { readonly socket: Duplex; readonly head: Uint8Array } {
    this.out.flush()
    this.#detached = true
    this.#lingering = true
    this.#deadline.clear()
    const head = Buffer.from(this.#input.takeRest())
    this.#input.clear()
    const socket = this.#transport as unknown as Duplex
    if (this.#info.release === undefined) throw new Error('this transport cannot be handed over')
    this.#info.release()
    return { socket, head }
  }

  #refuse(error: RequestRefused): void {
    this.engine.hooks.refused?.(error, this.ends.remote.host)
    this.out.text(refusal(error, this.engine.serverName))
    this.#shutDown()
  }

  /** Ends our side. The client's is read for a while, so that it gets the last response before a reset could reach it. */
  #shutDown(): void {
    this.out.flush()
    this.#exchange = undefined
    this.#receiver = undefined
    if (this.#lingering) return
    this.#lingering = true
    this.#intake.drop(this.#input.size)
    this.#input.clear()
    this.#transport.end()
    this.#intake.resume()
    const { limits, now } = this.engine
    const time = this.#transport.writableLength > 0 ? limits.writeTimeout : limits.lingerTimeout
    this.#deadline.set('end', now + time)
  }

  /** Sets the deadline for what the connection now waits for. */
  #arm(): void {
    if (this.#lingering) return
    const { limits, now } = this.engine
    if (this.#transport.writableLength > 0) {
      this.#deadline.setAnew('write', now + limits.writeTimeout)
    } else if (this.#exchange !== undefined) {
      const receiver = this.#receiver
      if (
        receiver !== undefined &&
        !this.#intake.paused &&
        (this.#exchange.finished || receiver.body.awaited)
      ) {
        this.#deadline.set('body', Math.min(now + limits.bodyTimeout, receiver.until))
      } else {
        this.#deadline.clear()
      }
    } else if (this.#input.size > 0) {
      if (this.#deadline.waiting !== 'first') this.#deadline.setAnew('head', now + limits.headTimeout)
    } else if (this.#requests > 0) {
      this.#deadline.set('idle', now + limits.keepAliveTimeout)
    }
  }
}
