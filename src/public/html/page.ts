import type { Words } from '../words/en.ts';
import { attributes, html, type Html, type HtmlValue } from './html.ts';

/** What every page stands in. */
export interface Shell {
  readonly words: Words;
  /** The address of a file of ours, with its fingerprint. */
  readonly asset: (name: string) => string;
  /** The neutral page for leaving quickly. */
  readonly exitTo: string;
}

export interface PageParts {
  readonly title: string;
  /** Where "Back" goes; `null` for none. */
  readonly back?: string | null;
  readonly main: HtmlValue;
  /** Scripts besides the one for leaving. */
  readonly scripts?: readonly string[];
  /** A fault in what was filled in: the title says so first, for whoever hears it. */
  readonly hasTrouble?: boolean;
}

/** A whole page: it reads, works and can be left without a script. */
export function page({ words, asset, exitTo }: Shell, parts: PageParts): Html {
  const { title, back = null, main, scripts = [], hasTrouble = false } = parts;
  const named = title === words.site ? title : `${title} – ${words.site}`;
  return html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${hasTrouble ? `${words.reports.errorPrefix} ` : null}${named}</title>
        <link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${asset('public.css')}" />
        <script type="module" src="${asset('leave.js')}"></script>
        <script type="module" src="${asset('page.js')}"></script>
        ${scripts.map((name) => html`<script type="module" src="${asset(name)}"></script>`)}
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <div class="leave-bar" role="region" aria-label="${words.leave.title}">
          <a
            class="leave"
            id="leave"
            href="/leave"
            data-exit="${exitTo}"
            rel="nofollow noreferrer"
            title="${words.leave.hint}"
            >${words.leave.button}</a
          >
        </div>
        <header>
          <div class="wide"><a class="site" href="/">${words.site}</a></div>
        </header>
        <div class="strip" role="region" aria-label="${words.emergencyPage.title}">
          <div class="wide">
            <strong>${words.emergency.strip}</strong> <a href="/emergency">${words.emergency.stripLink}</a>
          </div>
        </div>
        <div class="wide body">
          ${back === null ? null : html`<nav aria-label="${words.back}"><a class="back" href="${back}">${words.back}</a></nav>`}
          <main id="main" tabindex="-1">${main}</main>
        </div>
        <footer>
          <div class="wide">
            <nav aria-label="${words.footer.routes}">
              <ul class="plain">
                <li><a href="/routes">${words.footer.routes}</a></li>
                <li><a href="/leaving">${words.footer.exit}</a></li>
                <li><a href="/privacy">${words.footer.privacy}</a></li>
              </ul>
            </nav>
            <p>${words.footer.about}</p>
          </div>
        </footer>
      </body>
    </html> `;
}

export const paragraphs = (texts: readonly string[]): Html =>
  html`${texts.map((text) => html`<p>${text}</p>`)}`;

export const bullets = (texts: readonly HtmlValue[]): Html =>
  html`<ul>
    ${texts.map((text) => html`<li>${text}</li>`)}
  </ul>`;

/** A link that looks like the way on. */
export const buttonLink = (to: string, label: string): Html =>
  html`<p><a class="button" href="${to}">${label}</a></p>`;

/** What no one may miss, with a sign that does not depend on colour. */
export const warning = (inner: HtmlValue): Html =>
  html`<div class="warning">
    <span class="sign" aria-hidden="true">!</span>
    <div>${inner}</div>
  </div>`;

/** What is wrong with what was filled in, first on the page and with the way to the field. */
export function troubleSummary(words: Words, at: string, sentence: string): Html {
  return html`<div
    class="trouble-summary"
    role="alert"
    aria-labelledby="trouble-title"
    tabindex="-1"
    id="trouble"
  >
    <h2 id="trouble-title">${words.reports.errorTitle}</h2>
    <p><a href="#${at}">${sentence}</a></p>
  </div>`;
}

/** A form of ours, with the token without which nothing is taken. */
export const form = (
  { action, token, id }: { readonly action: string; readonly token: string; readonly id?: string },
  inner: HtmlValue,
): Html =>
  html`<form method="post" action="${action}" novalidate ${attributes({ id })}>
    <input type="hidden" name="token" value="${token}" />
    ${inner}
  </form>`;

export const button = (
  label: string,
  options: { readonly quiet?: boolean; readonly name?: string; readonly value?: string } = {},
): Html =>
  html`<button
    type="submit"
    class="${options.quiet === true ? 'button quiet' : 'button'}"
    ${attributes({ name: options.name, value: options.value })}
  >
    ${label}
  </button>`;
