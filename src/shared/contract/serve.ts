import { requests, type Envelope, type RequestHandlers } from './workstation.ts';
import { isRequestName } from './workstation-names.ts';

/**
 * Answers one request of the window: parses the input, runs the handler, wraps the result. Never throws; a failure says
 * which request and which field, never a value (rule W-14).
 */
export async function serve(
  handlers: Partial<RequestHandlers>,
  name: unknown,
  input: unknown,
): Promise<Envelope> {
  if (!isRequestName(name)) return { ok: false, why: 'no such request' };
  const handler = handlers[name] as ((input: unknown) => Promise<unknown>) | undefined;
  if (handler === undefined) return { ok: false, why: `${name} is not served here` };
  const parsed = requests[name].input.safeParse(input);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.');
    return { ok: false, why: `${name}: ${path === undefined || path === '' ? 'input' : path} is not valid` };
  }
  try {
    return { ok: true, value: await handler(parsed.data) };
  } catch (error) {
    return { ok: false, why: `${name} failed: ${error instanceof Error ? error.name : 'unknown'}` };
  }
}
