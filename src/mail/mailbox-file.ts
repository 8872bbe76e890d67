import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readYaml } from '../platform/yaml-file.ts';

/** Where e-mails are read. The password is never in the file. */
export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  /** `none` is for a server on this machine alone. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string;
  readonly folder: string;
  /** What we send from: an e-mail from there is our own. */
  readonly ourAddresses: readonly string[];
}

const isHere = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|::1)$/.test(host);
const line = z.string().min(1).max(200);

const mailboxSchema: z.ZodType<MailboxSettings> = z
  .strictObject({
    host: line,
    port: z.int().min(1).max(65_535).default(993),
    security: z.enum(['tls', 'starttls', 'none']).default('tls'),
    user: line,
    folder: line.default('INBOX'),
    ourAddresses: z.array(z.email()).default([]),
  })
  .refine(({ security, host }) => security !== 'none' || isHere(host), {
    path: ['security'],
    message: 'must be tls or starttls, unless the server is on this machine',
  });

/** Throws an `Error` with one sentence: file, line, field, reason, what to do. */
export function readMailbox(file: string): MailboxSettings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `${file} cannot be read (${code ?? 'unknown'}). Write there which mailbox is read: host, user and folder.`,
      { cause: error },
    );
  }
  return readYaml(file, text, mailboxSchema).value;
}
