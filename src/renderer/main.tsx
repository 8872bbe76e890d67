import type { WorkstationBridge } from '../shared/contract/workstation.ts';
import { must } from '../shared/lib/assert.ts';
import { startWindow } from './app/start-window.tsx';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';

// The preload puts the one way out of this page here; the page can do nothing else (rule W-13).
const { workstation } = window as unknown as { readonly workstation?: WorkstationBridge };

startWindow(
  must(workstation, 'window.workstation'),
  must(document.getElementById('root'), 'the root element'),
);
