import { yamlText } from '../../../platform/yaml-file.ts';
import { chatEnds } from '../../../shared/domain/chat/chat.ts';
import { photoKinds, PHOTO_BYTES_LIMIT, PHOTOS_LIMIT } from '../../../shared/domain/record/photo.ts';
import { BODY_LIMIT } from '../http-intake.ts';
import { bodyComponents } from './body-components.ts';

/** Where the queue serves its description. */
export const OPENAPI_PATH = '/intake/openapi.yaml';

const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (of: object) => ({ content: { 'application/json': { schema: of } } });
const answer = (description: string, of: object) => ({ description, ...json(of) });
const refusal = (description: string) => answer(description, schema('Refusal'));
const comeAgain = (description: string) => ({
  ...refusal(description),
  headers: { 'Retry-After': { required: true, schema: { type: 'string' }, description: 'Seconds.' } },
});

const receipt = {
  '201': answer('Kept. Told only after the commit: until then nobody has it but you.', schema('Receipt')),
  '200': answer(
    'Kept before, under this key, or without effect. The receipt is the first one.',
    schema('Receipt'),
  ),
};
/** What every door that takes a body may answer. */
const refusals = {
  '400': refusal('The key is missing or unusable, or the body is not one JSON object in UTF-8.'),
  '401': refusal('No key of this queue in Authorization.'),
  '405': refusal('Another method than the one described.'),
  '413': refusal(
    `The body is larger than ${BODY_LIMIT} bytes, or the contact holds as much as a desk can be told of.`,
  ),
  '415': refusal('Content-Type is not application/json.'),
  '422': refusal('One field cannot be used; it is named. The same again is refused again.'),
  '429': comeAgain('Too much at once. Send the same again, under the same key.'),
  '503': comeAgain('Nothing can be kept at this moment. Send the same again, under the same key.'),
};
const conflict = {
  '409': refusal(
    'The key stands for something else of yours; or the contact is closed, or was left by the safety exit.',
  ),
};
const unknown = { '404': refusal('Nothing that you have handed over.') };

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description:
    'Yours to choose, another for each contact and each update. Send the same key and the same body until you have an answer: it makes one contact, however often it comes.',
  schema: { type: 'string', pattern: '^[\\x20-\\x7e]{1,200}$' },
};
const contactKey = {
  in: 'path',
  name: 'key',
  required: true,
  description: 'The Idempotency-Key that the contact was handed over with, URI-encoded.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const reference = {
  in: 'path',
  name: 'ref',
  required: true,
  description: 'As the person was told it.',
  schema: { type: 'string', pattern: '^(CON|TRN)-\\d{8}-\\d{6}$' },
};

const closed = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const words = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const orNull = (type: string) => ({ type: [type, 'null'] });

const answers = {
  Receipt: {
    ...closed({
      id: { type: 'string', format: 'uuid' },
      ref: { ...words, description: 'What a person may be told as the number of their contact.' },
      warnings: {
        type: 'array',
        items: words,
        description: 'What was kept otherwise than it was sent, in words.',
      },
    }),
    // The state of a telephone is no contact.
    required: ['warnings'],
  },
  Refusal: closed({
    error: closed({
      field: { ...words, description: 'What is wrong; never its value.' },
      problem: words,
      whatToDo: words,
    }),
  }),
  Typing: closed({ warnings: { type: 'array', items: words } }),
  Chat: closed({
    state: { enum: ['waiting', 'live', 'dropped', 'left-by-exit', 'ended'] },
    handler: {
      enum: ['waiting', 'here', 'away', 'colleague'],
      description:
        'away: called to an emergency. colleague: another handler has taken it over and has not written yet.',
    },
    position: { ...orNull('integer'), description: 'Its place among the chats that wait, from 1.' },
    typing: { type: 'boolean' },
    lines: {
      type: 'array',
      items: closed({
        n: { ...count, description: 'Without a gap within a chat, from 1.' },
        at: { type: 'integer', description: 'Milliseconds since 1970 UTC.' },
        from: { enum: ['handler', 'system'] },
        text: { ...words, description: 'Plain text: never to be read as markup.' },
        lang: { ...orNull('string'), description: 'BCP 47; null: English.' },
        replyTo: orNull('string'),
      }),
    },
    seenUpTo: count,
    ended: { anyOf: [closed({ reason: { enum: chatEnds } }), { type: 'null' }] },
    stamp: { ...words, description: 'Send it as `since`: an answer comes at once when it is another.' },
  }),
  Status: closed({
    waiting: closed({ chat: count, longestMs: count }),
    reports: closed({
      waiting: { ...count, description: 'Online reports that nobody has taken or graded.' },
      longestMs: count,
      lookedAtMs: {
        ...orNull('integer'),
        description:
          'How long the middle one of those of the last hours waited for that; null: too few to say.',
      },
    }),
    openDesks: count,
    emergencyLoad: { type: 'boolean', description: 'An emergency waits: it is taken before any chat.' },
  }),
};

const description = `How a contact reaches the control room from another program: a vendor’s chat, a national reporting site, a telephone exchange.

Every body but a photo is JSON in UTF-8 of at most ${BODY_LIMIT} bytes. An answer of 201 or 200 is a receipt: the contact is on disk at the queue. Anything else, or no answer, is none: send the same again under the same key until you have one. Fields that this version does not know are not kept, and \`warnings\` says how many. A refusal names the field, never its value.`;

/** The description of the intake in OpenAPI 3.1, of which `docs/intake.openapi.yaml` is the text (rule C-36). */
export function openApiDocument(): object {
  const post = (summary: string, body: string, rest: object) => ({
    summary,
    requestBody: { required: true, ...json(schema(body)) },
    ...rest,
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Intake of the control room’s queue', version: '1.0.0', description },
    servers: [
      {
        url: 'http://127.0.0.1:8181',
        description: 'A queue as `npm run queue` starts it, unless told another port.',
      },
    ],
    security: [{ source: [] }],
    paths: {
      '/intake/contacts': {
        post: post('Hand over one contact', 'Contact', {
          operationId: 'handOver',
          parameters: [idempotencyKey],
          responses: { ...receipt, ...refusals, '409': conflict['409'] },
        }),
      },
      '/intake/contacts/{key}/updates': {
        post: post('Tell what you learn of it later', 'Update', {
          operationId: 'tellMore',
          parameters: [contactKey, idempotencyKey],
          responses: {
            ...receipt,
            '202': answer('That somebody types is told on at once, and kept nowhere.', schema('Typing')),
            ...refusals,
            ...conflict,
            ...unknown,
          },
        }),
      },
      '/intake/contacts/{key}/attachments': {
        post: {
          summary: 'Hand over one photo of a contact',
          operationId: 'attach',
          description: `Its bytes and nothing else, at most ${PHOTO_BYTES_LIMIT}, of ${PHOTOS_LIMIT} photos at most. What it is is told by its content. One that cannot be opened afterwards is told the handler, not you.`,
          parameters: [contactKey, idempotencyKey],
          requestBody: {
            required: true,
            content: Object.fromEntries(photoKinds.map((kind) => [`image/${kind}`, { schema: {} }])),
          },
          responses: {
            ...receipt,
            '400': refusal('The key is missing or unusable.'),
            '401': refusals['401'],
            '405': refusals['405'],
            '409': refusal('The key stands for something else of yours.'),
            '413': refusal('The photo is too large, or the contact has as many as it takes.'),
            '415': refusal('Content-Type is of no photo that is taken.'),
            '422': refusal('The content is of no photo that is taken.'),
            '429': refusals['429'],
            '503': refusals['503'],
            ...unknown,
          },
        },
      },
      '/intake/references/{ref}/messages': {
        post: post('Tell words of somebody who named a reference', 'Update', {
          operationId: 'answerReference',
          description:
            'For what somebody wrote in answer to us, whichever source had brought the contact. An update of the kind message, and no other. A reference is told to many: say in the words who wrote.',
          parameters: [reference, idempotencyKey],
          responses: {
            ...receipt,
            ...refusals,
            ...conflict,
            '404': refusal('No contact has this reference.'),
          },
        }),
      },
      '/intake/texts': {
        post: post('Hand over one text message', 'Text', {
          operationId: 'handOverText',
          description:
            'The gateway’s id in the body is its key: there is no header for it. Words with a reference of ours in them are added to that contact while it is open.',
          responses: {
            ...receipt,
            ...refusals,
            '409': refusal('The id stands for another text of yours.'),
          },
        }),
      },
      '/intake/chats/{key}': {
        get: {
          summary: 'Ask for the desk’s lines of a chat, and how it stands',
          operationId: 'readChat',
          parameters: [
            contactKey,
            {
              in: 'query',
              name: 'after',
              description: 'The number of the last line you have.',
              schema: { ...count, default: 0 },
            },
            {
              in: 'query',
              name: 'wait',
              description:
                'How long you wait for news, in milliseconds; 30000 at most. Ask again at once after an answer.',
              schema: { ...count, default: 0 },
            },
            { in: 'query', name: 'since', description: 'The stamp of your last answer.', schema: words },
          ],
          responses: {
            '200': answer(
              'At once when there is a line after `after`, or another stamp; else when the time is over.',
              schema('Chat'),
            ),
            '400': refusal('The query cannot be read.'),
            '401': refusals['401'],
            '404': refusal('No chat that you have handed over.'),
            '405': refusals['405'],
            '429': refusals['429'],
            '503': refusals['503'],
          },
        },
      },
      '/intake/status': {
        get: {
          summary: 'Ask how long the wait is',
          operationId: 'readStatus',
          responses: {
            '200': answer('Counts alone, of nobody.', schema('Status')),
            '401': refusals['401'],
            '405': refusals['405'],
            '503': refusals['503'],
          },
        },
      },
      '/intake/telephony/events': {
        post: post('Tell one event of one call, or of one telephone', 'TelephonyEvent', {
          operationId: 'tellCall',
          description:
            'The call’s id and the event’s number in the body are its key: there is no header for it. See the telephony contract.',
          responses: {
            ...receipt,
            ...refusals,
            '409': refusal('This number of this call is another event.'),
            '404': refusal('No first ring of this call was told.'),
          },
        }),
      },
      [OPENAPI_PATH]: {
        get: {
          summary: 'This description',
          operationId: 'readDescription',
          security: [],
          responses: {
            '200': { description: 'As YAML.', content: { 'application/yaml': { schema: words } } },
            '405': refusals['405'],
          },
        },
      },
    },
    components: {
      securitySchemes: {
        source: {
          type: 'http',
          scheme: 'bearer',
          description: 'The source’s key, from the queue’s intake-keys.json.',
        },
      },
      schemas: { ...bodyComponents(), ...answers },
    },
  };
}

/** The description as it is served and kept in docs. */
export function openApiText(): string {
  const head =
    '# Written from the parsers of the intake (src/queue/intake/openapi); a test compares the two. To write it again:\n' +
    '# UPDATE_OPENAPI=1 npx vitest run --project contract tests/contract/intake-openapi.test.ts\n';
  return head + yamlText(openApiDocument());
}
