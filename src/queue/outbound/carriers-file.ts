import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readYaml } from '../../platform/yaml-file.ts';
import type { Carriers } from './carrier.ts';
import { folderCarrier } from './folder-carrier.ts';
import { smtpCarrier } from './smtp-carrier.ts';
import { webhookCarrier } from './webhook-carrier.ts';

const isHere = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/.test(host);
const line = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\r\n]*$/, 'is more than one line');
const sender = line.regex(/@[\w.-]+>?$/, 'is no e-mail address');

const emailSchema = z
  .strictObject({
    host: line,
    port: z.int().min(1).max(65_535),
    security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    user: line.nullable().default(null),
    from: sender,
    neutralFrom: sender,
  })
  .refine(({ security, host }) => security !== 'none' || isHere(host), {
    path: ['security'],
    message: 'must be starttls or tls, unless the server is on this machine',
  });

const textSchema = z.strictObject({
  url: z.url().refine((text) => {
    const url = URL.parse(text);
    return url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url.hostname)));
  }, 'must be https, unless the gateway is on this machine'),
  from: line.max(30),
  neutralFrom: line.max(30),
});

const fileSchema = z.strictObject({ 'e-mail': emailSchema.optional(), text: textSchema.optional() });

/**
 * Reads who carries what. Passwords and keys come from the surroundings (`OUTBOUND_SMTP_PASSWORD`, `OUTBOUND_TEXT_KEY`), never from the file, which
 * may be kept with others. Throws an `Error` with one sentence that says what to do.
 */
export function readCarriers(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Carriers {
  const { value } = readYaml(file, textOf(file), fileSchema);
  const { 'e-mail': email, text } = value;
  const secret = (name: string, what: string): string => {
    const found = environment[name] ?? '';
    if (found === '') throw new Error(`${file} names ${what}, so its secret must stand in ${name}.`);
    return found;
  };
  return {
    ...(email !== undefined && {
      'e-mail': smtpCarrier({
        ...email,
        password: email.user === null ? null : secret('OUTBOUND_SMTP_PASSWORD', `the user of ${email.host}`),
      }),
    }),
    ...(text !== undefined && {
      text: webhookCarrier({ ...text, key: secret('OUTBOUND_TEXT_KEY', 'a gateway of texts') }),
    }),
  };
}

/** Everything into one folder, nothing to anybody. */
export function folderCarriers(folder: string): Carriers {
  const carrier = folderCarrier(folder);
  return { 'e-mail': carrier, text: carrier };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${file} (--outbound) cannot be read (${code ?? 'unknown'}).`, { cause: error });
  }
}
