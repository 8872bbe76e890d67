import { useEffect, useState } from 'react';
import type { PhotoReading } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { PhotoId } from '../../shared/domain/record/photo.ts';
import { useCell } from './cell.ts';
import { isLinkDown } from './link-down.ts';
import { useWorkplace } from './workplace-context.ts';

/** How a photo stands in the window. `url`: of its bytes, in this window alone. `null`: asked for, and not here yet. */
export type ShownPhoto =
  | { readonly kind: 'here'; readonly url: string }
  | { readonly kind: 'not-fetched'; readonly isDown: boolean }
  | null;

/** A photo of an open contact (rule PH-10): asked for as it is shown, and again when the link is back. Let go of when it is not shown any more. */
export function usePhoto(contact: ContactId, photo: PhotoId): ShownPhoto {
  const { bridge, store } = useWorkplace();
  const isDown = isLinkDown(useCell(store.desk));
  const [shown, setShown] = useState<ShownPhoto>(null);
  const isHere = shown?.kind === 'here';
  useEffect(() => {
    if (isHere) return undefined;
    let isOver = false;
    const tell = (reading: PhotoReading): void => {
      if (isOver) return;
      setShown(
        reading.kind === 'here'
          ? { kind: 'here', url: urlOf(reading.jpeg) }
          : { kind: 'not-fetched', isDown },
      );
    };
    // What fails here is told as the workstation's own trouble, on the status line.
    bridge.request('photo.read', { contact, photo }).then(tell, () => tell({ kind: 'not-fetched' }));
    return () => {
      isOver = true;
    };
  }, [bridge, contact, photo, isHere, isDown]);
  const url = shown?.kind === 'here' ? shown.url : null;
  useEffect(() => (url === null ? undefined : () => URL.revokeObjectURL(url)), [url]);
  return shown;
}

/** Never a `data:` address: what the page may load is its own files and what it has made itself (rule W-11). */
function urlOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
}
