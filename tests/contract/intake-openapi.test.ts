import { readFileSync, writeFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { openApiDocument, openApiText } from '../../src/queue/intake/openapi/document.ts';

const page = new URL('../../docs/intake.openapi.yaml', import.meta.url);

it('C-36 the description in docs is the one that the parsers of the intake write', () => {
  if (process.env['UPDATE_OPENAPI'] === '1') writeFileSync(page, openApiText());
  expect(readFileSync(page, 'utf8')).toBe(openApiText());
});

it('C-36 the description is OpenAPI 3.1, and refers to nothing that is not there', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(openApiDocument()) as Record<string, unknown>)).toEqual({
    valid: true,
  });
  expect(validator.version).toBe('3.1');
  const text = JSON.stringify(openApiDocument());
  const named = Object.keys((openApiDocument() as { components: { schemas: object } }).components.schemas);
  const referred = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
  expect(new Set(referred)).toEqual(new Set(named));
});

it('C-36 a description that is none is known as such', async () => {
  const { openapi: _, ...broken } = openApiDocument() as Record<string, unknown>;
  expect(
    await new Validator().validate({ ...broken, openapi: '3.1.0', paths: { contacts: 1 } }),
  ).toMatchObject({
    valid: false,
  });
});
