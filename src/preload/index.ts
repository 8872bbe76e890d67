import { contextBridge, ipcRenderer } from 'electron';
import type { Envelope, WorkstationBridge } from '../shared/contract/workstation.ts';
import { pushNames, requestNames } from '../shared/contract/workstation-names.ts';

/**
 * The only door between the page and the program: the contract's requests and pushes by name, plain data both ways.
 * What passes is checked on the other side; here, only that the name is one of ours.
 */
const bridge: WorkstationBridge = {
  async request(name, input) {
    if (!requestNames.includes(name)) throw new Error('no such request');
    const envelope = (await ipcRenderer.invoke('workstation:request', name, input)) as Envelope;
    if (!envelope.ok) throw new Error(envelope.why);
    return envelope.value as never;
  },
  subscribe(name, listener) {
    if (!pushNames.includes(name)) throw new Error('no such push');
    const relay = (_event: unknown, pushed: string, payload: unknown): void => {
      if (pushed === name) listener(payload as never);
    };
    ipcRenderer.on('workstation:push', relay);
    return () => void ipcRenderer.off('workstation:push', relay);
  },
};

contextBridge.exposeInMainWorld('workstation', bridge);
