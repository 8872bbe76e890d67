import { PHOTO_BYTES_LIMIT, PHOTOS_LIMIT } from '../../shared/domain/record/photo.ts';
import type { Ask, Place, ReportUnderWay, Visit } from '../context.ts';
import { html, type Html } from '../html/html.ts';
import { button, buttonLink, form, page, troubleSummary } from '../html/page.ts';
import { field, type Reply } from '../http/exchange.ts';
import type { PhotoTrouble } from '../photos/held-photos.ts';
import { reportPath } from './report-pages.ts';

/** The page that asks for photos, before the answers are checked (rule WP-55). It works without script, and nothing need be added. */
export function photosPage(
  { shell }: Place,
  { token }: Pick<Ask, 'token'>,
  under: ReportUnderWay,
  trouble: PhotoTrouble | null = null,
): Reply {
  const { words } = shell;
  const { photos } = words;
  const { kind, photos: added } = under;
  const left = PHOTOS_LIMIT - added.length;
  const to = reportPath(kind, '/photos');
  const sentence = trouble === null ? null : photos.trouble[trouble];
  return {
    kind: 'page',
    page: page(shell, {
      title: photos.title,
      back: reportPath(kind, '/check'),
      hasTrouble: trouble !== null,
      main: html`${sentence === null ? null : troubleSummary(words, 'photo', sentence)}
        <h1>${photos.title}</h1>
        <p class="lead">${photos.lead}</p>
        <p class="quiet">${photos.limits(PHOTOS_LIMIT, PHOTO_BYTES_LIMIT / (1024 * 1024))}</p>
        <p>${photos.where}</p>
        ${
          added.length === 0
            ? null
            : html`<h2>${photos.added}</h2>
                <ul>
                  ${added.map((photo, n) => line(photo, n, { to, token, words }))}
                </ul>`
        }
        ${
          left <= 0
            ? html`<p>${photos.full}</p>`
            : html`<form method="post" action="${to}" enctype="multipart/form-data" novalidate>
                <input type="hidden" name="token" value="${token}" />
                <p><label for="photo">${added.length === 0 ? photos.choose : photos.chooseMore}</label></p>
                <p>
                  <input
                    type="file"
                    id="photo"
                    name="photo"
                    accept="image/jpeg,image/png,image/webp"
                    multiple
                  />
                </p>
                ${button(photos.add, { quiet: true })}
              </form>`
        }
        <p>
          ${buttonLink(reportPath(kind, '/check'), added.length === 0 ? photos.goOnWithout : words.goOn)}
        </p>`,
    }),
  };
}

function line(
  { id, bytes }: ReportUnderWay['photos'][number],
  n: number,
  around: { readonly to: string; readonly token: string; readonly words: Place['shell']['words'] },
): Html {
  const { to, token, words } = around;
  return html`<li>
    ${words.photos.one(n + 1, bytes / (1024 * 1024))}
    ${form({ action: `${to}/remove`, token }, html`<input type="hidden" name="photo" value="${id}" />${button(words.photos.remove(n + 1), { quiet: true })}`)}
  </li>`;
}

/** Adds what was chosen, and says what could not be. */
export async function addPhotos(place: Place, ask: Ask, visit: Visit, under: ReportUnderWay): Promise<Reply> {
  const { upload } = ask;
  if (upload === null) return { kind: 'go', to: reportPath(under.kind, '/photos') };
  // Two forms at once may have brought more than the report takes.
  const room = Math.max(0, PHOTOS_LIMIT - under.photos.length);
  // Before anything is waited for: what else is done to the report meanwhile must not be undone by this.
  const next = { ...under, photos: [...under.photos, ...upload.photos.slice(0, room)] };
  visit.reports = new Map(visit.reports).set(under.kind, next);
  for (const { id } of upload.photos.slice(room)) await place.held.remove(id);
  const trouble = upload.trouble ?? (upload.photos.length > room ? 'too-many' : null);
  // A reload would send the photos again; what is wrong is shown at once all the same.
  return trouble === null
    ? { kind: 'go', to: reportPath(under.kind, '/photos') }
    : photosPage(place, ask, next, trouble);
}

export async function removePhoto(
  place: Place,
  ask: Ask,
  visit: Visit,
  under: ReportUnderWay,
): Promise<Reply> {
  const gone = field(ask.fields, 'photo');
  const photos = under.photos.filter(({ id }) => id !== gone);
  visit.reports = new Map(visit.reports).set(under.kind, { ...under, photos });
  if (photos.length < under.photos.length) await place.held.remove(gone);
  return { kind: 'go', to: reportPath(under.kind, '/photos') };
}
