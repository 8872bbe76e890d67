import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributes, html } from './html.ts';

describe('a page put together', () => {
  it('WP-01: whatever was typed stands on the page as text: no sign of it begins a tag, ends a value or begins an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const page = html`<p title="${typed}">${typed}</p>`.toString();
        const [, value = '', text = ''] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(page) ?? [];
        const back = (escaped: string): string =>
          escaped
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&');
        expect([back(value), back(text)]).toEqual([typed, typed]);
      }),
    );
  });

  it('WP-01: pieces are not escaped twice, lists are joined, and nothing stands for nothing', () => {
    const items = ['a&b', '<i>'].map((each) => html`<li>${each}</li>`);
    expect(html`${items}${null}${false}${undefined}${3}`.toString()).toBe(
      '<li>a&amp;b</li><li>&lt;i&gt;</li>3',
    );
  });

  it('WP-01: an attribute is there with its value, alone, or not at all', () => {
    const given = attributes({ name: 'a"b', checked: true, disabled: false, id: null });
    expect(given.toString()).toBe(' name="a&quot;b" checked');
    expect(() => attributes({ onclick: 'x' })).toThrow('name');
  });

  it('WP-01: a template that would put a value where escaping does not help is a bug, and thrown', () => {
    const value = 'x';
    expect(() => html`<p class=${value}>a</p>`).toThrow('without quotes');
    expect(() => html`<${value}>a</${value}>`).toThrow('without quotes');
    expect(() => html`<p ${value}>a</p>`).toThrow('only attributes');
    expect(
      () =>
        html`<script>
          ${value};
        </script>`,
    ).toThrow('script');
    expect(() => html`<p onclick="${value}">a</p>`).toThrow('script');
  });
});
