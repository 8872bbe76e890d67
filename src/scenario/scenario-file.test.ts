import { describe, expect, it } from 'vitest';
import { readScenario, readScenarios } from './scenario-file.ts';

const good = `version: 1
id: E01
title: A title
card:
  town: Ware
  when: { weekday: sat, time: '22:14' }
  grade: G1
  opening: PS-DOM
  lesson: What is to be learnt.
timeline:
  - after: 0s
    contact:
      name: call
      channel: 999-voice
      title: A row
      place: Mill Lane, Ware
      account: The words.
  - after: 17s
    location: { of: call, method: aml, latitude: 51.81, longitude: -0.03, radiusMetres: 22 }
  - after: 3m
    message: { text: More words. }
`;

describe('D-05: a scenario file', () => {
  it('is read with its offsets as milliseconds and what may be left out filled in', () => {
    const { timeline } = readScenario('resources/scenarios/E01.yaml', good).value;
    expect(timeline.map(({ after }) => after)).toEqual([0, 17_000, 180_000]);
    expect(timeline[0]?.contact).toMatchObject({ language: null, flags: {}, state: null });
    expect(timeline[2]?.message).toEqual({ text: 'More words.', language: null, from: 'public' });
  });

  it.each([
    ['version: 1\n', '', /line 1, column 1: version is missing\./],
    ['version: 1', 'version: 7', /line 1, column 1: version is not a version/],
    [
      'title: A title',
      'titel: A title',
      /line 3, column 1: titel is not a field that is known here\. Correct its name/,
    ],
    ['title: A title\n', '', /line 1, column 1: title is missing\. Add it/],
    ['  grade: G1', '  grade: [', /line \d+, column \d+: this is not YAML: /],
    [
      '  grade: G1',
      '  grade: G1\n  grade: G2',
      /line 8, column \d+: this is not YAML: Map keys must be unique/,
    ],
    ['  grade: G1', '\tgrade: G1', /line 7, column 1: this is not YAML: /],
    ['weekday: sat', 'weekday: saturday', /line 6, column 11: card\.when\.weekday is none of: sun, mon/],
    ['22:14', '25:14', /line 6, column 25: card\.when\.time is not a time of day/],
    ['after: 17s', 'after: 17', /line 18, column 5: timeline\[2\]\.after is not a string\./],
    [
      'after: 17s',
      'after: soon',
      /line 18, column 5: timeline\[2\]\.after is not a length of time such as 17s/,
    ],
    [
      'after: 3m',
      'after: 3s',
      /line 20, column 5: timeline\[3\]\.after is earlier than the step before\. Put the steps in order/,
    ],
    [
      'channel: 999-voice',
      'channel: 999',
      /line 14, column 7: timeline\[1\]\.contact\.channel is none of: 999-voice, /,
    ],
    [
      'channel: 999-voice',
      'channel: video',
      /line 14, column 7: timeline\[1\]\.contact\.channel is none of: /,
    ],
    ['      account: The words.\n', '', /line 12, column 5: timeline\[1\]\.contact\.account is missing\./],
    ['account: The words.', "account: ' '", /line 17, column 7: timeline\[1\]\.contact\.account is empty\./],
    [
      '      place: Mill',
      '      number: 5\n      place: Mill',
      /line 16, column 7: timeline\[1\]\.contact\.number is not a field/,
    ],
    [
      'of: call',
      'of: text',
      /line 19, column 17: timeline\[2\]\.location\.of names a contact that has not arrived: text\./,
    ],
    [
      'latitude: 51.81',
      'latitude: 48.1',
      /line 19, column \d+: timeline\[2\]\.location\.latitude is less than 51\.5\./,
    ],
    [
      '    message: { text: More words. }\n',
      '',
      /line 20, column 5: timeline\[3\] must hold exactly one of: contact, /,
    ],
    [
      '    message:',
      '    line: { state: ended }\n    message:',
      /line 20, column 5: timeline\[3\] must hold exactly one of/,
    ],
    [
      'timeline:\n',
      'timeline:\n  - after: 0s\n    line: { state: ended }\n',
      /line 12, column 5: timeline\[1\]\.line comes before any contact\. Let a contact arrive first/,
    ],
    [
      'message: { text: More words. }',
      'call: { event: sneeze }',
      /line 21, column \d+: timeline\[3\]\.call\.event is none of: ring, queued, /,
    ],
    [
      'message: { text: More words. }',
      'call: { event: transfer }',
      /line \d+, column \d+: timeline\[3\]\.call\.to stands with a transfer, and only there\./,
    ],
    [
      'message: { text: More words. }',
      'call: { event: end, state: left }',
      /timeline\[3\]\.call\.state stands with operator alone\./,
    ],
    [
      'account: The words.',
      'account: The words.\n      call: { line: string }',
      /timeline\[1\]\.contact\.call\.line is none of: fixed, mobile, /,
    ],
    ['id: E01', 'id: E02', /line 2, column 1: id is E02, but the file is called E01\./],
    [
      '    contact:\n',
      '    message: { text: Hello }\n    contact2:\n',
      /line 13, column 5: timeline\[1\]\.contact2 is not a field/,
    ],
  ])('with “%s” as “%s” is refused in one sentence', (from, to, sentence) => {
    const broken = good.replace(from, to);
    expect(broken).not.toBe(good);
    const message = (() => {
      try {
        readScenario('resources/scenarios/E01.yaml', broken);
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing';
    })();
    expect(message).toMatch(sentence);
    expect(message).toMatch(/^resources\/scenarios\/E01\.yaml, line \d+, column \d+: .+\. .+\.$/);
    expect(message).not.toContain('\n');
  });

  it('that gives a line to what does not ring is refused', () => {
    const chat = good.replace('999-voice', 'web-chat');
    const withLine = chat.replace('account: The words.', 'account: The words.\n      call: { line: mobile }');
    expect(() => readScenario('E01.yaml', withLine)).toThrow(
      'timeline[1].contact.call stands with web-chat, by which nobody rings. Take it out, or correct the channel.',
    );
    const drops = chat.replace('message: { text: More words. }', 'call: { event: drop }');
    expect(() => readScenario('E01.yaml', drops)).toThrow(
      'timeline[3].call is about a contact that did not ring. Name a call, or correct the channel.',
    );
  });

  it('that is empty, or starts what starts others, is refused', () => {
    expect(() => readScenario('E01.yaml', '')).toThrow(/^E01\.yaml, line 1, column 1: /);
    expect(() => readScenario('E01.yaml', '- 1\n- 2\n')).toThrow(/the file is not an object/);
    const starts = (id: string, other: string): { file: string; text: string } => ({
      file: `${id}.yaml`,
      text: `${good.replace('E01', id)}  - after: 4m\n    start: ${other}\n`,
    });
    expect(() => readScenarios([starts('E01', 'E02'), starts('E02', 'E01')])).toThrow(
      'E01.yaml, line 23, column 5: timeline[4].start names E02, which starts others itself. Start them from here instead.',
    );
  });
});
