import type { Contact } from '../../../shared/domain/contact.ts';
import { directionOf, ENGLISH } from '../../../shared/domain/language/find-language.ts';
import { ACCOUNT_LINE, languageOfContact, linesOfPublic } from '../../../shared/domain/language/lines.ts';
import { SECOND, type Instant } from '../../../shared/domain/time.ts';
import { useCell } from '../../app/cell.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Marked } from './marked.tsx';
import type { RiskReading } from './risk-words.tsx';
import { TranslatedLine } from './translated-line.tsx';

/** After this long nothing comes any more: the service is not waited for longer. Milliseconds. */
const WAITED_FOR_MS = 8 * SECOND;

type Lines = Pick<Contact, 'translations' | 'language' | 'languageChosen'>;

/** Lines are read in their order: of one before a translated one nothing more comes, because it was English. */
function isPassed(contact: Contact, line: string): boolean {
  const lines = linesOfPublic(contact).map((one) => one.line);
  const later = new Set(lines.slice(lines.indexOf(line) + 1));
  return contact.translations.some((one) => later.has(one.line));
}

/** Whether a translation of a line that came at this moment may still be on its way, so that its room is kept for it. */
function useMayCome(contact: Lines, at: Instant | null): boolean {
  const service = useCell(useWorkplace().store.desk)?.translation ?? null;
  const now = useNow();
  const { translations, language: told, languageChosen: chosen } = contact;
  const isForeign = languageOfContact({ chosen, lines: translations, told }) !== null;
  return at !== null && isForeign && service !== null && service.trouble === null && now - at < WAITED_FOR_MS;
}

export interface PublicWordsProps {
  readonly contact: Contact;
  /** Its name among the lines of the public. */
  readonly line: string;
  readonly text: string;
  /** What its source said of its language. */
  readonly language: string | null;
  /** When it came, for a line whose translation may be on its way; `null`: none is. */
  readonly at: Instant | null;
  readonly risk: RiskReading | null;
  readonly className: string | undefined;
}

/** What the public wrote, with what a machine made of it beside it (rules W-10, LG-05). */
export function PublicWords({ contact, line, text, language, at, risk, className }: PublicWordsProps) {
  const { originals } = useWorkplace();
  const shows = useCell(originals) ? 'original' : 'both';
  const mayCome = useMayCome(contact, at);
  const about = contact.translations.find((one) => one.line === line);
  const isOnItsWay = mayCome && !isPassed(contact, line);
  const marks = risk?.marksOf(line) ?? [];
  if (about === undefined && !isOnItsWay)
    return (
      <p
        className={className}
        lang={language ?? undefined}
        dir={language === null || language === ENGLISH ? 'auto' : directionOf(language)}
      >
        <Marked text={text} marks={marks} />
      </p>
    );
  return (
    <TranslatedLine
      original={text}
      language={about?.language?.code ?? null}
      outcome={about?.outcome ?? null}
      shows={shows}
      risk={{ original: marks, translation: risk?.marksInEnglish(line) ?? [] }}
    />
  );
}

/** The account, in the record and in a look. */
export function AccountWords({
  contact,
  risk,
  className,
}: Pick<PublicWordsProps, 'contact' | 'risk' | 'className'>) {
  const { account, language, receivedAt } = contact;
  return (
    <PublicWords
      {...{ contact, line: ACCOUNT_LINE, text: account, language, at: receivedAt, risk, className }}
    />
  );
}

export interface OurWordsProps {
  readonly contact: Contact;
  /** The reply’s id. */
  readonly line: string;
  readonly text: string;
  /** When the queue had it; `null`: only this desk has it. */
  readonly at: Instant | null;
  readonly className: string | undefined;
}

/** What we wrote in English, with what the person gets in its place (rule LG-12). */
export function OurWords({ contact, line, text, at, className }: OurWordsProps) {
  const { originals } = useWorkplace();
  const shows = useCell(originals) ? 'original' : 'both';
  const isOnItsWay = useMayCome(contact, at);
  const about = contact.translations.find((one) => one.line === line);
  if (about === undefined && !isOnItsWay)
    return (
      <p className={className} dir="auto">
        {text}
      </p>
    );
  return <TranslatedLine original={text} language={ENGLISH} outcome={about?.outcome ?? null} shows={shows} />;
}
