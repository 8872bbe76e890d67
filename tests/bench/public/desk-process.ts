import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FromProcess } from '../../../src/main/workstation/process-protocol.ts';
import type { Input, Output } from '../../../src/shared/contract/workstation.ts';
import type { RequestName } from '../../../src/shared/contract/workstation-names.ts';
import type { Act } from '../../../src/shared/domain/command.ts';
import { asCommandId, type ContactId } from '../../../src/shared/domain/ids.ts';
import type { OrderKey } from '../../../src/shared/domain/ordering.ts';
import type { ContactSummary } from '../../../src/shared/domain/contact.ts';
import { programFolder } from '../../harness/e2e-program.ts';
import { Child } from './child.ts';

/** The workstation process as the shell starts it, with its encrypted file, and no window: what a desk holds, asked as the window asks. */
export class DeskProcess implements AsyncDisposable {
  readonly #child = new Child<FromProcess>(join(programFolder, 'src/main/workstation/process.ts'));
  readonly #folder = mkdtempSync(join(tmpdir(), 'fcr-bench-desk-'));
  #requests = 0;

  /** Signed in as one of the demo’s people. */
  static async start(options: { readonly queue: string; readonly who: string }): Promise<DeskProcess> {
    const desk = new DeskProcess();
    await desk.#child.ask(
      {
        kind: 'start',
        folder: desk.#folder,
        profile: 'bench',
        realm: 'demo',
        appVersion: 'bench',
        queue: options.queue,
        demoSignIn: options.who,
        key: '5c'.repeat(32),
        faults: [],
      },
      'ready',
    );
    return desk;
  }

  get pid(): number {
    return this.#child.process.pid ?? 0;
  }

  async request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    const id = (this.#requests += 1);
    const { envelope } = await this.#child.ask(
      { kind: 'request', id, name, input },
      'answer',
      (told) => told.id === id,
    );
    if (!envelope.ok) throw new Error(`the desk refused ${name}: ${envelope.why}`);
    return envelope.value as Output<N>;
  }

  submit(contact: ContactId, act: Act): Promise<Output<'command.submit'>> {
    return this.request('command.submit', { id: asCommandId(randomUUID()), contact, act });
  }

  /** Every row that the window would show. */
  async rows(): Promise<readonly ContactSummary[]> {
    const rows: ContactSummary[] = [];
    let after: OrderKey | null = null;
    do {
      const page: Output<'inbox.read'> = await this.request('inbox.read', { after, limit: 2_000 });
      rows.push(...page.rows.map(({ summary }) => summary));
      after = page.next;
    } while (after !== null);
    return rows;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#child[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
