import type { WorkstationBridge } from '../shared/contract/workstation.ts';

declare global {
  interface Window {
    /** The program behind the page; put there by the preload, or by the browser host in tests. */
    readonly workstation: WorkstationBridge;
  }
}
