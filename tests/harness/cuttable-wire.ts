import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP wire to a server that a test can cut and mend: for a database that goes away. */
export interface CuttableWire extends AsyncDisposable {
  /** The same address by way of the wire. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections and lets nothing through: the other end says nothing any more. */
  hang(): void;
  mend(): void;
}

export async function layWire(target: string): Promise<CuttableWire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  /** Lets each connection's bytes through, or holds them back. */
  const flows = new Map<Socket, { readonly go: () => void; readonly stop: () => void }>();
  let isCut = false;
  let isHanging = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        flows.delete(near);
        near.destroy();
        far.destroy();
      });
    }
    const flow = {
      go: () => void near.pipe(far).pipe(near),
      stop: () => {
        near.unpipe(far);
        far.unpipe(near);
      },
    };
    flows.set(near, flow);
    if (!isHanging) flow.go();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut() {
      isCut = true;
      breakAll();
    },
    hang() {
      isHanging = true;
      for (const { stop } of flows.values()) stop();
    },
    mend() {
      isCut = false;
      if (!isHanging) return;
      isHanging = false;
      for (const { go } of flows.values()) go();
    },
    async [Symbol.asyncDispose]() {
      breakAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
