import type { Ask, Place } from '../context.ts';
import { html } from '../html/html.ts';
import { bullets, page, paragraphs } from '../html/page.ts';
import type { Reply } from '../http/exchange.ts';

/** The first page: five steps to the right place, and how long things take. */
export async function homePage({ shell, waits }: Place): Promise<Reply> {
  const { words } = shell;
  const { home } = words;
  const sentences = await waits.sentences(words);
  return {
    kind: 'page',
    page: page(shell, {
      title: home.title,
      main: html`<h1>${home.title}</h1>
        <p class="lead">${home.lead}</p>
        <ol class="steps">
          ${home.steps.map(
            ({ title, text, link, to }) =>
              html`<li>
                <h2>${title}</h2>
                <p>${text}</p>
                <p><a class="way" href="${to}">${link}</a></p>
              </li>`,
          )}
        </ol>
        <p>${home.same}</p>
        <section aria-labelledby="waits">
          <h2 id="waits">${home.waits}</h2>
          ${bullets(sentences)}
        </section>`,
    }),
  };
}

export function emergencyPage({ shell }: Place): Reply {
  const { emergencyPage: words } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: words.title,
      back: '/',
      main: html`<h1>${words.title}</h1>
        <p class="lead">${words.call}</p>
        <p><a class="button danger" href="tel:999">999</a></p>
        <h2>${words.cannotSpeak}</h2>
        <ol>
          ${words.cannotSpeakList.map((each) => html`<li>${each}</li>`)}
        </ol>
        <h2>${words.deaf}</h2>
        ${bullets(words.deafList)}
        <h2>${words.canWrite}</h2>
        <p>${words.canWriteText} <a href="/chat">${shell.words.chat.title}</a></p>`,
    }),
  };
}

export function routesPage({ shell }: Place): Reply {
  const { routes, reports, chat, forThePolice } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: routes.title,
      back: '/',
      main: html`<h1>${routes.title}</h1>
        <h2>${routes.urgent}</h2>
        ${bullets(routes.urgentList)}
        <p><a href="/emergency">${shell.words.emergency.stripLink}</a></p>
        <h2>${routes.other}</h2>
        ${bullets([...routes.otherList, routes.text])}
        <h2>${routes.online}</h2>
        ${bullets([html`<a href="/report">${reports.title}</a>`, html`<a href="/chat">${chat.title}</a>`])}
        <h2>${routes.counter}</h2>
        <p>${routes.counterText}</p>
        <h2>${routes.anonymous}</h2>
        <p>${routes.anonymousText}</p>
        <h2>${routes.ask}</h2>
        <p>
          ${routes.askText}
          <a href="https://www.askthe.police.uk" rel="noreferrer">${routes.askLink}</a>
          ${forThePolice.opensNew}
        </p>`,
    }),
  };
}

export function leavingPage({ shell }: Place): Reply {
  const { leave } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: leave.title,
      back: '/',
      main: html`<h1>${leave.title}</h1>
        <p class="lead">${leave.intro}</p>
        <h2>${leave.does}</h2>
        ${bullets(leave.doesList)}
        <h2>${leave.doesNot}</h2>
        ${bullets(leave.doesNotList)}
        <p>${leave.instead}</p>`,
    }),
  };
}

export function privacyPage({ shell }: Place): Reply {
  const { privacy } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: privacy.title,
      back: '/',
      main: html`<h1>${privacy.title}</h1>
        ${bullets(privacy.list)}`,
    }),
  };
}

/** A page for something that went otherwise: what it means and what to do, with the urgent ways on it. */
export function troublePage(
  { shell }: Pick<Place, 'shell'>,
  trouble: {
    readonly status: number;
    readonly title: string;
    readonly texts: readonly string[];
    readonly retryAfterS?: number;
  },
  again: Parameters<typeof html>[1] = null,
): Reply {
  const { status, title, texts, retryAfterS } = trouble;
  return {
    kind: 'page',
    status,
    ...(retryAfterS === undefined ? {} : { retryAfterS }),
    page: page(shell, {
      title,
      main: html`<h1>${title}</h1>
        ${paragraphs(texts)}${again}
        <p><a href="/">${shell.words.reports.another}</a></p>`,
    }),
  };
}

/** Too much from one address: what they sent is on the page again, with one button, so that nothing typed is lost (rule WP-04). */
export function tooMuchPage(
  place: Pick<Place, 'shell'>,
  ask: Pick<Ask, 'request' | 'path' | 'fields'>,
  seconds: number,
): Reply {
  const { trouble } = place.shell.words;
  const { method, headers } = ask.request;
  // Photos cannot be sent again from here: the page that asks for them is opened again.
  const isPost = method === 'POST' && !/^multipart\//i.test(headers['content-type'] ?? '');
  const hidden = [...ask.fields].flatMap(([name, values]) =>
    values.map((value) => html`<input type="hidden" name="${name}" value="${value}" />`),
  );
  const again = isPost
    ? html`<form method="post" action="${ask.path}">
        ${hidden}<button class="button" type="submit">${trouble.tryAgain}</button>
      </form>`
    : html`<p><a class="button" href="${ask.path}">${trouble.tryAgain}</a></p>`;
  return troublePage(
    place,
    {
      status: 429,
      title: trouble.tooMuchTitle,
      texts: [trouble.tooMuch(seconds), trouble.tooMuchUrgent],
      retryAfterS: seconds,
    },
    again,
  );
}
