'use strict';

/** The product's bridge, without its table of names. */
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('workstation', {
  async request(name, input) {
    const envelope = await ipcRenderer.invoke('workstation:request', name, input);
    return envelope.value;
  },
  subscribe(name, listener) {
    ipcRenderer.on('workstation:push', (_event, pushed, payload) => {
      if (pushed === name) listener(payload);
    });
  },
});
