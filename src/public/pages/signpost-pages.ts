import { findSignposts } from '../../shared/domain/signposts/find-signposts.ts';
import { openingAt, openingWords } from '../../shared/domain/signposts/hours.ts';
import type { Signpost, Way } from '../../shared/domain/signposts/signpost.ts';
import { cleanLine } from '../../shared/lib/clean-text.ts';
import type { Ask, Place } from '../context.ts';
import { html, type Html } from '../html/html.ts';
import { buttonLink, bullets, page, warning } from '../html/page.ts';
import type { Reply } from '../http/exchange.ts';
import { dayWords } from '../report/form.ts';

/** The address of a card's page. */
export const cardPath = ({ id }: Pick<Signpost, 'id'>): string => `/for-the-police/${id}`;

/** What it may be about: all cards, or those that fit what was searched for. */
export function forThePolicePage({ shell, knowledge }: Place, ask: Ask): Reply {
  const { forThePolice: words, routes } = shell.words;
  const typed = cleanLine(ask.query.get('q') ?? '').slice(0, 100);
  const found = findSignposts(knowledge.index, typed, 8);
  const heading =
    typed === '' ? words.all : found.length === 0 ? words.none(typed) : words.found(found.length, typed);
  return {
    kind: 'page',
    page: page(shell, {
      title: words.title,
      back: '/',
      main: html`<h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
        <form method="get" action="/for-the-police" role="search">
          <label for="q">${words.search}</label>
          <div class="search">
            <input type="search" id="q" name="q" value="${typed}" maxlength="100" autocomplete="off" /><button
              class="button"
              type="submit"
            >
              ${words.searchButton}
            </button>
          </div>
        </form>
        <h2>${heading}</h2>
        ${bullets(found.map((card) => html`<a href="${cardPath(card)}">${card.title}</a>`))}
        <p>
          ${routes.askText}
          <a href="https://www.askthe.police.uk" rel="noreferrer">${routes.askLink}</a> ${words.opensNew}
        </p>`,
    }),
  };
}

/** First of all: the safety questions. One that is true, and it is for the police (rules SG-01, SG-02). */
export function cardPage({ shell, knowledge }: Place, id: string): Reply | null {
  const card = knowledge.signposts.find((each) => each.id === id);
  if (card === undefined) return null;
  const { forThePolice: words } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: card.title,
      back: '/for-the-police',
      main: html`<h1>${card.title}</h1>
        <h2>${words.first}</h2>
        ${bullets(card.checkFirst.map((question) => question.ask))}
        <p class="pair">
          <a class="button" href="${cardPath(card)}/yes">${words.anyYes}</a>
          <a class="button" href="${cardPath(card)}/no">${words.allNo}</a>
        </p>`,
    }),
  };
}

/** One is true: what to do now. */
export function cardYesPage({ shell, knowledge }: Place, id: string): Reply | null {
  const card = knowledge.signposts.find((each) => each.id === id);
  if (card === undefined) return null;
  const { forThePolice: words } = shell.words;
  return {
    kind: 'page',
    page: page(shell, {
      title: words.policeTitle,
      back: cardPath(card),
      main: html`<h1>${words.policeTitle}</h1>
        ${warning(html`<p>${words.police}</p>`)}
        <p>${words.policeOver}</p>
        ${buttonLink('/report', words.online)}${buttonLink('/chat', words.chat)}
        <p><a href="/routes">${shell.words.routes.title}</a></p>`,
    }),
  };
}

/** None is: who deals with it, how to reach them, and whether they answer now. */
export function cardNoPage(place: Place, id: string): Reply | null {
  const { shell, knowledge, clock } = place;
  const card = knowledge.signposts.find((each) => each.id === id);
  if (card === undefined) return null;
  const { forThePolice: words } = shell.words;
  const hours = openingWords(openingAt(card.hours, clock.now(), []));
  return {
    kind: 'page',
    page: page(shell, {
      title: card.title,
      back: cardPath(card),
      main: html`<h1>${card.title}</h1>
        <p class="lead">${card.say}</p>
        <h2>${words.who}</h2>
        <p>${card.who}</p>
        ${
          card.how.length === 0
            ? null
            : html`<h2>${words.how}</h2>
                ${ways(card.how)}`
        }
        <p>${hours}</p>
        ${card.link === null ? null : html`<p><a href="${card.link}" rel="noreferrer">${card.link.replace(/^https:\/\//, '')}</a> ${words.opensNew}</p>`}
        ${card.localCouncil ? councils(place) : null}
        <p class="quiet">
          ${card.checkedOn === null ? words.unchecked : words.checked(dayWords(card.checkedOn))}
        </p>
        <h2>${words.still}</h2>
        <p><a href="/chat">${words.chat}</a></p>`,
    }),
  };
}

const wayLine = ({ kind, to, note }: Way): Html => {
  const link =
    kind === 'phone' || kind === 'text'
      ? html`<a href="tel:${to.replace(/[^\d+]/g, '')}">${to}</a>`
      : html`${to}`;
  return html`${link}${note === null ? null : ` (${note})`}`;
};

const ways = (list: readonly Way[]): Html => bullets(list.map(wayLine));

function councils({ shell, knowledge }: Place): Html {
  const { forThePolice: words } = shell.words;
  return html`<h2>${words.councils}</h2>
    <p>${words.councilsLead}</p>
    <dl class="councils">
      ${knowledge.councils.map(
        ({ name, ways: reached }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${reached.map((way, n) => html`${n > 0 ? ', ' : null}${wayLine(way)}`)}</dd>
          </div>`,
      )}
    </dl>`;
}
