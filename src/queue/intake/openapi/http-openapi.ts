import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAnswer } from '../../http-exchange.ts';
import { refused } from '../http-intake.ts';
import { openApiText } from './document.ts';

/** `GET /intake/openapi.yaml`: what the intake takes and answers (rule C-36). It says nothing of anybody, so it needs no key. */
export function createHttpOpenApi(): (request: IncomingMessage, response: ServerResponse) => void {
  let text: string | null = null;
  return (request, response) => {
    if (request.method !== 'GET') {
      const error = { field: 'method', problem: 'is not GET', whatToDo: 'GET it.' };
      return sendAnswer(request, response, refused(405, error, { allow: 'GET' }));
    }
    text ??= openApiText();
    response.writeHead(200, {
      'content-type': 'application/yaml; charset=utf-8',
      'cache-control': 'no-cache',
    });
    response.end(text);
  };
}
