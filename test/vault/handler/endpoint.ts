import * as http from 'node:http';
import { AddressInfo } from 'node:net';
import { Fault, Reply } from './fault';
import { VirtualClock } from './virtual-clock';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly operation: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A local HTTP server that plays an AWS service, and misbehaves by script. */
export abstract class Endpoint {
  /** Used up one by one, each by the next request that it is for. */
  public faults: Fault[] = [];
  /** For every request, once the faults are used up. */
  public outage: Fault | undefined;
  /** Everything that arrived, whatever became of it. */
  public received: ReceivedRequest[] = [];

  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => this.reply(this.toRequest(request, Buffer.concat(chunks).toString()), request, response));
  });

  constructor(protected readonly clock: VirtualClock) {
    this.server.keepAliveTimeout = 0;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public start(): Promise<void> {
    return new Promise(resolve => this.server.listen(0, '127.0.0.1', () => resolve()));
  }

  public stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise(resolve => this.server.close(() => resolve()));
  }

  /** How often an operation was asked for. */
  public calls(operation: string): number {
    return this.received.filter(request => request.operation === operation).length;
  }

  /** Names the operation that a request is for. */
  protected abstract operationOf(request: http.IncomingMessage): string;

  /** Does what is asked for and says so. */
  protected abstract answer(request: ReceivedRequest): Reply;

  private toRequest(request: http.IncomingMessage, body: string): ReceivedRequest {
    return { operation: this.operationOf(request), path: request.url ?? '', headers: request.headers, body };
  }

  private reply(request: ReceivedRequest, raw: http.IncomingMessage, response: http.ServerResponse): void {
    this.received.push(request);
    const fault = this.nextFault(request.operation);
    if (!fault) {
      send(response, this.answer(request));
      return;
    }
    const effect = fault.takesEffect ? this.answer(request) : undefined;
    switch (fault.kind) {
      case 'reply':
        send(response, fault.reply!);
        break;
      case 'drop':
        raw.socket.destroy();
        break;
      case 'hang':
        this.clock.ringNext();
        break;
      case 'truncate':
        response.writeHead(effect!.status, { 'content-length': Buffer.byteLength(effect!.body) });
        response.write(effect!.body.slice(0, -3), () => raw.socket.destroy());
        break;
      case 'slow':
        this.clock.advance(fault.milliseconds!);
        send(response, effect!);
        break;
    }
  }

  private nextFault(operation: string): Fault | undefined {
    const index = this.faults.findIndex(fault => fault.operation === undefined || fault.operation === operation);
    if (index >= 0) {
      return this.faults.splice(index, 1)[0];
    }
    return this.outage?.operation === undefined || this.outage.operation === operation ? this.outage : undefined;
  }
}

function send(response: http.ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(reply.body);
}
