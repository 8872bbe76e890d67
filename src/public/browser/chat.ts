/** The chat's page with script: lines come and go without reloading. Everything it shows, the page shows without it too. */
interface Line {
  readonly s: number;
  readonly id: string;
  readonly from: 'public' | 'assistant' | 'handler' | 'system';
  readonly text: string;
  readonly at: number;
  readonly lang: string | null;
}
interface Standing {
  readonly stage: 'assistant' | 'handed' | 'ended';
  readonly typing: boolean;
  readonly choices: readonly string[];
  readonly keptUpTo: number;
  readonly receivedUpTo: number;
  readonly answeredUpTo: number;
  readonly notTakenFrom: number | null;
  readonly sentences: readonly string[];
}
interface ChatWords {
  readonly marks: Readonly<
    Record<'sending' | 'unsent' | 'kept' | 'received' | 'answered' | 'notTaken', string>
  >;
  readonly names: Readonly<Record<Line['from'], string>>;
  readonly typing: string;
  readonly offline: string;
  readonly back: string;
  readonly over: string;
  readonly byMachine: string;
  readonly goOn: string;
}

function follow(chat: HTMLElement): void {
  const words = JSON.parse(chat.dataset['words'] ?? '{}') as ChatWords;
  const token = chat.dataset['token'] ?? '';
  const lines = document.querySelector<HTMLOListElement>('#lines');
  const scroller = document.querySelector<HTMLElement>('#transcript');
  const sentences = document.querySelector<HTMLElement>('#standing');
  const network = document.querySelector<HTMLElement>('#network');
  const typing = document.querySelector<HTMLElement>('#typing');
  const choices = document.querySelector<HTMLElement>('#choices');
  const say = document.querySelector<HTMLFormElement>('#say');
  const text = document.querySelector<HTMLTextAreaElement>('#text');
  if (lines === null || scroller === null || say === null || text === null) return;
  let standing: Standing | null = null;

  const element = (name: string, className: string, content: string): HTMLElement => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = content;
    return made;
  };
  const toEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
    scroller.scrollIntoView({ block: 'nearest' });
  };
  const lineOf = (id: string): HTMLElement | null => lines.querySelector(`[data-id="${CSS.escape(id)}"]`);
  const clock = (at: number): string =>
    new Date(at).toLocaleTimeString('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'Europe/London',
    });

  function draw({ id, from, text: said, at, lang }: Omit<Line, 's'>, s: number | null): void {
    let item = lineOf(id);
    if (item === null) {
      item = element('li', from, '');
      item.dataset['id'] = id;
      const who = element('p', 'who', `${words.names[from]} `);
      who.append(element('time', '', clock(at)));
      const written = element('p', 'words', said);
      written.dir = 'auto';
      if (lang !== null) written.lang = lang;
      item.append(who, written);
      if (from === 'handler' && lang !== null) item.append(element('p', 'by-machine', words.byMachine));
      if (from === 'public') item.append(element('p', 'mark', s === null ? words.marks.sending : ''));
      lines?.append(item);
      toEnd();
    }
    if (s !== null) item.dataset['s'] = String(s);
    mark(item);
  }

  /** How far a line has come; one without a number is not known to us yet. */
  function mark(item: HTMLElement): void {
    const shown = item.querySelector('.mark');
    const s = Number(item.dataset['s'] ?? 0);
    if (shown === null || s === 0 || standing === null) return;
    const { stage, keptUpTo, receivedUpTo, answeredUpTo, notTakenFrom } = standing;
    const { marks } = words;
    const now =
      notTakenFrom !== null && s >= notTakenFrom
        ? marks.notTaken
        : stage === 'assistant'
          ? ''
          : s <= answeredUpTo
            ? marks.answered
            : s <= receivedUpTo
              ? marks.received
              : s <= keptUpTo
                ? marks.kept
                : '';
    if (shown.textContent !== now) shown.textContent = now;
  }

  const send = (path: string, body: object, keepalive = false): Promise<Response> =>
    fetch(`/chat/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, token }),
      keepalive,
    });

  // Lines one after the other, each until we have it. The name of a line is made once: sent again, it is the same line.
  const unsent: { readonly id: string; readonly text: string }[] = [];
  let isSending = false;
  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let tries = 0; unsent.length > 0;) {
      const next = unsent[0];
      if (next === undefined) break;
      const answer = await send('lines', next).catch(() => null);
      if (isOver) return;
      if (answer?.status === 422) {
        const { problem } = (await answer.json().catch(() => ({}))) as { readonly problem?: string };
        giveBack(problem ?? words.marks.unsent);
        break;
      }
      if (answer?.ok === true) {
        unsent.shift();
        tries = 0;
        continue;
      }
      // The chat is over, or is not known any more.
      if (answer?.status === 410 || answer?.status === 403) return end();
      tries += 1;
      const shown = lineOf(next.id)?.querySelector('.mark');
      if (shown !== undefined && shown !== null) shown.textContent = words.marks.unsent;
      await new Promise((on) => setTimeout(on, Math.min(10_000, 500 * 2 ** tries)));
    }
    isSending = false;
  }
  /** What was not taken stands in the box again, before what is being written there: nobody loses a word of theirs. */
  function giveBack(why: string): void {
    if (text === null) return;
    for (const { id } of unsent) lineOf(id)?.remove();
    text.value = [...unsent.splice(0).map((line) => line.text), text.value]
      .filter((each) => each !== '')
      .join('\n');
    if (network !== null) network.textContent = why;
  }

  /** The chat is over: the page says how, unless words of theirs would go with this one. */
  let isOver = false;
  function end(): void {
    if (isOver) return;
    isOver = true;
    if (unsent.length === 0 && text?.value.trim() === '') return location.replace('/chat/now');
    giveBack(words.over);
    const on = element('a', 'button', words.goOn) as HTMLAnchorElement;
    on.href = '/chat/now';
    say?.querySelector('button')?.replaceWith(on);
    if (choices !== null) choices.hidden = true;
    sentences?.replaceChildren();
    if (typing !== null) typing.textContent = '';
  }

  const newId = (): string =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
  /** When our side was told last that they type; not since their last line, which says that they have stopped. */
  let toldTyping = 0;
  function write(said: string): void {
    toldTyping = 0;
    const line = { id: newId(), text: said };
    draw({ ...line, from: 'public', at: Date.now(), lang: null }, null);
    unsent.push(line);
    void sendAll();
  }

  say.addEventListener('submit', (event) => {
    event.preventDefault();
    const said = text.value.trim();
    text.focus();
    if (said === '' || isOver) return;
    text.value = '';
    write(said);
  });
  const isDesk = matchMedia('(pointer: fine)').matches;
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !isDesk) return;
    event.preventDefault();
    say.requestSubmit();
  });
  text.addEventListener('input', () => {
    if (standing?.stage !== 'handed' || Date.now() - toldTyping < 4_000) return;
    toldTyping = Date.now();
    send('typing', {}).catch(() => undefined);
  });
  choices?.addEventListener('submit', (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    if (!(pressed instanceof HTMLButtonElement)) return;
    // Until it is answered: pressed twice, it would answer the next question too.
    choices.hidden = true;
    text.focus();
    write(pressed.value);
  });

  function drawChoices(labels: readonly string[]): void {
    choices?.replaceChildren(
      ...labels.map((label) => {
        const form = document.createElement('form');
        const button = element('button', 'button quiet', label) as HTMLButtonElement;
        button.value = label;
        form.append(button);
        return form;
      }),
    );
  }

  // How far our lines have come. What was not heard is told again with the next line, and when the connection is back.
  let [delivered, seen] = [0, 0];
  function tellSeen(): void {
    const last =
      [...(lines?.querySelectorAll<HTMLElement>('li.handler, li.system') ?? [])].at(-1)?.dataset['id'] ?? '';
    const n = /^q\d+$/.test(last) ? Number(last.slice(1)) : 0;
    if (n <= (document.hidden ? Math.max(delivered, seen) : seen)) return;
    const how = document.hidden ? 'delivered' : 'seen';
    const before = [delivered, seen] as const;
    if (how === 'seen') seen = n;
    else delivered = n;
    send('seen', { upTo: String(n), how })
      .then((answer) => answer.ok || Promise.reject(new Error(how)))
      .catch(() => ([delivered, seen] = before));
  }
  document.addEventListener('visibilitychange', tellSeen);

  function take(next: Standing): void {
    const before = standing;
    standing = next;
    if (next.stage === 'ended') return end();
    if (sentences !== null && before?.sentences.join() !== next.sentences.join())
      sentences.replaceChildren(...next.sentences.map((each) => element('p', '', each)));
    if (typing !== null && before?.typing !== next.typing)
      typing.textContent = next.typing ? words.typing : '';
    if (before?.choices.join() !== next.choices.join()) drawChoices(next.choices);
    for (const item of lines?.querySelectorAll<HTMLElement>('li.public') ?? []) mark(item);
  }

  let wasLost = false;
  function connect(): void {
    const last = [...(lines?.querySelectorAll<HTMLElement>('li[data-s]') ?? [])].map((item) =>
      Number(item.dataset['s']),
    );
    if (isOver) return;
    const events = new EventSource(`/chat/events?after=${Math.max(0, ...last)}`);
    events.addEventListener('open', () => {
      if (network !== null && wasLost) network.textContent = words.back;
      wasLost = false;
      tellSeen();
      void sendAll();
    });
    events.addEventListener('line', (event) => {
      const line = JSON.parse((event as MessageEvent<string>).data) as Line;
      draw(line, line.s);
      if (line.from === 'assistant' && choices !== null) choices.hidden = false;
      tellSeen();
    });
    events.addEventListener('standing', (event) =>
      take(JSON.parse((event as MessageEvent<string>).data) as Standing),
    );
    events.addEventListener('error', () => {
      if (isOver) return events.close();
      if (network !== null) network.textContent = words.offline;
      wasLost = true;
      // Told that it is not there, a browser does not ask again by itself.
      if (events.readyState !== EventSource.CLOSED) return;
      setTimeout(() => {
        fetch('/chat/now', { method: 'HEAD' })
          .then((answer) => (answer.redirected ? end() : connect()))
          .catch(connect);
      }, 2_000);
    });
  }
  connect();
  // An open connection does not say that anybody is at its other end.
  setInterval(() => {
    if (!isOver) send('here', {}).catch(() => undefined);
  }, 30_000);
  toEnd();
  tellSeen();
}

const chat = document.querySelector<HTMLElement>('#chat');
if (chat !== null && chat.dataset['stage'] !== 'ended') follow(chat);
