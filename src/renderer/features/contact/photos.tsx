import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Photo, PhotoTrouble } from '../../../shared/domain/record/photo.ts';
import { usePhoto } from '../../app/use-photo.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './photos.module.css';

const troubleWords: Readonly<Record<PhotoTrouble, string>> = {
  damaged: 'its file is damaged',
  'too-large': 'it is larger than can be opened here',
  failed: 'opening it failed',
};

/**
 * The photos that came with a contact (rule PH-10). Covered until somebody asks for one by its own key or click, one at a time: nobody is to meet
 * an injury unprepared, and the reporter's words stand above and say what to expect.
 */
export function Photos({ contact }: { readonly contact: Pick<Contact, 'id' | 'photos'> }) {
  const { id, photos } = contact;
  const workplace = useWorkplace();
  const [seen, setSeen] = useState<Photo['id'] | null>(null);
  const spot = useSpot('photos');
  const section = useRef<HTMLElement | null>(null);
  // What a key has asked for is rolled into sight: whole if it fits, else from its beginning (rule W-27).
  const roll = (): void => {
    const pane = workplace.elements.get('work');
    if (pane === undefined || section.current === null) return;
    const [mine, around] = [section.current.getBoundingClientRect(), pane.getBoundingClientRect()];
    const [above, below] = [around.top - mine.top, mine.bottom - around.bottom];
    if (above > 0 || below > 0)
      workplace.law.keepPlace(pane, pane.scrollTop + (above > 0 ? -above : Math.min(below, -above)));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === 'Escape' && seen !== null) setSeen(null);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const buttons = [...event.currentTarget.querySelectorAll('button')];
      const at = buttons.findIndex((button) => button === document.activeElement);
      workplace.law.focus(buttons[event.key === 'ArrowRight' ? at + 1 : at - 1]);
    } else return;
    event.preventDefault();
  };
  return (
    <section
      className={styles.photos}
      aria-label="Photos"
      ref={(element) => {
        section.current = element;
        spot(element);
      }}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={roll}
    >
      <h3>
        <span>
          {photos.length === 1 ? '1 photo from the reporter' : `${photos.length} photos from the reporter`}
        </span>
        <KeyHint>Shift+I</KeyHint>
      </h3>
      <p className={styles.hint}>
        Covered: their words say what to expect. <KeyHint>Enter</KeyHint> shows one, <KeyHint>Esc</KeyHint>{' '}
        covers it again.
      </p>
      <ul data-seen={seen !== null}>
        {photos.map((photo) => (
          <li key={photo.id} data-photo={photo.seen.kind} data-shown={photo.id === seen}>
            {photo.seen.kind === 'unreadable' ? (
              <p>
                Photo {photo.n}: <strong>a photo of the reporter could not be read</strong>, because{' '}
                {troubleWords[photo.seen.trouble]}. Ask for it again if it may matter.
              </p>
            ) : (
              <Picture
                {...{ contact: id, photo, of: photos.length, isSeen: photo.id === seen }}
                onToggle={() => setSeen(photo.id === seen ? null : photo.id)}
                onDrawn={roll}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Picture({
  contact,
  photo,
  of,
  isSeen,
  onToggle,
  onDrawn,
}: {
  readonly contact: ContactId;
  readonly photo: Photo;
  readonly of: number;
  readonly isSeen: boolean;
  readonly onToggle: () => void;
  /** It has the size at which it was asked for. */
  readonly onDrawn: () => void;
}) {
  useLayoutEffect(() => {
    if (isSeen) onDrawn();
    // oxlint-disable-next-line react/exhaustive-deps -- because only being asked for rolls, not being painted again
  }, [isSeen]);
  const shown = usePhoto(contact, photo.id);
  const name = `Photo ${photo.n} of ${of}`;
  if (shown?.kind !== 'here') {
    return (
      <p>
        {name}: {shown === null ? 'being fetched' : `not fetched yet${shown.isDown ? ': no link' : ''}`}
      </p>
    );
  }
  return (
    <button type="button" aria-expanded={isSeen} onClick={onToggle}>
      <span className={styles.frame}>
        <img
          src={shown.url}
          alt={isSeen ? `${name}, from the reporter` : `${name}, covered`}
          draggable={false}
        />
      </span>
      <span>{isSeen ? name : `${name} · covered`}</span>
    </button>
  );
}
